"""Whether there is a newer version."""

from typing import TYPE_CHECKING, Final

from sottovoce.domain.effects import Effect
from sottovoce.domain.errors import UpdateThere
from sottovoce.domain.said import said
from sottovoce.domain.version import VERSION
from sottovoce.language import words
from sottovoce.operations.declared import Family
from sottovoce.operations.values import Asks, Values, values

if TYPE_CHECKING:
    from sottovoce.domain.releases import Release
    from sottovoce.home import Home

ASKED_S: Final = 90.0
"""Seconds for two requests, each with a deadline of its own."""

UPDATE: Final = Family("update", default="check")


@values
class NewestRelease(Values):
    """The newest version, beside this one."""

    current: str
    newest: str
    newer: bool
    page: str
    """Where to read about it; empty if nobody says."""
    command: str
    """What brings it here; empty where that is not known."""


@values
class CheckUpdate(Asks[NewestRelease]):
    """Ask whoever is named in the settings; nothing is downloaded or installed."""


def _lines(answered: NewestRelease) -> str:
    if not answered.newer:
        return words("cliupdate-newest", current=answered.current)
    lines = [words("cliupdate-out", newest=answered.newest, current=answered.current)]
    lines += [words("cliupdate-how", command=answered.command)] if answered.command else []
    lines += [words("cliupdate-about", page=answered.page)] if answered.page else []
    return "\n".join(lines)


@UPDATE.operation("update.check", CheckUpdate, NewestRelease, effect=Effect.ACT, longest_s=ASKED_S, prints=_lines)
async def check_update(home: "Home", _: CheckUpdate) -> NewestRelease:
    """Ask whether there is a newer release.

    Raises:
        UpdateTrouble: Nobody is named, nobody answers, or what came is not to be believed.
    """
    from sottovoce.adapters.installed_by import update_command  # noqa: PLC0415 - completion needs none of it
    from sottovoce.domain.releases import is_newer  # noqa: PLC0415 - as above

    release = await home.services.releases.newest()
    return NewestRelease(
        current=VERSION,
        newest=release.version,
        newer=is_newer(release.version, VERSION),
        page=release.page,
        command=update_command(),
    )


def news_of(release: "Release") -> UpdateThere:
    """What is told of a newer release: the command that brings it here, else where it is."""
    from sottovoce.adapters.installed_by import update_command  # noqa: PLC0415 - as above

    command, page = update_command(), release.page
    how = "command" if command else "page" if page else "nothing"
    return UpdateThere(
        said("cliupdate-there", newest=release.version, current=VERSION, how=how, command=command, page=page)
    )
