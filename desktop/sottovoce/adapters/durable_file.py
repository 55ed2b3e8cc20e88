"""Small files that are the old one or the new one after a crash at any point, never a part."""

from __future__ import annotations

import errno
import os
import stat
import sys
from typing import TYPE_CHECKING, BinaryIO

from sottovoce.domain.said import Said, said

if TYPE_CHECKING:
    from pathlib import Path


if sys.platform == "darwin":
    import contextlib
    import fcntl

    def sync(descriptor: int) -> None:
        """Put what was written to a file on the disk itself: `fsync` alone leaves it in the disk's own cache here."""
        with contextlib.suppress(OSError):  # a network disk knows of no such call
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
        os.fsync(descriptor)
else:

    def sync(descriptor: int) -> None:
        """Put what was written to a file on the disk."""
        os.fsync(descriptor)


class Unfit(OSError):
    """A file that is there and is not what is read here."""

    def __init__(self, number: int, path: Path, why: Said) -> None:
        """Take `why`, which continues "… cannot be read: "."""
        super().__init__(number, why.key, str(path))
        self.why = why


def why(error: OSError) -> Said:
    """Why a file could not be used: a message for within a sentence."""
    if isinstance(error, Unfit):
        return error.why
    if not error.strerror:
        return said("error-why-kind")
    return said("error-why", code=errno.errorcode.get(error.errno or 0, ""), words=error.strerror)


_NO_SUCH_CALL = frozenset({errno.EINVAL, errno.EBADF, errno.ENOTSUP})
"""How disks answer that sync files, but no folders."""
_READ = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_CLOEXEC", "O_BINARY"))
"""Without waiting for somebody to write into a pipe that bears the file's name."""


def open_plain(path: Path) -> BinaryIO:
    """Open a plain file for reading; a pipe or a device that bears its name is not waited for.

    Raises:
        OSError: It can't be read, or is none.
    """
    file = os.fdopen(os.open(path, _READ), "rb")
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise Unfit(errno.EINVAL, path, said("error-why-no-plain-file"))
    return file


def read_whole(path: Path, most_bytes: int) -> bytes:
    """All of a small plain file.

    Raises:
        OSError: It can't be read, is none, or is larger.
    """
    with open_plain(path) as file:
        content = file.read(most_bytes + 1)
    if len(content) > most_bytes:
        raise Unfit(errno.EFBIG, path, said("error-why-too-large"))
    return content


def write_durably(path: Path, content: bytes) -> None:
    """Put `content` at `path` whole or not at all, 0600, on the disk when this returns.

    Raises:
        OSError: It could not be written; what was there is as it was.
    """
    if path.exists() and not path.is_file():  # a device that a link leads to is nobody's to replace
        raise Unfit(errno.EINVAL, path, said("error-why-no-plain-file"))
    temporary = path.with_name(f"{path.name}.tmp")
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            sync(file.fileno())
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make renames in `folder` survive a power cut (Windows and some network disks have no such call)."""
    if os.name != "nt":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            sync(descriptor)
        except OSError as error:
            if error.errno not in _NO_SUCH_CALL:
                raise
        finally:
            os.close(descriptor)
