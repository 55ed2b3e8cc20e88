"""A helper process that reads the user's files: a broken PDF may hang it or use it up, and nothing else.

JSON lines on stdin: first `{"embedder"}` (a name, or "" for none), then files, `{"path", "name", "cpu_s"}`. JSON lines
on stdout: `{"ready"}` with the name of the embedder that could be loaded; then for each file any number of `{"passage":
[place, text, vector]}` and `{"words"}`, and last `{"done"}` or `{"trouble"}` with a code. When stdin ends the parent is
gone or wants no more, and this process ends at once. No word of a file goes anywhere else.

It takes only what time and disk nobody else wants (nice 19, SCHED_IDLE, from which Linux takes the disk's idle class,
too), and a gigabyte of memory: a PDF of 64 MB (1,000 pages with pictures) took 185 MB, a text of three million lines
of one word 600 MB; what wants more ends here instead of swapping everybody out.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import signal
import sys
import threading
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Final

if sys.platform != "win32":
    import resource

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sottovoce.adapters.embedding.threaded import Encoder
    from sottovoce.adapters.knowledge.reading import DocumentContent, ReadingLimits

MEMORY_BYTES: Final = 1024 * 1024 * 1024
"""What it may map beside what was mapped once everything was loaded: libraries reserve far more than they use."""

LINE_WORDS: Final = 2000
"""Words on one line, so that none holds the parent's interpreter up."""

MOST_ENCODED: Final = 500
"""Passages of one file whose vectors are made here: some 5 s of MiniLM. A longer file gets them little by little from
the application, so that it is found by its words at once and its time for reading is not spent on meaning."""

ENCODED_AT_ONCE: Final = 32
"""Passages whose vectors are made at a time."""


class _ParentPipe:
    """The JSON lines to the parent, kept apart from what libraries print."""

    def __init__(self) -> None:
        self._out = os.fdopen(os.dup(1), "wb")
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.close(nowhere)

    def send(self, **what: object) -> None:
        self._out.write(json.dumps(what).encode() + b"\n")

    def flush(self) -> None:
        self._out.flush()


def _step_back() -> None:
    """Let everybody else go first."""
    if sys.platform == "win32":
        return  # the parent starts it with IDLE_PRIORITY_CLASS
    with contextlib.suppress(OSError):
        os.nice(19)
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


def _limit_memory() -> None:
    """After everything is loaded: from here on, a file is read."""
    if sys.platform == "linux":
        mapped = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        with contextlib.suppress(OSError, ValueError):  # a lower limit is in force already
            resource.setrlimit(resource.RLIMIT_AS, (mapped + MEMORY_BYTES, mapped + MEMORY_BYTES))


def _limit_time(cpu_s: float) -> None:
    """End this process after so many seconds of work: time it has to wait for others is not the file's fault."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, cpu_s)


def _listen(requests: SimpleQueue[dict[str, Any]]) -> None:
    """Take the parent's lines; without a parent there is nobody to read for."""
    try:
        for line in sys.stdin.buffer:
            requests.put(json.loads(line))
    finally:
        os._exit(0)


def _encoder(name: str) -> Encoder | None:
    from sottovoce.adapters.embedding import open_encoder  # noqa: PLC0415 - NumPy, after the limits of `main`
    from sottovoce.domain.errors import SottovoceError  # noqa: PLC0415 - as above

    try:
        return open_encoder(name)
    except (SottovoceError, ValueError):
        return None


def _vectors(encoder: Encoder | None, texts: Sequence[str]) -> Sequence[bytes | None]:
    """A vector a text; none if the embedder fails: the files are found by their words then."""
    if encoder is not None:
        with contextlib.suppress(Exception):
            return [row.tobytes() for row in encoder.encode(texts)]
    return [None] * len(texts)


def _answers(name: str, content: DocumentContent, encoder: Encoder | None) -> Iterator[dict[str, object]]:
    """The lines about one file that was read."""
    from sottovoce.memory.knowledge_words import key_words_of_all, meaning_text  # noqa: PLC0415 - as above

    words = set(key_words_of_all(name))
    if len(content.passages) > MOST_ENCODED:
        encoder = None
    embedded = encoder is not None
    for begin in range(0, len(content.passages), ENCODED_AT_ONCE):
        some = content.passages[begin : begin + ENCODED_AT_ONCE]
        vectors = _vectors(encoder, [meaning_text(name, place, text) for place, text in some])
        for (place, text), vector in zip(some, vectors, strict=True):
            words |= key_words_of_all(f"{place} {text}")
            embedded = embedded and vector is not None
            yield {"passage": [place, text, base64.b64encode(vector).decode("ascii") if vector else None]}
    listed = sorted(words)
    for begin in range(0, len(listed), LINE_WORDS):
        yield {"words": listed[begin : begin + LINE_WORDS]}
    yield {
        "done": {
            "bytes": content.bytes,
            "modified_ns": content.modified_ns,
            "changed_ns": content.changed_ns,
            "sha256": content.sha256,
            "trouble": content.trouble,
            "embedder": encoder.name if encoder is not None and embedded else "",
        }
    }


def _read(line: _ParentPipe, asked: dict[str, Any], limits: ReadingLimits, encoder: Encoder | None) -> None:
    """Read one file and send what is in it, or what keeps it from being read."""
    from sottovoce.adapters.knowledge.reading import read_document  # noqa: PLC0415 - as above
    from sottovoce.domain.errors import DocumentUnreadable, KnowledgeTrouble  # noqa: PLC0415 - as above

    try:
        content = read_document(asked["path"], limits)
        for answer in _answers(asked["name"], content, encoder):
            line.send(**answer)
    except KnowledgeTrouble as trouble:
        line.send(trouble=trouble.code)
    except MemoryError:
        line.send(trouble=DocumentUnreadable.code)


def main() -> int:
    """Get ready, then read one file after another."""
    for library in ("OPENBLAS", "OMP"):  # one thread each: they would reserve memory for every core
        os.environ[f"{library}_NUM_THREADS"] = "1"
    from sottovoce.adapters.hardening import hide_memory  # noqa: PLC0415 - what is read here may be private
    from sottovoce.adapters.knowledge.reading import ReadingLimits  # noqa: PLC0415 - NumPy below it, after the above

    hide_memory()
    _step_back()
    line = _ParentPipe()
    requests: SimpleQueue[dict[str, Any]] = SimpleQueue()
    threading.Thread(target=_listen, args=(requests,), name="orders", daemon=True).start()
    encoder = _encoder(requests.get()["embedder"])
    line.send(ready=encoder.name if encoder else "")
    line.flush()
    limits = ReadingLimits()
    _limit_memory()
    while True:
        asked = requests.get()
        _limit_time(asked["cpu_s"])
        _read(line, asked, limits, encoder)
        line.flush()
        _limit_time(0)


if __name__ == "__main__":
    sys.exit(main())
