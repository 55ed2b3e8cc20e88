"""Telling what is due: a tone, a sentence said aloud, a notification; never into an open microphone."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final, Protocol, TypeVar
from zoneinfo import ZoneInfo

from sottovoce.agent.planning import MOST_TOLD, RUNG_WITHIN_S, SNOOZE_S, day_and_time
from sottovoce.agent.tools import in_words
from sottovoce.domain.records import Reminder, Timer
from sottovoce.domain.said import Said, said
from sottovoce.domain.schedule_states import ReminderKind
from sottovoce.domain.stages import Stage
from sottovoce.memory.finish import finish
from sottovoce.memory.retrying import RetryPolicy, keep_trying
from sottovoce.memory.schedule import Wakes

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence

    from sottovoce.domain.contexts import UserContext
    from sottovoce.domain.errors import SottovoceError
    from sottovoce.memory.held_schedule import Scheduled
    from sottovoce.memory.schedule import Schedule

log = logging.getLogger(__name__)

T = TypeVar("T")

STOP: Final = "stop"
SNOOZE: Final = "snooze"
_IDLE: Final = frozenset({Stage.READY, Stage.TROUBLE})


@dataclass(frozen=True, slots=True, kw_only=True)
class RingLimits:
    """How long is rung."""

    alarm_s: float = 600.0
    """Seconds for which an alarm rings; then it was missed."""
    timer_s: float = 60.0
    every_s: float = 3.0
    """From one tone to the next."""
    tone_s: float = 1.3
    """From the first tone to the sentence."""
    late_s: float = 60.0
    """What is later than that was missed while nobody was there to tell it."""
    alarm_late_s: float = 600.0
    """An alarm that is later than that does not ring any more, but is told."""
    again_s: float = 20.0
    """Until the store is asked again that was in trouble."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What a notification shows."""

    title: str
    text: str
    """A line for each thing."""
    actions: Mapping[str, str] = field(default_factory=dict)
    """What can be done, with its name: `STOP`, `SNOOZE`."""
    urgent: bool = False


class Notices(Protocol):
    """The desktop's notifications: one of ours at a time."""

    async def show(self, notice: Notice) -> None:
        """Show it in place of the former one; where that can't be done, nobody is told."""

    async def withdraw(self) -> None:
        """Take it away."""

    async def disturbs(self) -> bool:
        """Whether the user wants to hear of what is not urgent: False for "do not disturb"."""


class Bell(Protocol):
    """Makes the tones. Both return at once."""

    def ring(self, *, soft: bool) -> None:
        """Sound once: for a reminder, or as an alarm."""

    def hush(self) -> None:
        """Silence the bell."""


class Waking(Protocol):
    """Wakes who waits for the next thing that is due."""

    def set(self) -> None:
        """Wake it now."""

    async def wait(self, wakes: Wakes, longest_s: float | None = None) -> None:
        """Return when one of them is reached, on `set`, or after a while."""


