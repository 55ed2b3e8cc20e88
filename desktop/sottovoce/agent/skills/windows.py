"""Windows of other programs: brought to the front, put away, closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.agent.desktop.meant import application_meant, windows_of
from sottovoce.agent.desktop.ports import Act, Cannot, Program
from sottovoce.agent.desktop.tools import asked_always, asked_once, reading
from sottovoce.agent.tools.questions import NotMeant
from sottovoce.agent.tools.tools import Slot
from sottovoce.domain.said import Said, said

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sottovoce.agent.desktop.ports import Desktop, DesktopWindow
    from sottovoce.agent.desktop.tools import Run
    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import Tool, ToolCall

MOST_NAMED = 6
"""Windows that are told by name."""


class WindowsSkill:
    """Switches between windows, minimises, maximises and closes them."""

    offer = None

    def __init__(self, desktop: Desktop) -> None:
        """Move windows of this desktop."""
        self._desktop = desktop

    @property
    def tools(self) -> tuple[Tool, ...]:
        """See `Skill`."""
        desktop, check = self._desktop, self._is_there
        which = (Slot(name="application", ask=said("windows-ask-which")),)

        def moving(name: str, run: Run, confirm: Callable[[ToolCall], Said] = _shall_i_move) -> Tool:
            return asked_once(desktop, Act.OPEN, name, run, confirm, permission="windows", check=check, slots=which)

        return (
            moving("window.switch", self._switch, _shall_i_switch),
            moving("window.minimise", self._minimise),
            moving("window.maximise", self._maximise),
            asked_once(desktop, Act.OPEN, "window.desktop", self._desktop_alone, _shall_i_move, permission="windows"),
            asked_always(desktop, Act.OPEN, "open.close", self._close, _shall_i_close, check=check, slots=which),
            asked_always(
                desktop, Act.OPEN, "window.close_all", self._close_all, lambda _: said("windows-ask-close-all")
            ),
            reading("window.list", self._list),
        )

    async def _switch(self, question: Question, call: ToolCall) -> Said:
        windows = await self._desktop.windows.listed()
        if "application" not in call.words:  # to another one
            others = [one for one in windows if not one.active]
            if not others:
                return said("windows-no-other")
            await self._desktop.windows.activate(others[0])
            return said("windows-front", what=_name(others[0]))
        return await self._with_each(question, call, self._desktop.windows.activate, "windows-front", first_only=True)

    async def _minimise(self, question: Question, call: ToolCall) -> Said:
        return await self._with_each(question, call, self._desktop.windows.minimise, "windows-away")

    async def _maximise(self, question: Question, call: ToolCall) -> Said:
        return await self._with_each(question, call, self._desktop.windows.maximise, "windows-large", first_only=True)

    async def _close(self, question: Question, call: ToolCall) -> Said:
        return await self._with_each(question, call, self._desktop.windows.close, "windows-closed")

    async def _close_all(self, _question: Question, _call: ToolCall) -> Said:
        windows = await self._desktop.windows.listed()
        for window in windows:
            await self._desktop.windows.close(window)
        return said("windows-all-closed") if windows else said("windows-none")

    async def _with_each(
        self,
        question: Question,
        call: ToolCall,
        act: Callable[[DesktopWindow], Awaitable[None]],
        done: str,
        *,
        first_only: bool = False,
    ) -> Said:
        """Do it to the windows of the program that is named, or to the one in front."""
        name, found = await self._found(question, call)
        for window in found[:1] if first_only else found:
            await act(window)
        return Said(done, {"what": name})

    async def _found(self, question: Question, call: ToolCall) -> tuple[str, tuple[DesktopWindow, ...]]:
        """The windows that are meant, and what they are called together.

        Raises:
            NotMeant: Neither a program nor a window is called so.
            Cannot: It has none, or no window is in front.
        """
        windows = await self._desktop.windows.listed()
        words = call.words.get("application")
        if words is None:
            found = tuple(one for one in windows if one.active)[:1]
            if not found:
                raise Cannot(said("windows-none-in-front"))
            return _name(found[0]), found
        application = await self._application(question, words)
        found = windows_of(words, windows, application)
        if not found and application is None:
            raise NotMeant
        name = application.name if application else words
        if not found:
            raise Cannot(said("windows-not-open", what=name))
        return name, found

    async def _application(self, question: Question, words: str) -> Program | None:
        try:
            meant = await application_meant(words, question.context.language, self._desktop.applications)
        except Cannot:  # windows have titles, too
            return None
        return meant.thing if isinstance(meant.thing, Program) else None

    async def _is_there(self, question: Question, call: ToolCall) -> Said | None:
        """See `Tool.check`: "switch to decaf" is nothing about windows, and what is not open needs no permission."""
        if "application" in call.words or call.name != "window.switch":
            await self._found(question, call)
        return None

    async def _desktop_alone(self, _question: Question, _call: ToolCall) -> Said:
        await self._desktop.windows.show_desktop()
        return said("windows-desktop")

    async def _list(self, _question: Question, _call: ToolCall) -> Said:
        names = list(dict.fromkeys(_name(one) for one in await self._desktop.windows.listed()))
        if not names:
            return said("windows-none")
        more = len(names) - MOST_NAMED
        if more > 0:
            return said("windows-list-more", names=tuple(names[:MOST_NAMED]), count=more)
        return said("windows-list", names=tuple(names))


def _name(window: DesktopWindow) -> str:
    """What its title says; a program's name stands behind the last dash there."""
    return window.title or window.application


def _shall_i_switch(call: ToolCall) -> Said:
    return said("windows-ask-switch", what=call.words["application"]) if "application" in call.words else _ASK


def _shall_i_move(_call: ToolCall) -> Said:
    return _ASK


_ASK = said("windows-ask")


def _shall_i_close(call: ToolCall) -> Said:
    if "application" in call.words:
        return said("windows-ask-close", what=call.words["application"])
    return said("windows-ask-close-this")
