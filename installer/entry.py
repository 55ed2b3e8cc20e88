"""What the frozen program runs: the command `sottovoce`."""

import sys

from sottovoce.__main__ import main

sys.exit(main())
