"""Opening programs, folders, files and pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.agent.desktop.meant import meant_by, place_named
from sottovoce.agent.desktop.naming import is_sure, nearest
from sottovoce.agent.desktop.ports import Act, Place, Program
from sottovoce.agent.desktop.tools import asked_once
from sottovoce.agent.slots.addresses import address_in
from sottovoce.agent.tools.questions import NotMeant
from sottovoce.agent.tools.tools import Slot
from sottovoce.domain.said import Said, said

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from sottovoce.agent.desktop.meant import Meant
    from sottovoce.agent.desktop.ports import Desktop
    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import Tool, ToolCall

    FindFile = Callable[[str, str], Awaitable[Path | None]]


async def find_nothing(_topic: str, _tag: str) -> None:
    """Where no files are known."""
    return


class Opening:
    """Opens what is named, and nothing that is only a little like it."""

    offer = said("open-offer")

    def __init__(self, desktop: Desktop, find_file: FindFile = find_nothing) -> None:
        """Prepare.

        Args:
            desktop: Where things are opened.
            find_file: Finds the file about a topic, named in a language.
        """
        self._desktop = desktop
        self._find_file = find_file

    @property
    def tools(self) -> tuple[Tool, ...]:
        """See `Skill`."""
        desktop = self._desktop
        return (
            asked_once(desktop, Act.OPEN, "open.address", self._open_address, _shall_i_show, permission="open"),
            asked_once(
                desktop,
                Act.OPEN,
                "open.folder",
                self._open_folder,
                _shall_i_show,
                permission="open",
                check=self._is_a_folder,
            ),
            asked_once(desktop, Act.OPEN, "open.file", self._open_file, _shall_i_find, permission="open"),
            asked_once(
                desktop,
                Act.OPEN,
                "open.application",
                self._open,
                _shall_i_show,
                permission="open",
                check=self._can_be_opened,
                slots=(Slot(name="application", required=True, ask=said("open-ask-what")),),
            ),
        )

    async def _open(self, question: Question, call: ToolCall) -> Said:
        words, tag = call.words["application"], question.context.language
        meant = await meant_by(words, tag, self._desktop.applications)
        match meant.thing:
            case Program() as application:
                await self._desktop.applications.open(application)
                return said("open-opening", what=application.name)
            case Place() as place:
                return await self._open_place(place)
            case str() as address:
                await self._desktop.opener.address(address)
                return said("open-shown", what=_short(address))
            case _:
                return _unknown(meant, words)

    async def _can_be_opened(self, question: Question, call: ToolCall) -> Said | None:
        """See `Tool.check`: "open the garage door" is no wish for a program."""
        words = call.words.get("application", "")
        meant = await meant_by(words, question.context.language, self._desktop.applications)
        if meant.thing is not None:
            return None
        if meant.near is None and not meant.missing:
            raise NotMeant
        return _unknown(meant, words)

    async def _open_place(self, place: Place) -> Said:
        await self._desktop.opener.place(place)
        return said("open-place", place=place.value)

    async def _open_folder(self, question: Question, call: ToolCall) -> Said:
        words = _folder_in(call)
        if place := place_named(words, question.context.language):
            return await self._open_place(place)
        found, likeness = nearest(words, ((path, (path.name,)) for path in await self._desktop.opener.folders()))
        if found is None or not is_sure(words, likeness):
            return said("open-no-folder", what=words)
        await self._desktop.opener.path(found)
        return said("open-shown", what=found.name)

    async def _is_a_folder(self, question: Question, call: ToolCall) -> Said | None:
        """See `Tool.check`: "show me my shoes" is no wish for a folder, "open the shoes folder" is."""
        if "folder" not in call.words and place_named(_folder_in(call), question.context.language) is None:
            raise NotMeant
        return None

    async def _open_file(self, question: Question, call: ToolCall) -> Said:
        topic = call.words["file"]
        path = await self._find_file(topic, question.context.language)
        if path is None:
            return said("open-no-file", topic=topic)
        await self._desktop.opener.path(path)
        return said("open-shown", what=path.name)

    async def _open_address(self, _question: Question, call: ToolCall) -> Said:
        address = address_in(call.words["address"])
        if address is None:
            raise NotMeant
        await self._desktop.opener.address(address)
        return said("open-shown", what=_short(address))


def _unknown(meant: Meant, words: str) -> Said:
    if meant.near is not None:
        return said("open-unknown-near", what=words, near=meant.near.name)
    return said("open-unknown", what=words)


def _folder_in(call: ToolCall) -> str:
    """The folder that is named: surely one, or what may be one of those that every user has."""
    return call.words.get("folder") or call.words.get("place", "")


def _short(address: str) -> str:
    return address.removeprefix("https://").removeprefix("http://")


def _shall_i_show(call: ToolCall) -> Said:
    name = next(iter(call.words.values()), "")
    address = address_in(name)
    return said("open-ask", what=_short(address) if address else name)


def _shall_i_find(call: ToolCall) -> Said:
    return said("open-ask-file", topic=call.words.get("file", ""))
