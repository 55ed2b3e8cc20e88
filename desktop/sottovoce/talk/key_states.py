"""What a key that goes down and up means, as a table: held, pressed to begin and to end, or tapped twice.

| state    | the key is | the microphone is                                       |
|----------|------------|---------------------------------------------------------|
| REST     | up         | closed                                                  |
| HELD     | down       | open until it comes up                                  |
| TAPPED   | up         | closed, after a press so short that another may follow  |
| TWICE    | down       | open; if it comes up soon, it stays open                |
| OPENING  | down       | open, and stays so when it comes up                     |
| OPEN     | up         | open until the next press                               |
| CLOSING  | down       | closed by this press                                    |
| CLOSED   | up         | closed, by the press before                             |

Nothing waits for a second tap: each event has its effects at once, and what came before is known by its moment alone.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

TAP_S = 0.3
"""Longest press that is a tap; who says something holds longer (the shortest command takes some 350 ms)."""
DOUBLE_S = 0.35
"""Longest pause between two taps that belong together; desktops wait 250 to 500 ms for a double click."""
BOUNCE_S = 0.08
"""Within this after it came up, a key that goes down is the same press still (`turn_states.BOUNCE_S`)."""
CONTACT_S = 0.03
"""Between two taps a pause may be shorter than `BOUNCE_S`; contacts bounce for 5 to 25 ms."""


class Mode(enum.StrEnum):
    """How a key is used; the words of the setting `hotkey_mode`."""

    HOLD = "hold"
    TOGGLE = "toggle"


class KeyState(enum.Enum):
    """A state of the talk key; see the table at the top."""

    REST = enum.auto()
    HELD = enum.auto()
    TAPPED = enum.auto()
    TWICE = enum.auto()
    OPENING = enum.auto()
    OPEN = enum.auto()
    CLOSING = enum.auto()
    CLOSED = enum.auto()


class KeyEvent(enum.Enum):
    """What happens to the key, with the moments before taken into account."""

    DOWN = enum.auto()
    AGAIN = enum.auto()
    """Down so soon after it came up that it only bounced."""
    SECOND = enum.auto()
    """Down soon after a tap."""
    UP = enum.auto()
    TAP = enum.auto()
    """Up, soon after it went down."""
    DROP = enum.auto()
    """The key that drops what is said, or another one that was pressed beside a modifier."""


class KeyEffect(enum.Enum):
    """What an event of the talk key leads to."""

    START = enum.auto()
    STOP = enum.auto()
    STAY = enum.auto()
    """It listens on though the key is up: until the next press, or the end of what is said."""
    DROP = enum.auto()


_KeyTransition = tuple[KeyState, tuple[KeyEffect, ...]]

_S, _E, _F = KeyState, KeyEvent, KeyEffect

_BOTH: Mapping[tuple[KeyState, KeyEvent], _KeyTransition] = {
    (_S.HELD, _E.UP): (_S.REST, (_F.STOP,)),
    (_S.OPENING, _E.UP): (_S.OPEN, ()),
    (_S.OPENING, _E.TAP): (_S.OPEN, ()),
    (_S.OPEN, _E.DOWN): (_S.CLOSING, (_F.STOP,)),
    (_S.CLOSING, _E.UP): (_S.CLOSED, ()),
    (_S.CLOSING, _E.TAP): (_S.CLOSED, ()),
    (_S.CLOSED, _E.AGAIN): (_S.CLOSING, ()),
    (_S.TWICE, _E.UP): (_S.REST, (_F.STOP,)),
    (_S.TWICE, _E.TAP): (_S.OPEN, (_F.STAY,)),
    (_S.REST, _E.DROP): (_S.REST, (_F.DROP,)),
    (_S.HELD, _E.DROP): (_S.CLOSING, (_F.DROP,)),
    (_S.TAPPED, _E.DROP): (_S.REST, (_F.DROP,)),
    (_S.TWICE, _E.DROP): (_S.CLOSING, (_F.DROP,)),
    (_S.OPENING, _E.DROP): (_S.CLOSING, (_F.DROP,)),
    (_S.OPEN, _E.DROP): (_S.REST, (_F.DROP,)),
    (_S.CLOSING, _E.DROP): (_S.CLOSING, (_F.DROP,)),
    (_S.CLOSED, _E.DROP): (_S.CLOSED, (_F.DROP,)),
}

_BELIEVED_OPEN = frozenset({KeyState.HELD, KeyState.TWICE, KeyState.OPENING, KeyState.OPEN, KeyState.CLOSING})
"""Nobody listens, and yet the key goes down: others have ended it, and a release that should be between was lost."""

_HELD: _KeyTransition = (_S.HELD, (_F.START,))
_OPENING: _KeyTransition = (_S.OPENING, (_F.START, _F.STAY))

TABLE: Mapping[Mode, Mapping[tuple[KeyState, KeyEvent], _KeyTransition]] = {
    Mode.HOLD: {
        **_BOTH,
        (_S.REST, _E.DOWN): _HELD,
        (_S.REST, _E.AGAIN): _HELD,
        (_S.HELD, _E.TAP): (_S.TAPPED, (_F.STOP,)),
        (_S.TAPPED, _E.DOWN): _HELD,
        (_S.TAPPED, _E.AGAIN): _HELD,
        (_S.TAPPED, _E.SECOND): (_S.TWICE, (_F.START,)),
        (_S.OPEN, _E.AGAIN): (_S.TWICE, ()),
        (_S.CLOSED, _E.DOWN): _HELD,
    },
    Mode.TOGGLE: {
        **_BOTH,
        (_S.REST, _E.DOWN): _OPENING,
        (_S.REST, _E.AGAIN): _OPENING,
        (_S.HELD, _E.TAP): (_S.REST, (_F.STOP,)),  # it was held when the mode was changed
        (_S.TAPPED, _E.DOWN): _OPENING,
        (_S.TAPPED, _E.AGAIN): _OPENING,
        (_S.TAPPED, _E.SECOND): _OPENING,
        (_S.OPEN, _E.AGAIN): (_S.OPENING, ()),
        (_S.CLOSED, _E.DOWN): _OPENING,
    },
}
"""The step of each state and event; what is not named changes nothing (a repetition, a release without a press)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyStates:
    """The state of one key and the moments that count; each event gives the next value."""

    mode: Mode = Mode.HOLD
    double: bool = True
    """Whether a key that is held may be tapped twice to go on with free hands."""
    state: KeyState = KeyState.REST
    down_s: float = 0.0
    """When the press began that is under way, or the last one."""
    up_s: float = float("-inf")
    """When it came up last."""

    def down(self, at_s: float, *, listening: bool) -> tuple[KeyStates, tuple[KeyEffect, ...]]:
        """The key went down.

        Args:
            at_s: When, by any clock that never goes back; the same for all events.
            listening: Whether the microphone is open now: it may have been opened and closed by others.
        """
        here = self._as_others_left_it(listening=listening)
        event = _kind_of_down(here, at_s)
        return _stepped(here, event, here.down_s if event is KeyEvent.AGAIN else at_s, here.up_s)

    def up(self, at_s: float) -> tuple[KeyStates, tuple[KeyEffect, ...]]:
        """The key came up."""
        tap = self.double and at_s - self.down_s <= TAP_S
        return _stepped(self, KeyEvent.TAP if tap else KeyEvent.UP, self.down_s, at_s)

    def drop(self) -> tuple[KeyStates, tuple[KeyEffect, ...]]:
        """What is said or answered is not wanted."""
        return _stepped(self, KeyEvent.DROP, self.down_s, self.up_s)

    def used(self, mode: Mode, *, double: bool) -> KeyStates:
        """The same key used in another way; a press under way ends as it would have."""
        return replace(self, mode=mode, double=double)

    def rested(self) -> KeyStates:
        """The same key, of which nothing is held or remembered."""
        return replace(self, state=KeyState.REST, up_s=float("-inf"))

    def _as_others_left_it(self, *, listening: bool) -> KeyStates:
        if self.state in _BELIEVED_OPEN and not listening:
            return replace(self, state=KeyState.REST, up_s=float("-inf"))
        if self.mode is Mode.TOGGLE and listening and self.state in {KeyState.REST, KeyState.TAPPED, KeyState.CLOSED}:
            return replace(self, state=KeyState.OPEN, up_s=float("-inf"))
        return self


def _kind_of_down(key: KeyStates, at_s: float) -> KeyEvent:
    since_s = at_s - key.up_s
    if key.state is KeyState.TAPPED:
        if since_s < CONTACT_S:
            return KeyEvent.AGAIN
        return KeyEvent.SECOND if since_s <= DOUBLE_S else KeyEvent.DOWN
    return KeyEvent.AGAIN if since_s < BOUNCE_S else KeyEvent.DOWN


def _stepped(key: KeyStates, event: KeyEvent, down_s: float, up_s: float) -> tuple[KeyStates, tuple[KeyEffect, ...]]:
    # Made at once, not by `replace`: somebody is about to speak.
    state, effects = TABLE[key.mode].get((key.state, event), (key.state, ()))
    return KeyStates(mode=key.mode, double=key.double, state=state, down_s=down_s, up_s=up_s), effects
