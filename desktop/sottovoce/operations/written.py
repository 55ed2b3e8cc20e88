"""What skills keep, written to a file of the user's: one JSON object a line, as `--json` shows them in a list."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sottovoce.domain.errors import ExportForbidden, PlacesUnusable
from sottovoce.domain.said import said
from sottovoce.language import words
from sottovoce.operations.values import Values, to_json, values

if TYPE_CHECKING:
    from sottovoce.home import Home

WRITE_S: Final = 30.0
"""Seconds a disk may take: one that has gone away never answers."""


@values
class Written(Values):
    """What was written."""

    file: Path
    count: int
    """Lines of it, each a JSON object."""


def written_told(answered: Written) -> str:
    """The answer for people."""
    return words("cliexport-lines", count=answered.count, file=answered.file)


async def write_lines(home: "Home", file: Path, rows: Sequence[Values], what: str) -> Written:
    """Write them in clear, in place of a file that is there; whole, or not at all. The audit log has a line of it.

    Args:
        home: Whose rows they are.
        file: Where to.
        rows: Each becomes a line.
        what: What they are, in a word of this program.

    Raises:
        ExportForbidden: The administrator lets nobody export.
        PlacesUnusable: It can't be written.
        StoreTrouble: The audit log can't be.
    """
    from sottovoce.domain.records import AuditEvent  # noqa: PLC0415 - completion needs none of it
    from sottovoce.memory.finish import finish  # noqa: PLC0415 - as above

    if "export" in home.policy.forbidden:
        raise ExportForbidden
    content = "".join(f"{json.dumps(to_json(row), ensure_ascii=False)}\n" for row in rows).encode()

    async def written() -> None:
        # The line first: a line without its file is better than a file that left the home without a line.
        await home.store.audit(AuditEvent.EXPORTED, {"what": what, "lines": len(rows)})
        await write_file(file, content)

    await finish(written())
    return Written(file=file, count=len(rows))


async def write_file(file: Path, content: bytes) -> None:
    """Write it in place of a file that is there; whole, or not at all.

    Raises:
        PlacesUnusable: It can't be written.
    """
    from sottovoce.adapters.durable_file import why, write_durably  # noqa: PLC0415 - completion needs none of it
    from sottovoce.adapters.own_thread import OwnThread  # noqa: PLC0415 - as above
    from sottovoce.memory.finish import finish  # noqa: PLC0415 - as above

    thread = OwnThread("export")
    try:
        await thread.run(lambda: write_durably(file, content), deadline_s=WRITE_S)
    except TimeoutError:
        raise PlacesUnusable(said("cliexport-silent", file=str(file))) from None
    except OSError as error:
        raise PlacesUnusable(said("cliexport-unwritable", file=str(file), why=why(error))) from None
    finally:
        await finish(thread.close())
