"""Driving the interface probe from a test."""

import os
from pathlib import Path

from tests.desktop.deskbox import Desk
from tests.waiting import wait_for

ROOT = Path(__file__).resolve().parents[2]


class Probed:
    """The interface, running in a desk."""

    def __init__(self, desk: Desk, name: str = "probe", scheme: str = "light", *, bus: bool = True) -> None:
        self.desk = desk
        self.name = name
        self._fifo = desk.root / f"{name}.fifo"
        self._fifo.unlink(missing_ok=True)
        os.mkfifo(self._fifo)
        self._done = 0
        (desk.logs / f"{name}.log").unlink(missing_ok=True)
        paths = os.pathsep.join(map(str, (ROOT / "desktop", ROOT)))
        no_bus = {} if bus else {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"}
        self.process = desk.popen_python(
            "-m", "tests.desktop.interface_probe", self._fifo, scheme, log=name,
            env={"PYTHONPATH": paths, "PYTHONWARNINGS": "error"} | no_bus,
        )  # fmt: skip
        wait_for(lambda: "up " in self.log(), what="the probe is up")

    def log(self) -> str:
        """What it printed and logged."""
        return self.desk.log(self.name)

    def do(self, word: str) -> None:
        """Have it do something, and wait until it is done."""
        self._done += 1
        with self._fifo.open("w") as pipe:
            pipe.write(f"{word}\n")
        wait_for(lambda: self.log().count("did ") >= self._done, what=f"the probe did {word}")
