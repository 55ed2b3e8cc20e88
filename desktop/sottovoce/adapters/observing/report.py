"""A report of how the program does, for somebody else to read: nothing said, no name, path, address or key in it.

What goes in comes from closed sets (codes, names of checks and figures, versions, counts); only the log is text, and of
that no word stays that belongs to this user or this machine.
"""

from __future__ import annotations

import builtins
import contextlib
import getpass
import io
import json
import platform
import re
import socket
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sottovoce.domain.errors import SottovoceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

LOG_BYTES: Final = 300_000
"""Of the end of the log: some days."""
LOGS: Final = ("sottovoce.log.1", "sottovoce.log")
"""Its files that are read: that of today may just have been begun."""
_HEAD: Final = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) ([A-Z]+) (sottovoce(?:\.\w+)*): (.*)", re.ASCII)
_PLACE: Final = re.compile(r"  (?:.*[/\\])?([\w.<>-]+):(\d+) ([\w.<>-]+)", re.ASCII)
_TYPE: Final = re.compile(r"[A-Z]\w*(?:\.\w+)*", re.ASCII)
_BETWEEN: Final = frozenset({"caused by", "with"})
"""Lines of a trace between its errors."""
_WITHHELD: Final = (
    (re.compile(r"\w+://\S+"), "<address>"),
    (re.compile(r"(?<![\w.])(?:~|[A-Za-z]:)?[/\\][^\s'\"]*|[^\s'\"]*[/\\][^\s'\"]*"), "<path>"),
    (re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b|[0-9a-fA-F:]*::[\w:.%]*"), "<address>"),
    (re.compile(r"\b[0-9a-fA-F]{12,}\b"), "<id>"),
    (re.compile(r"'[^']*'|\"[^\"]*\"|“[^”]*”"), "<text>"),
    (re.compile(r"[^\s@]+@\S+"), "<name>"),
    (re.compile(r"[^\x20-\x7e]+"), "<text>"),
)
"""What is replaced in a message of the log, whatever it is."""
_SHORTEST: Final = 2
"""A shorter word of the user's would take half of each message with it; alone it says nothing."""


def own_names(more: Iterable[str]) -> frozenset[str]:
    """Words that belong to this user or this machine: no line of a report has one.

    Args:
        more: Those that are set or kept, as they stand there.
    """
    of_machine = [socket.gethostname(), platform.node(), Path.home().name, str(Path.home())]
    with contextlib.suppress(KeyError, OSError):  # a user without a name
        of_machine.append(getpass.getuser())
    texts = (*of_machine, *more)
    words = {part for text in texts for part in (text, *re.split(r"[^\w-]+", text)) if len(part) >= _SHORTEST}
    words |= {part for text in texts for part in re.split(r"\W+", text) if len(part) > _SHORTEST}  # "pytest-of-root"
    return frozenset(word.casefold() for word in words if not word.isdigit())


def scrubbed(log: str, names: frozenset[str]) -> Iterator[str]:
    """The lines of a log, without what belongs to somebody."""
    kinds = frozenset(_kinds())
    mine = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))) or r"(?!)", re.IGNORECASE)
    for line in (part for whole in log.splitlines() for part in _as_text(whole)):
        if head := _HEAD.fullmatch(line):
            when, level, logger, message = head.groups()
            for pattern, instead in _WITHHELD:
                message = pattern.sub(instead, message)
            yield f"{when} {level} {logger}: {_without(mine, message)}"
        elif place := _PLACE.fullmatch(line):
            yield f"  {_without(mine, place[1])}:{place[2]} {_without(mine, place[3])}"
        elif line in _BETWEEN:
            yield line
        elif _TYPE.fullmatch(line):
            yield line if line in kinds else "<foreign>"


def _as_text(line: str) -> Iterator[str]:
    """A line of a log in JSON as the lines it would be as text; any other as it is."""
    found: Any = None
    if line.startswith("{"):
        with contextlib.suppress(ValueError):
            found = json.loads(line)
    if not isinstance(found, dict):
        yield line
        return
    when = str(found.get("at", ""))[:23].replace("T", " ").replace(".", ",")
    yield f"{when} {found.get('level')} {found.get('logger')}: {found.get('message')}".replace("\n", " ")
    yield from map(str, found.get("trace", ()))


def _kinds(of: type[BaseException] = SottovoceError) -> Iterator[str]:
    """Names of the kinds of errors that are Python's or ours."""
    if of is SottovoceError:
        yield from (
            name for name, one in vars(builtins).items() if isinstance(one, type) and issubclass(one, BaseException)
        )
    yield of.__name__
    for one in of.__subclasses__():
        yield from _kinds(one)


def _without(mine: re.Pattern[str], text: str) -> str:
    """A text without words that are somebody's: whole ones, or with dots between, as names of machines have them."""

    def kept(word: re.Match[str]) -> str:
        return "<name>" if any(map(mine.fullmatch, (word[0], *word[0].split(".")))) else word[0]

    return re.sub(r"[\w.-]+", kept, text)


def machine() -> dict[str, Any]:
    """What this program runs on."""
    return {
        "system": platform.system(),
        "release": platform.release(),
        "machine": platform.machine(),
        "python": platform.python_version(),
    }


def end_of(*logs: Path) -> str:
    """The end of a log in these files, the oldest first; one that is not there is empty."""
    return b"".join(map(_end_of, logs))[-LOG_BYTES:].decode("utf-8", "replace")


def _end_of(log: Path) -> bytes:
    try:
        with log.open("rb") as file:
            size = file.seek(0, io.SEEK_END)
            file.seek(max(0, size - LOG_BYTES))
            return file.read(LOG_BYTES)
    except OSError:
        return b""


def zipped(parts: Mapping[str, object]) -> bytes:
    """A zip of these files: text as it stands, all else as JSON."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            text = content if isinstance(content, str) else json.dumps(content, indent=1, ensure_ascii=True)
            archive.writestr(zipfile.ZipInfo(name), f"{text}\n", zipfile.ZIP_DEFLATED)
    return made.getvalue()
