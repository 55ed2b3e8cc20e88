"""The log: what happened, never what was said.

Exception texts may hold words (a parser quotes what it could not parse), so a trace keeps the types and places in the
code, not the messages. Messages of other libraries are withheld whole: asyncio, for one, prints the values of failed
tasks.
"""

from __future__ import annotations

import contextlib
import errno
import json
import logging
import logging.handlers
import os
import stat
import sys
import traceback
from datetime import UTC, datetime
from io import BufferedWriter, FileIO, TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import TracebackType

    _ErrorInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

OWN = "sottovoce"
"""Name of the loggers whose messages are ours: constant text with names of parts and numbers."""

LOG_BYTES = 1_000_000
"""Size at which a log file is put aside; three are kept."""

KEPT = 2
"""Files put aside that are kept."""

_FLAGS = (
    os.O_WRONLY
    | os.O_APPEND
    | os.O_CREAT
    | sum(getattr(os, name, 0) for name in ("O_CLOEXEC", "O_NOFOLLOW", "O_NONBLOCK"))
)

LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING}
"""What SOTTOVOCE_LOG may say."""


class _SharedFile(logging.handlers.RotatingFileHandler):
    """A log that the application and its commands write at the same time: one puts it aside, the others follow."""

    def shouldRollover(self, record: logging.LogRecord) -> bool:  # noqa: N802 - logging's name
        """Whether it is full; if another process has put it aside, the new one is taken first."""
        self._follow()
        return bool(super().shouldRollover(record))

    def doRollover(self) -> None:  # noqa: N802 - logging's name
        """Put it aside, unless another process just has."""
        with _alone_with(Path(self.baseFilename).parent):
            if not self._follow():
                super().doRollover()

    def _open(self) -> TextIOWrapper:
        """The file of the log's name; never through a link, nor into a pipe that bears it."""
        descriptor = os.open(self.baseFilename, _FLAGS, 0o600)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise OSError(errno.EINVAL, "the log is not a plain file")
        file = BufferedWriter(FileIO(descriptor, "a"))
        return TextIOWrapper(file, encoding=self.encoding, errors="backslashreplace")

    def _follow(self) -> bool:
        """Write to the file that has the log's name now; returns whether it is another one than before."""
        with contextlib.suppress(OSError):  # it is just being put aside
            if self.stream and os.path.samestat(Path(self.baseFilename).stat(), os.fstat(self.stream.fileno())):
                return False
        if self.stream:
            self.stream.close()
        self.stream = self._open()
        return True


@contextlib.contextmanager
def _alone_with(folder: Path) -> Iterator[None]:
    """Have the folder's logs to ourselves; held for as long as renaming takes."""
    if sys.platform == "win32":  # there an open file can't be renamed anyway
        yield
        return
    import fcntl  # noqa: PLC0415 - not on Windows

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


class _Discreet(logging.Formatter):
    """Time, level, logger, message; of an error its type and place."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        if not _is_own(record):
            record = _withheld(record)
        record.exc_text = None
        return super().format(record)

    def formatException(self, ei: _ErrorInfo) -> str:  # noqa: N802 - logging's name
        return "\n".join(_places(ei[1])) if ei[1] else ""


class _DiscreetJson(_Discreet):
    """The same as one JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        if not _is_own(record):
            record = _withheld(record)
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info and record.exc_info[1]:
            line["trace"] = _places(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def _is_own(record: logging.LogRecord) -> bool:
    return record.name == OWN or record.name.startswith(f"{OWN}.")


def _withheld(record: logging.LogRecord) -> logging.LogRecord:
    return logging.makeLogRecord(record.__dict__ | {"msg": "(message withheld)", "args": None})


def write_as(form: str) -> None:
    """Write the log as "text" or "json" from the next line on; a log that is not ours stays as it is."""
    made = _DiscreetJson() if form == "json" else _Discreet()
    for handler in logging.getLogger().handlers:
        if isinstance(handler.formatter, _Discreet):
            handler.setFormatter(made)


def _places(error: BaseException) -> list[str]:
    lines = [type(error).__qualname__]
    lines += [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    if error.__cause__ or (error.__context__ and not error.__suppress_context__):
        lines += ["caused by", *_places(error.__cause__ or error.__context__ or error)]
    if isinstance(error, BaseExceptionGroup):
        for part in error.exceptions:
            lines += ["with", *_places(part)]
    return lines


def start_logging(folder: Path | None, environment: Mapping[str, str] = os.environ) -> None:
    """Log into `folder` (0700), or to stderr where there is none; SOTTOVOCE_LOG sets the level.

    A log that can't be written must stop nobody from talking: then stderr takes it.
    """
    handler: logging.Handler = logging.StreamHandler(sys.stderr)
    if folder:
        with contextlib.suppress(OSError):
            handler = _SharedFile(folder / "sottovoce.log", maxBytes=LOG_BYTES, backupCount=KEPT, encoding="utf-8")
    handler.setFormatter(_Discreet())
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
        old.close()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    set_level(None, environment, usual=logging.INFO if folder else logging.WARNING)
    # logging.raiseExceptions prints the arguments of a message that can't be formatted.
    logging.raiseExceptions = False


def set_level(level: str | None, environment: Mapping[str, str] = os.environ, *, usual: int = logging.INFO) -> None:
    """Log as much as is decided, or else as SOTTOVOCE_LOG says, or else the usual."""
    logging.getLogger(OWN).setLevel(LEVELS.get(level or environment.get("SOTTOVOCE_LOG", ""), usual))