class Ringing:
    """Rings. Its one task is `run`; everything else returns at once."""

    def __init__(  # noqa: PLR0913 - each by its name
        self,
        *,
        schedule: Schedule,
        context_of: Callable[[str], Awaitable[UserContext]],
        now: Callable[[], datetime],
        waking: Waking,
        bell: Bell,
        notices: Notices,
        say: Callable[[str, str], Awaitable[None]],
        on_trouble: Callable[[SottovoceError], None],
        limits: RingLimits | None = None,
    ) -> None:
        """Ring what is due in `schedule`.

        Args:
            schedule: Knows what is due.
            context_of: Gives the context of a user.
            now: The present time with its zone.
            waking: Wakes us.
            bell: Sounds.
            notices: Shows.
            say: Says a text aloud to a user, to its end.
            on_trouble: Called with trouble.
            limits: How long is rung.
        """
        self._schedule = schedule
        self._context_of = context_of
        self._now = now
        self._waking = waking
        self._bell = bell
        self._notices = notices
        self._say = say
        self._on_trouble = on_trouble
        self._limits = limits or RingLimits()
        self._rings: dict[str, float] = {}  # by id: until when, on the event loop's clock
        self._telling: tuple[Scheduled, ...] = ()
        self._saying: asyncio.Task[None] | None = None
        self._lines: list[str] = []  # of the notification that is shown
        self._busy = False
        self._stopping = False
        self._snoozing = False
        self._in_trouble = False

    @property
    def is_ringing(self) -> bool:
        """Whether there is something to silence."""
        return bool(self._rings or self._telling)

    def stage(self, stage: Stage) -> None:
        """Know what turns do: while one is under way nothing sounds."""
        busy = stage not in _IDLE
        if busy and not self._busy:
            self._bell.hush()
            self._interrupt()
        if busy is not self._busy:
            self._busy = busy
            self._waking.set()

    def stop(self) -> None:
        """Silence what rings; its user knows of it now. Nothing happens where nothing rings."""
        if self.is_ringing:
            self._stopping = True
            self._bell.hush()
            self._interrupt()
            self._waking.set()

    def act(self, action: str) -> None:
        """Do what was chosen in the notification."""
        if action == SNOOZE:
            self._snoozing = True
        self.stop()
        self._waking.set()

    def closed(self) -> None:
        """The notification was closed by its user: what it said is known."""
        self._lines.clear()

    async def run(self) -> None:
        """Ring until cancelled."""
        self._schedule.announce_changes_to(self._waking.set)
        try:
            again = RetryPolicy(first_s=self._limits.again_s, longest_s=self._limits.again_s)
            await keep_trying(self._look, again, self._trouble, lambda longest: self._waking.wait(Wakes(), longest))
        finally:
            self._schedule.announce_changes_to(lambda: None)
            self._bell.hush()
            self._interrupt()
            await finish(self._withdraw())

    async def _look(self) -> None:
        """Do what is to be done now, then wait until there is something to do."""
        longest = await self._round()
        wakes = Wakes() if self._busy else await self._schedule.wakes()
        self._in_trouble = False
        await self._waking.wait(wakes, longest)

    def _trouble(self, error: SottovoceError) -> None:
        """Tell what keeps us from ringing, once until it is over: whatever it is, the next alarm is to ring."""
        if not self._in_trouble:
            self._in_trouble = True
            self._on_trouble(error)

    async def _round(self) -> float | None:
        """Do what is to be done now; seconds until the next tone, None where none is."""
        if self._stopping or self._snoozing:
            await self._silenced()
        if self._busy:
            return None
        due = await self._schedule.due()
        gone = self._rings.keys() - {one.id for one in due}
        for one in gone:  # snoozed or cancelled by talking
            del self._rings[one]
        if gone and not self._rings:
            await self._withdraw()
        fresh = tuple(one for one in due if one.id not in self._rings)
        if fresh:
            await self._tell_of(fresh)
        await self._end_those_over(due)
        if not self._may_sound():
            return None
        self._bell.ring(soft=False)
        return self._limits.every_s

    def _may_sound(self) -> bool:
        return bool(self._rings) and not self._is_interrupted()

    async def _silenced(self) -> None:
        """Have told what was silenced, or have it come again."""
        snoozing, self._stopping, self._snoozing = self._snoozing, False, False
        those = [one for one in await self._schedule.due() if one.id in self._rings or one in self._telling]
        if snoozing:
            for one in those or await self._schedule.rung_last(None, RUNG_WITHIN_S):
                await self._schedule.snooze(one, SNOOZE_S)
        await self._schedule.told(those)
        self._rings.clear()
        self._telling = ()
        await self._withdraw()

    async def _end_those_over(self, due: Sequence[Scheduled]) -> None:
        now = asyncio.get_running_loop().time()
        over = [one for one in due if self._rings.get(one.id, now + 1) <= now]
        if not over:
            return
        for one in over:
            del self._rings[one.id]
        await self._schedule.told(over)
        self._lines.clear()
        for user, those in _by_user(over).items():
            context = await self._context_of(user)
            await self._show(those, [self._missed(one, context) for one in those], context, rings=False)

    async def _tell_of(self, fresh: tuple[Scheduled, ...]) -> None:
        """Tell, for each user, what was missed and what is due now; what is interrupted by a turn is told after it."""
        self._telling = fresh
        try:
            for user, those in _by_user(fresh).items():
                context = await self._context_of(user)
                rings = [one for one in those if self._rings_still(one)]
                if not await self._tell_user(those, rings, context):
                    return
                end = asyncio.get_running_loop().time()
                for one in rings:
                    length = self._limits.timer_s if isinstance(one, Timer) else self._limits.alarm_s
                    self._rings[one.id] = end + length
                await self._schedule.told([one for one in those if one not in rings])
        finally:
            if not self._stopping:
                self._telling = ()

    async def _tell_user(self, those: Sequence[Scheduled], rings: Sequence[Scheduled], context: UserContext) -> bool:
        """Whether it was said to its end."""
        missed = [one for one in those if self._is_late(one) and one not in rings]
        now = [one for one in those if one not in missed]
        sentences = [said("schedule-missed"), *(self._missed(one, context) for one in missed)] if missed else []
        sentences += [self._told(one, context) for one in now]
        if len(those) > MOST_TOLD:
            told = MOST_TOLD + bool(missed)
            sentences = [*sentences[:told], said("schedule-more", count=len(those) - MOST_TOLD)]
        if not rings:
            await self._show(those, sentences, context, rings=False)
            if not await self._unhindered(self._notices.disturbs(), otherwise=True):
                return not self._busy
        if self._is_interrupted():  # meanwhile
            return False
        saying = asyncio.create_task(self._sound(in_words(sentences, context), context, soft=not rings))
        self._saying = saying
        try:
            if rings:  # behind the first tone: a desktop that hangs is no reason for silence
                await self._show(those, sentences, context, rings=True)
            await asyncio.wait({saying})
        finally:
            self._saying = None
            saying.cancel()
            await finish(asyncio.wait({saying}))
        if saying.cancelled():
            return False
        saying.result()
        return not self._is_interrupted()

    def _is_interrupted(self) -> bool:
        return self._busy or self._stopping

    async def _sound(self, text: str, context: UserContext, *, soft: bool) -> None:
        self._bell.ring(soft=soft)
        await asyncio.sleep(self._limits.tone_s)
        await self._say(text, context.user_id)

    def _interrupt(self) -> None:
        if self._saying is not None:
            self._saying.cancel()

    async def _show(
        self, those: Sequence[Scheduled], sentences: Iterable[Said], context: UserContext, *, rings: bool
    ) -> None:
        lines = [in_words(one, context) for one in sentences]
        self._lines = [line for line in self._lines if line not in lines] + lines
        names = {STOP: "alarm-stop", SNOOZE: "alarm-snooze"} if rings else {SNOOZE: "alarm-snooze"}
        notice = Notice(
            title=in_words(_title(those), context),
            text="\n".join(self._lines[-MOST_TOLD - 2 :]),
            actions={action: in_words(said(key), context) for action, key in names.items()},
            urgent=rings,
        )
        await self._unhindered(self._notices.show(notice), otherwise=None)

    async def _withdraw(self) -> None:
        self._lines.clear()
        await self._unhindered(self._notices.withdraw(), otherwise=None)

    async def _unhindered(self, asked: Awaitable[T], *, otherwise: T) -> T:
        """What the desktop answers; whatever fails there keeps nothing from being heard."""
        try:
            return await asked
        except Exception as error:  # a notification is beside tone and voice, whatever is wrong with it
            log.warning("a notification failed", exc_info=error)
            return otherwise

    def _late_s(self, one: Scheduled) -> float:
        return -self._schedule.left_s(one)

    def _is_late(self, one: Scheduled) -> bool:
        return self._late_s(one) > self._limits.late_s

    def _rings_still(self, one: Scheduled) -> bool:
        if isinstance(one, Reminder):
            return one.kind is ReminderKind.ALARM and self._late_s(one) <= self._limits.alarm_late_s
        return not self._is_late(one)

    def _told(self, one: Scheduled, context: UserContext) -> Said:
        if isinstance(one, Timer):
            return said("timer-done", label=one.label or None, length=one.duration_s)
        if one.kind is ReminderKind.ALARM:
            return said("alarm-done", at=self._here(context), label=one.text or None)
        return said("reminder-done", what=one.text)

    def _missed(self, one: Scheduled, context: UserContext) -> Said:
        if isinstance(one, Reminder) and one.kind is ReminderKind.ALARM:
            here = self._here(context)
            at = datetime.fromtimestamp(one.due_at, here.tzinfo)
            return said("alarm-missed", when=day_and_time(at, here), label=one.text or None)
        return self._told(one, context)

    def _here(self, context: UserContext) -> datetime:
        now = self._now()
        return now.astimezone(ZoneInfo(context.time_zone)) if context.time_zone else now


def _title(those: Sequence[Scheduled]) -> Said:
    if all(isinstance(one, Timer) for one in those):
        return said("timer-notice")
    alarms = all(isinstance(one, Reminder) and one.kind is ReminderKind.ALARM for one in those)
    return said("alarm-notice") if alarms else said("reminder-notice")


def _by_user(those: Iterable[Scheduled]) -> dict[str, list[Scheduled]]:
    users: dict[str, list[Scheduled]] = {}
    for one in those:
        users.setdefault(one.user_id, []).append(one)
    return users
