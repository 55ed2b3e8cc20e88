"""Tools that do something on the desktop: what can't be done, or may not, is told in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.agent.desktop.ports import Cannot
from sottovoce.agent.tools.tools import Tool, asking
from sottovoce.domain.effects import Effect

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sottovoce.agent.desktop.ports import Act, Guard
    from sottovoce.agent.tools.questions import Question, SkillAnswer
    from sottovoce.agent.tools.tools import Slot, ToolCall
    from sottovoce.domain.said import Said

    Run = Callable[[Question, ToolCall], Awaitable[SkillAnswer | Said]]
    Check = Callable[[Question, ToolCall], Awaitable[Said | None]]


def reading(name: str, run: Run) -> Tool:
    """A tool that only looks."""
    return Tool(name=name, run=_told(run))


def at_once(guard: Guard, act: Act, name: str, run: Run) -> Tool:
    """A tool whose act can be taken back by the next sentence, so that nobody is asked before."""
    return Tool(name=name, run=_allowed(guard, act, run), effect=Effect.ACT)


def asked_once(  # noqa: PLR0913 - each by its name
    guard: Guard,
    act: Act,
    name: str,
    run: Run,
    confirm: Callable[[ToolCall], Said],
    *,
    permission: str,
    check: Check | None = None,
    slots: tuple[Slot, ...] = (),
) -> Tool:
    """A tool whose act is asked about the first time."""
    return Tool(
        name=name,
        run=_allowed(guard, act, run),
        slots=slots,
        effect=Effect.ACT,
        permission=permission,
        confirm=asking(confirm),
        check=_checked(guard, act, check),
    )


def asked_always(
    guard: Guard,
    act: Act,
    name: str,
    run: Run,
    confirm: Callable[[ToolCall], Said],
    *,
    check: Check | None = None,
    slots: tuple[Slot, ...] = (),
) -> Tool:
    """A tool whose act can't be taken back."""
    return Tool(
        name=name,
        run=_allowed(guard, act, run),
        slots=slots,
        effect=Effect.DESTROY,
        confirm=asking(confirm),
        check=_checked(guard, act, check),
    )


def _allowed(guard: Guard, act: Act, run: Run) -> Run:
    async def allowed(question: Question, call: ToolCall) -> SkillAnswer | Said:
        guard.refuse_forbidden(act)
        return await run(question, call)

    return _told(allowed)


def _checked(guard: Guard, act: Act, check: Check | None) -> Check:
    """Nobody is asked about what is forbidden, or can't be done."""

    async def checked(question: Question, call: ToolCall) -> Said | None:
        try:
            guard.refuse_forbidden(act)
            return await check(question, call) if check else None
        except Cannot as why:
            return why.said

    return checked


def _told(run: Run) -> Run:
    async def told(question: Question, call: ToolCall) -> SkillAnswer | Said:
        try:
            return await run(question, call)
        except Cannot as why:
            return why.said

    return told
