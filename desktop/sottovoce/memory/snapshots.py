"""The users' contexts that are held in memory: those asked for lately, each as it is in force."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from sottovoce.domain.contexts import MOST_TEXT_CHARS, UserContext
from sottovoce.domain.errors import UsageWrong
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

MOST_CONTEXTS = 256
"""Users whose snapshot is held in memory; the one not asked for longest leaves first."""


class Snapshots:
    """One context a user, `MOST_CONTEXTS` of them, and as many more as are not saved yet."""

    def __init__(self) -> None:
        """There is none yet."""
        self._held: OrderedDict[str, UserContext] = OrderedDict()

    def __getitem__(self, user_id: str) -> UserContext:
        return self._held[user_id]

    def get(self, user_id: str) -> UserContext | None:
        """That of this user; None if it is not held."""
        return self._held.get(user_id)

    def hold(self, context: UserContext, *, unsaved: Callable[[str], bool]) -> None:
        """Hold one more; for it those leave that were not asked for longest, unless they are `unsaved`."""
        surplus = len(self._held) - MOST_CONTEXTS + 1
        for user in [user for user in self._held if not unsaved(user)][: max(surplus, 0)]:
            del self._held[user]
        self._held[context.user_id] = context

    def change(self, context: UserContext) -> None:
        """Have this one in force in place of the one that is held."""
        self._held[context.user_id] = context

    def used(self, user_id: str) -> None:
        """This one leaves last from now on."""
        self._held.move_to_end(user_id)

    def drop(self, users: Collection[str]) -> None:
        """Hold those of these users no longer."""
        for user in users:
            self._held.pop(user, None)

    def clear(self) -> None:
        """Drop every context that is held."""
        self._held.clear()


def first_context(user_id: str, now: float) -> UserContext:
    """That of a user not seen before.

    Raises:
        UsageWrong: No user can have this name.
    """
    try:
        user_id.encode()
        return UserContext(user_id=user_id, first_seen=now)
    except ValueError:
        raise UsageWrong(said("error-user-name", most=MOST_TEXT_CHARS)) from None
