"""What a turn does, and what becomes of its words, as two tables: pure values that await nothing and know no tasks.

| state       | what is done                                        | the next press                                  |
|-------------|-----------------------------------------------------|-------------------------------------------------|
| HELD        | it listens, the key is down                         | changes nothing                                 |
| OPEN        | it listens with the key up, until a press or pause  | changes nothing                                 |
| TAIL        | the key came up: what is in the pipe is still heard | soon (a bounce): HELD again; later: another turn |
| OPEN_TAIL   | the same after OPEN                                 | soon: OPEN again; later: another turn           |
| ENDING      | as the tail, and no press goes on in it             | begins another turn                             |
| RECOGNISING | the sound becomes words                             | begins another turn                             |
| STORING     | the words become durable                            | begins another turn                             |
| ANSWERING   | the answer is made                                  | begins another turn                             |
| SPEAKING    | the answer is said                                  | begins another turn                             |
| OVER        | nothing                                             |                                                 |

| standing | the turn is                                 | once another one takes its place                  |
|----------|---------------------------------------------|---------------------------------------------------|
| UNHEARD  | the present one; no sound came yet          | it is gone                                        |
| UNSTORED | the present one; its words are nowhere else | it is aside                                       |
| SAFE     | the present one; its words are kept         | it is gone                                        |
| ASIDE    | not present: it goes on without being shown  |                                                   |
| GONE     | over; whatever comes of it now is dropped   |                                                   |

What the user does may come in every state. What the turn itself reports may come where `TABLE` has it; anywhere else
(`ILLEGAL`) it is a bug, which changes nothing.
"""

from __future__ import annotations

import enum
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sottovoce.domain.turns import Outcome, Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

BOUNCE_S = 0.08
"""Seconds after a release in which a press is the same press still: contacts bounce for 5 to 25 ms, and a busy loop may
learn of it 50 ms late. A finger that is as quick loses nothing: what was said before is heard in the same turn."""

CROSSED_S = 0.6
"""Seconds after a pause has ended what was said in which a press is one that was to end it, too, and came too late."""


class TurnState(enum.Enum):
    """See the first table at the top."""

    HELD = enum.auto()
    OPEN = enum.auto()
    TAIL = enum.auto()
    OPEN_TAIL = enum.auto()
    ENDING = enum.auto()
    RECOGNISING = enum.auto()
    STORING = enum.auto()
    ANSWERING = enum.auto()
    SPEAKING = enum.auto()
    OVER = enum.auto()


class Standing(enum.Enum):
    """See the second table at the top."""

    UNHEARD = enum.auto()
    UNSTORED = enum.auto()
    SAFE = enum.auto()
    ASIDE = enum.auto()
    GONE = enum.auto()


class Signal(enum.Enum):
    """What happens to a turn: first what the user does, then what the turn itself reports."""

    PRESS = enum.auto()
    AGAIN = enum.auto()
    """A press so soon after the release that the key may only have bounced."""
    CROSSED = enum.auto()
    """A press so soon after a pause has ended what was said that it was to end it, too."""
    RELEASE = enum.auto()
    STAY = enum.auto()
    """No key is held from now on, and it listens nevertheless."""
    CANCEL = enum.auto()

    SOUND = enum.auto()
    """The first block of sound has come."""
    PAUSE = enum.auto()
    """Nothing more is said."""
    WARN = enum.auto()
    """The longest hold is nearly over."""
    LIMIT = enum.auto()
    """The longest hold is over."""
    ENDED = enum.auto()
    """Nothing more will be listened to: the tail is over, or the microphone has ended."""
    SOUND_OVER = enum.auto()
    """The last block of sound was handed on."""
    TEXT = enum.auto()
    """Words were understood."""
    STORED = enum.auto()
    """They are durable."""
    VOICE = enum.auto()
    """The voice has begun."""
    DONE = enum.auto()
    """It is answered."""
    SILENT = enum.auto()
    """No words were understood."""
    TYPED = enum.auto()
    """They were dictated, and are typed."""
    FAILED = enum.auto()


BY_USER = frozenset({Signal.PRESS, Signal.AGAIN, Signal.CROSSED, Signal.RELEASE, Signal.STAY, Signal.CANCEL})
"""What may come at any time."""


