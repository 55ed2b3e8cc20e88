"""Being told by the operating system that the policy's files may have changed. No thread, and no waking up unasked."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from inotify_simple import INotify

log = logging.getLogger(__name__)


@contextlib.contextmanager
def policy_watched(folder: Path, changed: Callable[[], object]) -> Iterator[None]:
    """Call `changed` on the running loop after every change in `folder`, which may come or go with those it lies in.

    Where the system tells of no changes, nothing is called: the policy is looked at whenever it counts, anyway.
    """
    watch = _Watch(folder, changed) if sys.platform == "linux" else None
    try:
        yield
    finally:
        if watch:
            watch.close()


class _Watch:
    """inotify on the folder and on every folder above it, as one that is not there yet is made in the next above."""

    def __init__(self, folder: Path, changed: Callable[[], object]) -> None:
        self._folder = folder
        self._changed = changed
        self._loop = asyncio.get_running_loop()
        self._notify: INotify | None = None
        try:
            from inotify_simple import INotify  # noqa: PLC0415 - Linux alone has it

            self._notify = INotify(nonblocking=True)
            self._look_on(self._notify)
            self._loop.add_reader(self._notify.fileno(), self._told)
        except OSError as error:
            log.warning("changes of the policy are not told: %s", type(error).__name__)
            self.close()

    def _look_on(self, notify: INotify) -> None:
        """Watch what is there now; a folder that is watched already is only found again."""
        from inotify_simple import flags  # noqa: PLC0415 - as above

        gone = flags.DELETE_SELF | flags.MOVE_SELF | flags.ONLYDIR
        coming = flags.CREATE | flags.MOVED_TO | flags.MOVED_FROM | flags.DELETE | flags.ATTRIB
        for folder in (self._folder, *list(self._folder.parents)[:-1]):
            own = flags.CLOSE_WRITE if folder == self._folder else 0
            with contextlib.suppress(FileNotFoundError, NotADirectoryError, PermissionError):
                notify.add_watch(folder, coming | gone | own)

    def _told(self) -> None:
        if notify := self._notify:
            notify.read(timeout=0)  # what it was is no matter
            with contextlib.suppress(OSError):  # no more watches: what is watched already tells
                self._look_on(notify)
            self._changed()

    def close(self) -> None:
        if self._notify is not None:
            self._loop.remove_reader(self._notify.fileno())
            self._notify.close()
            self._notify = None
