"""How things are said to this user: in how many words, and how warmly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.domain.contexts import Tone, Verbosity
from sottovoce.domain.friendship import Closeness, closeness

if TYPE_CHECKING:
    from sottovoce.domain.contexts import UserContext


def in_manner(context: UserContext, *, normal: str, brief: str = "", detailed: str = "") -> str:
    """The form of an answer that this user wants; the normal one where there is no other."""
    verbosity = context.personality.verbosity
    chosen = {Verbosity.BRIEF: brief, Verbosity.DETAILED: detailed}.get(verbosity, "")
    return chosen or normal


def in_tone(context: UserContext, *, neutral: str, formal: str = "", warm: str = "") -> str:
    """The form of an answer that fits the tone; the neutral one where there is no other."""
    chosen = {Tone.FORMAL: formal, Tone.WARM: warm}.get(context.personality.tone, "")
    return chosen or neutral


def named(context: UserContext) -> str:
    """What is put behind a greeting: ", Anna"; nothing for who has not told a name."""
    return f", {context.display_name}" if context.display_name else ""


def greeting(context: UserContext, part_of_day: str) -> str:
    """A greeting for this user.

    Args:
        context: Whom to greet.
        part_of_day: "morning", "afternoon" or "evening".
    """
    name = named(context)
    if context.personality.tone is Tone.FORMAL:
        hello = f"Good {part_of_day}{name}."
        return in_manner(context, brief=hello, normal=f"{hello} How may I be of service?")
    hello, more = {
        Closeness.STRANGER: (f"Good {part_of_day}{name}.", "What can I do for you?"),
        Closeness.ACQUAINTANCE: (f"Good {part_of_day}{name}.", "Nice to hear you again. What can I do for you?"),
        Closeness.FRIEND: (f"Hello{name}!", "Good to hear you. What's up?"),
    }[closeness(context)]
    return in_manner(context, brief=hello, normal=f"{hello} {more}")
