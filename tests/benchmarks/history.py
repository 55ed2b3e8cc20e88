"""How long the history window holds everything else up, at a million messages: `python -m tests.benchmarks.history`.

Prints the longest and the 99th percentile of the event loop's steps, in processor time, while the window is opened,
scrolled through, told of finished turns and resized. Nothing of the store is in it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from sottovoce.domain.turns import Outcome, TurnEnded
from sottovoce.ui import loop
from sottovoce.ui.interface import Interface
from tests.benchmarks.measured import origin
from tests.ui.fakes import Long

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QEvent, QObject

MESSAGES = 1_000_000
PAGES = 60


class Timed(loop.QtApplication):
    """Notes how long each event takes that Qt hands out, with all that it leads to."""

    took_ms: list[float]
    _depth = 0

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        if self._depth:
            return bool(super().notify(receiver, event))
        self._depth += 1
        began = time.thread_time()
        try:
            return bool(super().notify(receiver, event))
        finally:
            self._depth -= 1
            self.took_ms.append((time.thread_time() - began) * 1000)


async def _settled(interface: Interface) -> None:
    await interface.tasks.idle()
    for _ in range(20):
        await asyncio.sleep(0)


async def _measured(app: Timed) -> dict[str, object]:
    actions = Long(MESSAGES)
    interface = Interface(actions)
    steps: dict[str, object] = {"messages": MESSAGES}

    async def step(name: str, act: Callable[[], object], times: int = 1) -> None:
        app.took_ms.clear()
        for _ in range(times):
            began = time.thread_time()
            act()
            app.took_ms.append((time.thread_time() - began) * 1000)
            await _settled(interface)
        worst = sorted(app.took_ms)
        steps[name] = {
            "longest_ms": round(worst[-1], 1),
            "p99_ms": round(statistics.quantiles(worst, n=100)[-1] if len(worst) > 1 else worst[-1], 1),
        }

    await _settled(interface)
    await step("opened first", interface.show_window)
    window = interface.history
    assert window is not None
    bar = window.list.verticalScrollBar()
    window.hide()
    await step("opened", interface.show_window)
    await step("scrolled", lambda: bar.setValue(bar.maximum()), PAGES)

    def turn() -> None:
        actions.count += 2
        interface.hear(TurnEnded(Outcome.ANSWERED))

    bar.setValue(0)
    await _settled(interface)
    await step("turn", turn, 20)
    await step("resized", lambda: window.resize(window.width() - 7, window.height()), 20)
    await interface.close()
    return steps


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench history", description=__doc__)
    parser.add_argument("--json", type=Path, default=Path(__file__).with_suffix(".json"), help="where the figures go")
    arguments = parser.parse_args()
    app = Timed(["history"])
    app.took_ms = []
    figures: dict[str, object] = {}

    async def run(_quitting: asyncio.Event) -> int:
        figures.update(await _measured(app))
        figures.update(origin("history"))
        return 0

    loop.run(run)
    print(json.dumps(figures, indent=2))
    arguments.json.write_text(json.dumps(figures, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
