"""Watches files of a folder through the operating system. No thread, and no waking up unasked."""

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
def folder_watched(folder: Path, changed: Callable[[], object], *, only: str = "") -> Iterator[None]:
    """Call `changed` on the running loop after every change in `folder`, which may come or go with those it lies in.

    With `only`, after changes of the file of that name, and of the folders, alone.

    Where the system reports no changes, nothing is called: whoever needs to be sure has to look.
    """
    watch = _InotifyWatch(folder, changed, only) if sys.platform == "linux" else None
    try:
        yield
    finally:
        if watch:
            watch.close()


class _InotifyWatch:
    """inotify on the folder and on every folder above it, as one that is not there yet is made in the next above."""

    def __init__(self, folder: Path, changed: Callable[[], object], only: str) -> None:
        self._folder = folder
        self._only = only
        self._inside = -1  # the watch of the folder itself
        self._changed = changed
        self._loop = asyncio.get_running_loop()
        self._notify: INotify | None = None
        try:
            from inotify_simple import INotify  # noqa: PLC0415 - Linux alone has it

            self._notify = INotify(nonblocking=True)
            self._look_on(self._notify)
            self._loop.add_reader(self._notify.fileno(), self._readable)
        except OSError as error:
            log.warning("changes of files are not seen: %s", type(error).__name__)
            self.close()

    def _look_on(self, notify: INotify) -> None:
        """Watch what is there now; a folder that is watched already is only found again."""
        from inotify_simple import flags  # noqa: PLC0415 - as above

        gone = flags.DELETE_SELF | flags.MOVE_SELF | flags.ONLYDIR
        coming = flags.CREATE | flags.MOVED_TO | flags.MOVED_FROM | flags.DELETE | flags.ATTRIB
        for folder in (self._folder, *list(self._folder.parents)[:-1]):
            own = flags.CLOSE_WRITE if folder == self._folder else 0
            with contextlib.suppress(FileNotFoundError, NotADirectoryError, PermissionError):
                watch = notify.add_watch(folder, coming | gone | own)
                self._inside = watch if folder == self._folder else self._inside

    def _readable(self) -> None:
        if notify := self._notify:
            events = list(notify.read(timeout=0))
            if self._only and all(one.wd == self._inside and one.name not in {"", self._only} for one in events):
                return
            with contextlib.suppress(OSError):  # no more watches: what is watched already is enough
                self._look_on(notify)
            self._changed()

    def close(self) -> None:
        if self._notify is not None:
            self._loop.remove_reader(self._notify.fileno())
            self._notify.close()
            self._notify = None
