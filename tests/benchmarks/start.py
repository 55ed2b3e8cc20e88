"""How long until the icon is in the tray, beside a bare PySide6 tray icon: `python -m tests.benchmarks.start`.

Both are started in turns in one private desktop; the time runs from the start of the process to the moment at which
the panel holds a window of it. Also: the processor time up to then, the time until the application is ready, and how
often an idle application wakes up.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.measured import origin
from tests.desktop.app import App
from tests.desktop.deskbox import Desk, DeskOptions
from tests.waiting import wait_for

if TYPE_CHECKING:
    import subprocess

BARE = """
import sys
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon

app = QApplication(["bare"])
picture = QPixmap(22, 22)
picture.fill("red")
icon = QSystemTrayIcon(QIcon(picture))
menu = QMenu()
menu.addAction("Quit", app.quit)
icon.setContextMenu(menu)
icon.setToolTip("bare")
icon.show()
app.exec()
"""
RUNS = 7
IDLE_S = 20.0
SIZES = ("22x22", "24x24")


def _held(desk: Desk, name: str) -> bool:
    tree = desk.run("xwininfo", "-root", "-tree").stdout.lower()
    return any(f'"{name}"' in line and any(size in line for size in SIZES) for line in tree.splitlines())


def _processor_s(pid: int) -> float:
    """Of all threads up to now."""
    total = 0.0
    for task in Path(f"/proc/{pid}/task").iterdir():
        with suppress(OSError):
            total += int((task / "schedstat").read_text().split()[0]) / 1e9
    return total


def _switches(pid: int) -> int:
    """How often its threads have gone to sleep of themselves."""
    total = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        with suppress(OSError):
            lines = (task / "status").read_text().splitlines()
            total += next(int(line.split()[1]) for line in lines if line.startswith("voluntary_ctxt"))
    return total


def _until_held(desk: Desk, process: subprocess.Popen[bytes], began: float, name: str) -> dict[str, float]:
    wait_for(lambda: _held(desk, name), 30, f"{name} is in the tray")
    return {"s": time.monotonic() - began, "processor_s": _processor_s(process.pid)}


def _bare(desk: Desk, number: int) -> dict[str, float]:
    began = time.monotonic()
    process = desk.popen(sys.executable, "-c", BARE, log=f"bare-{number}")
    figures = _until_held(desk, process, began, "bare")
    process.terminate()
    process.wait(10)
    wait_for(lambda: not _held(desk, "bare"), 10, "the bare icon is gone")
    return figures


def _application(desk: Desk, app: App, *, idle: bool) -> dict[str, float]:
    before = app.log.count("sottovoce.runtime.application: ready")
    began = time.monotonic()
    app.process = app.popen()
    figures = _until_held(desk, app.process, began, "sottovoce")
    wait_for(lambda: app.log.count("sottovoce.runtime.application: ready") > before, 60, "the application is ready")
    figures["ready_s"] = time.monotonic() - began
    if idle:
        wait_for(lambda: _settled(app.process.pid), 60, "it is idle")
        pid = app.process.pid
        count, since = _switches(pid), time.monotonic()
        with suppress(TimeoutError):
            wait_for(lambda: False, IDLE_S)
        figures["wakeups_per_s"] = (_switches(pid) - count) / (time.monotonic() - since)
    app.end()
    wait_for(lambda: not _held(desk, "sottovoce"), 10, "the icon is gone")
    return figures


def _settled(pid: int) -> bool:
    """Whether two seconds pass in which it does next to nothing."""
    before = _processor_s(pid)
    with suppress(TimeoutError):
        wait_for(lambda: False, 2)
    return _processor_s(pid) - before < 0.01


def _medians(rows: list[dict[str, float]]) -> dict[str, float]:
    names = dict.fromkeys(name for row in rows for name in row)
    return {name: round(statistics.median(row[name] for row in rows if name in row), 3) for name in names}


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench start", description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--json", type=Path, default=Path(__file__).with_suffix(".json"), help="where the figures go")
    arguments = parser.parse_args()
    bare, ours = [], []
    with Desk(DeskOptions(notifications=False)) as desk:
        app = App(desk, settings="speak = false\n")
        _application(desk, app, idle=False)  # makes the home, and the byte code
        for number in range(arguments.runs):
            bare.append(_bare(desk, number))
            ours.append(_application(desk, app, idle=number == arguments.runs - 1))
    figures = {**origin("start"), "runs": arguments.runs, "bare": _medians(bare), "sottovoce": _medians(ours)}
    figures["times_bare"] = {
        name: round(figures["sottovoce"][name] / figures["bare"][name], 2) for name in ("s", "processor_s")
    }
    print(json.dumps(figures, indent=2))
    arguments.json.write_text(json.dumps(figures, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
