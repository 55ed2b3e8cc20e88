"""Which version of the program this is: below every room, since what is stored names it."""

from __future__ import annotations

VERSION = "0.1.0"