class StandingChange(enum.Enum):
    """What a step of the first table means for the second."""

    HEARD = enum.auto()
    STORED = enum.auto()
    LEFT = enum.auto()
    """Another turn takes its place."""
    DROPPED = enum.auto()
    ENDED = enum.auto()
    """It has come to its own end."""


class TurnEffect(enum.Enum):
    """What a signal to a turn leads to."""

    CUE = enum.auto()
    """Report that sound comes."""
    LISTEN_ON = enum.auto()
    """There is no tail: the key is down again."""
    STAY = enum.auto()
    """Listen for the end of what is said."""
    START_TAIL = enum.auto()
    WARN = enum.auto()
    FORGET = enum.auto()
    """Keep no sound from before now: it is the assistant's own voice."""
    VOICE = enum.auto()
    """Report that the voice has begun."""
    HUSH = enum.auto()
    WIND_UP = enum.auto()
    """End what works for it."""
    EMIT_CANCELLED = enum.auto()
    EMIT_END = enum.auto()
    """Report how it ended, and let the next question have its turn."""
    LISTEN = enum.auto()
    """Begin another turn, which listens."""


_TurnTransition = tuple[TurnState, tuple[TurnEffect | StandingChange, ...]]

_S, _I, _E, _C = TurnState, Signal, TurnEffect, StandingChange

_NEXT = (_C.LEFT, _E.LISTEN)


def _row(
    state: TurnState, own: Mapping[Signal, _TurnTransition], press: _TurnTransition
) -> Mapping[Signal, _TurnTransition]:
    """A state's steps: what the user does changes nothing unless `own` has it; `press` is what a press does."""
    common: Mapping[Signal, _TurnTransition] = {
        **dict.fromkeys(BY_USER, (state, ())),
        _I.PRESS: press,
        _I.AGAIN: press,
        _I.CANCEL: (_S.OVER, (_C.DROPPED,)),
        _I.FAILED: (_S.OVER, (_C.ENDED,)),
    }
    return {**common, **own}


TABLE: Mapping[TurnState, Mapping[Signal, _TurnTransition]] = {
    _S.HELD: _row(
        _S.HELD,
        {
            _I.RELEASE: (_S.TAIL, (_E.START_TAIL,)),
            _I.STAY: (_S.OPEN, (_E.STAY,)),
            _I.SOUND: (_S.HELD, (_C.HEARD, _E.CUE)),
            _I.WARN: (_S.HELD, (_E.WARN,)),
            _I.LIMIT: (_S.ENDING, (_E.START_TAIL,)),
            _I.ENDED: (_S.ENDING, ()),
        },
        press=(_S.HELD, ()),
    ),
    _S.OPEN: _row(
        _S.OPEN,
        {
            _I.RELEASE: (_S.OPEN_TAIL, (_E.START_TAIL,)),
            _I.SOUND: (_S.OPEN, (_C.HEARD, _E.CUE)),
            _I.PAUSE: (_S.OPEN_TAIL, (_E.START_TAIL,)),
            _I.WARN: (_S.OPEN, (_E.WARN,)),
            _I.LIMIT: (_S.ENDING, (_E.START_TAIL,)),
            _I.ENDED: (_S.ENDING, ()),
        },
        press=(_S.OPEN, ()),
    ),
    _S.TAIL: _row(
        _S.TAIL,
        {
            _I.AGAIN: (_S.HELD, (_E.LISTEN_ON,)),
            _I.SOUND: (_S.TAIL, (_C.HEARD, _E.CUE)),
            _I.WARN: (_S.TAIL, ()),
            _I.LIMIT: (_S.ENDING, ()),
            _I.ENDED: (_S.ENDING, ()),
        },
        press=(_S.TAIL, _NEXT),
    ),
    _S.OPEN_TAIL: _row(
        _S.OPEN_TAIL,
        {
            _I.AGAIN: (_S.OPEN, (_E.LISTEN_ON,)),
            _I.SOUND: (_S.OPEN_TAIL, (_C.HEARD, _E.CUE)),
            _I.PAUSE: (_S.OPEN_TAIL, ()),
            _I.WARN: (_S.OPEN_TAIL, ()),
            _I.LIMIT: (_S.ENDING, ()),
            _I.ENDED: (_S.ENDING, ()),
        },
        press=(_S.OPEN_TAIL, _NEXT),
    ),
    _S.ENDING: _row(
        _S.ENDING,
        {
            _I.SOUND: (_S.ENDING, (_C.HEARD, _E.CUE)),
            _I.PAUSE: (_S.ENDING, ()),
            _I.ENDED: (_S.ENDING, ()),
            _I.SOUND_OVER: (_S.RECOGNISING, ()),
        },
        press=(_S.ENDING, _NEXT),
    ),
    _S.RECOGNISING: _row(
        _S.RECOGNISING,
        {
            _I.TEXT: (_S.STORING, ()),
            _I.SILENT: (_S.OVER, (_C.ENDED,)),
            _I.TYPED: (_S.OVER, (_C.ENDED,)),
        },
        press=(_S.RECOGNISING, _NEXT),
    ),
    _S.STORING: _row(_S.STORING, {_I.STORED: (_S.ANSWERING, (_C.STORED,))}, press=(_S.STORING, _NEXT)),
    _S.ANSWERING: _row(
        _S.ANSWERING,
        {_I.VOICE: (_S.SPEAKING, (_E.VOICE,)), _I.DONE: (_S.OVER, (_C.ENDED,))},
        press=(_S.ANSWERING, _NEXT),
    ),
    _S.SPEAKING: _row(_S.SPEAKING, {_I.DONE: (_S.OVER, (_C.ENDED,))}, press=(_S.OVER, (_E.FORGET, *_NEXT))),
}
"""The step of each state and signal. Where a press leaves the state as it is, the turn may go on aside."""

