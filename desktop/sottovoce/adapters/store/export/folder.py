"""An export's folder, read again: all of it is looked at before anything of it is taken."""

from __future__ import annotations

import hashlib
import os
import stat
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.store.export.lines import KEPT_FILES, READ, BadLine, line_of
from sottovoce.adapters.store.export.tables import FORMAT, FORMAT_VERSION, MANIFEST
from sottovoce.domain.errors import ExportDamaged, ExportTooNew, NotAnExport
from sottovoce.domain.joining import Holdings
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

    from sottovoce.adapters.store.engine.care_thread import GoOn
    from sottovoce.domain.contexts import UserContext
    from sottovoce.domain.conversations import Message
    from sottovoce.domain.joining import MemoryUse, MessageDate, TurnEnd

ROWS_A_TIME = 500
MOST_LINE_BYTES = 16 << 20
"""Longer than anything that is said or remembered."""
MOST_MANIFEST_BYTES = 1 << 20
MOST_HELD = 200_000
"""Memories, contexts and records, which are held in memory while the messages are added."""


class ExportFolder:
    """One export. Every method blocks."""

    def __init__(self, folder: Path, go_on: GoOn) -> None:
        """Name it; `go_on` is called now and then."""
        self._folder = folder
        self._go_on = go_on
        self._files: dict[str, dict[str, Any]] = {}

    def check(self) -> Holdings:
        """Read everything; what there is few of comes back.

        Raises:
            NotAnExport, ExportTooNew, ExportDamaged: It can't be used.
            OSError: A file can't be read.
        """
        manifest = self._manifest()
        files = manifest.get("files")
        if not isinstance(files, dict) or not all(isinstance(declared, dict) for declared in files.values()):
            raise ExportDamaged
        self._files = {name: files[f"{name}.jsonl"] for name in READ if f"{name}.jsonl" in files}
        few = {name: self._all(name) for name in ("memories", "user_contexts", *KEPT_FILES)}
        for name in ("messages", "dates", "turns", "memories_used"):
            for _ in self._batches(name):
                pass
        newest: dict[str, UserContext] = {}
        for context in few["user_contexts"]:
            if context.user_id not in newest or context.version > newest[context.user_id].version:
                newest[context.user_id] = context
        return Holdings(
            memories=tuple(few["memories"]),
            contexts=tuple(newest.values()),
            records=tuple(record for name in KEPT_FILES for record in few[name]),
        )

    def messages(self) -> Iterator[list[Message]]:
        """All messages, some at a time."""
        yield from self._batches("messages")

    def dates(self) -> Iterator[list[MessageDate]]:
        """Messages whose dates say nothing."""
        yield from self._batches("dates")

    def turns(self) -> Iterator[list[TurnEnd]]:
        """How turns ended, of those that did."""
        for some in self._batches("turns"):
            yield [one for one in some if one is not None]

    def uses(self) -> Iterator[list[MemoryUse]]:
        """Which memories answers drew on."""
        yield from self._batches("memories_used")

    def _manifest(self) -> dict[str, Any]:
        try:
            with _regular(self._folder / MANIFEST) as file:
                content = file.read(MOST_MANIFEST_BYTES + 1)
        except (FileNotFoundError, NotADirectoryError):
            raise NotAnExport from None
        try:
            manifest = line_of(content if len(content) <= MOST_MANIFEST_BYTES else b"")
        except BadLine:
            raise ExportDamaged(said("error-export-damaged-file", name=MANIFEST)) from None
        version = manifest.get("version")
        if manifest.get("format") != FORMAT or type(version) is not int or version < 1:
            raise NotAnExport
        if version > FORMAT_VERSION:
            raise ExportTooNew
        return manifest

    def _all(self, name: str) -> list[Any]:
        found: list[Any] = []
        for some in self._batches(name):
            found += some
            if len(found) > MOST_HELD:
                raise ExportDamaged(said("error-export-damaged-long", name=f"{name}.jsonl"))
        return found

    def _batches(self, name: str) -> Iterator[list[Any]]:
        """A file's values, if there is such a file; at its end it has proved to be what was written."""
        if name not in self._files:
            return
        path, declared, read = self._folder / f"{name}.jsonl", self._files[name], READ[name]
        digest, size, number = hashlib.sha256(), 0, 0
        try:
            file = _regular(path)
        except FileNotFoundError:
            raise ExportDamaged(said("error-export-damaged-missing", name=path.name)) from None
        with file:
            some: list[Any] = []
            while content := file.readline(MOST_LINE_BYTES + 1):
                number += 1
                digest.update(content)
                size += len(content)
                try:
                    some.append(read(line_of(content if content.endswith(b"\n") else b"")))
                except BadLine:
                    raise ExportDamaged(said("error-export-damaged-line", name=path.name, line=number)) from None
                if len(some) == ROWS_A_TIME:
                    self._go_on()
                    yield some
                    some = []
            yield some
        found = {"rows": number, "bytes": size, "sha256": digest.hexdigest()}
        if any(declared.get(key) is not None and declared[key] != value for key, value in found.items()):
            raise ExportDamaged(said("error-export-damaged-sum", name=path.name))


def _regular(path: Path) -> BinaryIO:
    """A file to be read; a pipe would be waited for, and a device never ends.

    Raises:
        ExportDamaged: It is no file.
        OSError: It can't be opened.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise ExportDamaged(said("error-export-damaged-kind", name=path.name))
    return os.fdopen(descriptor, "rb")
