"""Run a command inside a private desktop: `python -m tests.desktop.deskbox [options] -- COMMAND…`.

In there, `say-into-mic TEXT` and `record-speaker OUT.wav [SECONDS]` are on PATH. The exit status is COMMAND's.
"""

import argparse
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from tests.desktop.deskbox import Desk, DeskError, DeskOptions


def main() -> int:
    parser = argparse.ArgumentParser(prog="deskbox", description=__doc__)
    parser.add_argument("--tray", choices=("xembed", "sni", "none"), default="xembed")
    parser.add_argument("--keyring", choices=("unlocked", "locked", "new", "none"), default="unlocked")
    parser.add_argument("--prompter", action="store_true", help="a locked keyring may ask for its password")
    parser.add_argument("--no-notifications", action="store_false", dest="notifications")
    parser.add_argument("--no-audio", action="store_false", dest="audio")
    parser.add_argument("--sound", choices=("pulseaudio", "pipewire"), default="pulseaudio")
    parser.add_argument("--keep", action="store_true", help="keep the desk's folder")
    parser.add_argument("--logs", type=Path, help="where the parts' logs go")
    parser.add_argument("command", nargs="+", metavar="COMMAND")
    values = vars(parser.parse_args())
    command = values.pop("command")

    endings = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)

    def leave(number: int, _: FrameType | None) -> None:
        for ending in endings:
            signal.signal(ending, signal.SIG_IGN)  # the clearing away must not be interrupted
        raise SystemExit(128 + number)

    for ending in endings:
        signal.signal(ending, leave)
    began = time.monotonic()
    try:
        with Desk(DeskOptions(**values)) as desk:
            print(f"deskbox: up in {time.monotonic() - began:.2f} s on {desk.env['DISPLAY']}", file=sys.stderr)
            code = subprocess.call(command, env=desk.env)
    except DeskError as error:
        print(f"deskbox: {error}", file=sys.stderr)
        return 1
    return 128 - code if code < 0 else code


sys.exit(main())
