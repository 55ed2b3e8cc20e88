"""How well the assistant knows somebody, and how that moves: the whole rule, in one place.

**Friendship** (0 to 100) grows by 1 with an answered question and by 1 more where the question thanks or greets, by at
most 5 on one day. Who stays away for weeks loses 1 for each whole week after the first, yet never more than half.

**Closeness** follows from it: below 20 a stranger, from 50 on a friend. A stranger is greeted in full and a friend by
name and in short.

**Tone** follows as well: neutral becomes warm when friendship rises to 50, and warm neutral again when it falls below
40. Between such moments a tone that was asked for ("be friendly", "be yourself") stays, and a formal one always does.
Verbosity and the rate of speech move only when the user asks ("be brief", "speak slower").

The user sees all of it (`sottovoce context show`, "how well do you know me"), sets it (`context set`) and freezes it
(`context set friendship_frozen true`, "stay as you are").
"""

from __future__ import annotations

import dataclasses
import enum
from datetime import UTC, datetime

from sottovoce.domain.contexts import MOST_FRIENDSHIP, Tone, UserContext

A_DAY_AT_MOST = 5
WEEK_S = 7 * 86_400
ACQUAINTED, FRIENDS = 20, 50
COOLED = 40
"""Below this a warm tone is given up: lower than where it began, so that it does not flicker."""


class Closeness(enum.StrEnum):
    """What a friendship amounts to."""

    STRANGER = "stranger"
    ACQUAINTANCE = "acquaintance"
    FRIEND = "friend"


def closeness(context: UserContext) -> Closeness:
    """How close this user is."""
    if context.friendship_level >= FRIENDS:
        return Closeness.FRIEND
    return Closeness.ACQUAINTANCE if context.friendship_level >= ACQUAINTED else Closeness.STRANGER


def after_turn(context: UserContext, now: float, *, is_kind: bool) -> UserContext:
    """The snapshot after one answered question; its version is the caller's to count.

    Args:
        context: Before.
        now: Seconds since 1970-01-01 UTC.
        is_kind: Whether the user thanked or greeted.
    """
    changes: dict[str, object] = {
        "conversations_count": context.conversations_count + 1,
        "first_seen": context.first_seen if context.first_seen is not None else now,
        "last_seen": now,
    }
    if not context.friendship_frozen:
        level = _after_absence(context, now)
        today = context.friendship_today if _same_day(context.last_seen, now) else 0
        gained = min(1 + is_kind, A_DAY_AT_MOST - today)
        changes |= {
            "friendship_level": min(level + max(gained, 0), MOST_FRIENDSHIP),
            "friendship_today": today + max(gained, 0),
        }
    return settled(context, context.copy_with(**changes))


def settled(before: UserContext, after: UserContext) -> UserContext:
    """`after` with the tone that a risen or fallen friendship gives, unless frozen or asked for just now."""
    tone = after.personality.tone
    if after.personality_frozen or tone is not before.personality.tone:
        return after
    if tone is Tone.NEUTRAL and before.friendship_level < FRIENDS <= after.friendship_level:
        tone = Tone.WARM
    elif tone is Tone.WARM and after.friendship_level < COOLED <= before.friendship_level:
        tone = Tone.NEUTRAL
    if tone is after.personality.tone:
        return after
    return after.copy_with(personality=dataclasses.replace(after.personality, tone=tone))


def _after_absence(context: UserContext, now: float) -> int:
    if context.last_seen is None:
        return context.friendship_level
    weeks = max(int((now - context.last_seen) // WEEK_S) - 1, 0)
    level = context.friendship_level
    return max(level - weeks, (level + 1) // 2)


def _same_day(before: float | None, now: float) -> bool:
    # In UTC: a day has to be the same length for everybody, not to begin at somebody's midnight.
    return before is not None and datetime.fromtimestamp(before, UTC).date() == datetime.fromtimestamp(now, UTC).date()