_LISTENING = frozenset({_S.HELD, _S.OPEN})
_WORDS = {_I.TEXT, _I.SILENT, _I.TYPED}
_OF_SOUND = frozenset({_I.SOUND, _I.PAUSE, _I.WARN, _I.LIMIT, _I.ENDED, _I.SOUND_OVER})
_OF_ANSWER = frozenset({_I.STORED, _I.VOICE, _I.DONE})

ILLEGAL: Mapping[TurnState, frozenset[Signal]] = {
    _S.HELD: _OF_ANSWER | _WORDS | {_I.PAUSE, _I.SOUND_OVER},
    _S.OPEN: _OF_ANSWER | _WORDS | {_I.SOUND_OVER},
    _S.TAIL: _OF_ANSWER | _WORDS | {_I.PAUSE, _I.SOUND_OVER},
    _S.OPEN_TAIL: _OF_ANSWER | _WORDS | {_I.SOUND_OVER},
    _S.ENDING: _OF_ANSWER | _WORDS | {_I.WARN, _I.LIMIT},
    _S.RECOGNISING: _OF_ANSWER | _OF_SOUND,
    _S.STORING: _OF_SOUND | _WORDS | {_I.VOICE, _I.DONE},
    _S.ANSWERING: _OF_SOUND | _WORDS | {_I.STORED},
    _S.SPEAKING: _OF_SOUND | _WORDS | {_I.STORED, _I.VOICE},
}
"""What a turn can't report in a state."""

_DROP = (Standing.GONE, (_E.HUSH, _E.WIND_UP, _E.EMIT_CANCELLED))
_END = (Standing.GONE, (_E.EMIT_END,))

STANDINGS: Mapping[Standing, Mapping[StandingChange, tuple[Standing, tuple[TurnEffect, ...]]]] = {
    Standing.UNHEARD: {
        _C.HEARD: (Standing.UNSTORED, ()),
        _C.STORED: (Standing.SAFE, ()),  # a recogniser may find words in what no block was
        _C.LEFT: _DROP,
        _C.DROPPED: _DROP,
        _C.ENDED: _END,
    },
    Standing.UNSTORED: {
        _C.HEARD: (Standing.UNSTORED, ()),
        _C.STORED: (Standing.SAFE, ()),
        _C.LEFT: (Standing.ASIDE, (_E.HUSH, _E.EMIT_CANCELLED)),
        _C.DROPPED: _DROP,
        _C.ENDED: _END,
    },
    Standing.SAFE: {
        _C.STORED: (Standing.SAFE, ()),
        _C.LEFT: _DROP,
        _C.DROPPED: _DROP,
        _C.ENDED: _END,
    },
    Standing.ASIDE: {
        _C.STORED: (Standing.ASIDE, ()),
        _C.DROPPED: (Standing.GONE, (_E.WIND_UP,)),
        _C.ENDED: (Standing.GONE, ()),
    },
}
"""The same for what becomes of its words; none of them is dropped but by `DROPPED`, or by the turn's own end."""

PRESENT = frozenset({Standing.UNHEARD, Standing.UNSTORED, Standing.SAFE})
"""Where a turn is shown and heard."""

STAGES: Mapping[TurnState, Stage] = {
    **dict.fromkeys((_S.HELD, _S.OPEN, _S.TAIL, _S.OPEN_TAIL, _S.ENDING), Stage.LISTENING),
    **dict.fromkeys((_S.RECOGNISING, _S.STORING, _S.ANSWERING), Stage.THINKING),
    _S.SPEAKING: Stage.SPEAKING,
}
"""What is shown meanwhile."""

OUTCOMES: Mapping[Signal, Outcome] = {
    _I.DONE: Outcome.ANSWERED,
    _I.SILENT: Outcome.SILENCE,
    _I.TYPED: Outcome.TYPED,
    _I.FAILED: Outcome.FAILED,
    **dict.fromkeys((_I.PRESS, _I.AGAIN, _I.CANCEL), Outcome.CANCELLED),
}
"""How a turn ended, by what ended it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnCourse:
    """Where one turn is, and the moments that count; each signal gives the next value."""

    state: TurnState = TurnState.HELD
    standing: Standing = Standing.UNHEARD
    released_s: float | None = None
    """When it ceased to listen, by any clock that never goes back; None while it listens."""
    paused_s: float = -math.inf
    """When a pause ended what was said."""

    @classmethod
    def given(cls) -> TurnCourse:
        """A turn whose words are kept elsewhere, and are there already: it was typed, or is stored."""
        return cls(state=TurnState.STORING, standing=Standing.SAFE)

    @property
    def listens(self) -> bool:
        """Whether the key counts as held."""
        return self.state in _LISTENING

    @property
    def is_present(self) -> bool:
        """Whether it is shown and heard."""
        return self.standing in PRESENT

    def press(self, at_s: float, bounce_s: float) -> Signal:
        """What a press is to it, by its moment."""
        if at_s < self.paused_s + CROSSED_S:
            return Signal.CROSSED
        bounces = self.released_s is not None and at_s < self.released_s + bounce_s
        return Signal.AGAIN if bounces else Signal.PRESS

    def after(self, signal: Signal, at_s: float) -> tuple[TurnCourse, tuple[TurnEffect, ...]] | None:
        """What comes of `signal`: where the turn is then, and what is to be done; None if that can't be."""
        step = TABLE[self.state].get(signal) if self.state in TABLE else None
        changed = step and _changed(self.standing, step[1])
        if step is None or changed is None:
            return None
        standing, effects = changed
        state = step[0] if standing is not Standing.GONE else TurnState.OVER
        released_s = None if state in _LISTENING else at_s if self.listens else self.released_s
        paused_s = at_s if signal is Signal.PAUSE and self.listens else self.paused_s
        # Made at once, not by `replace`: somebody is about to speak.
        return TurnCourse(state=state, standing=standing, released_s=released_s, paused_s=paused_s), effects


def _changed(
    standing: Standing, parts: Iterable[TurnEffect | StandingChange]
) -> tuple[Standing, tuple[TurnEffect, ...]] | None:
    """Put a step's changes into effect; None if one of them can't be."""
    effects: list[TurnEffect] = []
    for part in parts:
        if isinstance(part, TurnEffect):
            effects.append(part)
            continue
        change = STANDINGS[standing].get(part)
        if change is None:
            return None
        standing = change[0]
        effects += change[1]
    return standing, tuple(effects)
