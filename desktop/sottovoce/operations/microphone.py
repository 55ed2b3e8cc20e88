"""The microphones: which there are, and how one sounds."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Final

from sottovoce.domain.effects import Effect
from sottovoce.language import words
from sottovoce.operations.declared import Face, Family, Needs, Positional, Rest
from sottovoce.operations.shapes import TroubleShown
from sottovoce.operations.values import Asks, Values, values

if TYPE_CHECKING:
    from sottovoce.adapters.places import Places
    from sottovoce.domain.microphones import SoundSource

TRIED_S: Final = 4.0
"""Seconds that a microphone is listened to: time for a sentence."""

MICROPHONE: Final = Family(
    "microphone", usage="climicrophone-list-words", default="list", words=Positional("NAME", "cli-microphone-words")
)


@values
class SourceShown(Values):
    """Something that can be listened to."""

    name: str
    """What the setting keeps."""
    label: str
    default: bool
    """Whether it is the system's."""
    monitor: bool
    """Whether it delivers what a loudspeaker plays."""

    @classmethod
    def of(cls, source: "SoundSource") -> "SourceShown":
        """As the sound system tells."""
        return cls(name=source.name, label=source.label, default=source.is_default, monitor=source.is_monitor)


@values
class Sources(Values):
    """Everything that can be listened to, microphones first."""

    microphones: tuple[SourceShown, ...]
    chosen: str
    """The one in the settings; empty for the system's."""


@values
class ListMicrophones(Asks[Sources]):
    """Which microphones there are."""


def _lines(answered: Sources) -> str:
    lines = []
    for one in answered.microphones:
        remarks = [words("climicrophone-default")] * one.default + [words("climicrophone-monitor")] * one.monitor
        lines += [one.label + (f" ({'; '.join(remarks)})" if remarks else ""), f"    {one.name}"]
    chosen = answered.chosen
    in_force = words("climicrophone-chosen", name=chosen) if chosen else words("climicrophone-chosen-default")
    return "\n".join([*(lines or [words("climicrophone-none")]), "", in_force, words("climicrophone-how")])


@MICROPHONE.operation(
    "microphone.list",
    ListMicrophones,
    Sources,
    effect=Effect.READ,
    needs=Needs.NOTHING,
    faces=Face.LINE,
    prints=_lines,
)
async def list_microphones(places: "Places", _: ListMicrophones) -> Sources:
    """List them.

    Raises:
        SottovoceError: The sound system doesn't answer.
    """
    from sottovoce.adapters.microphone_trial import Microphones  # noqa: PLC0415 - completion needs none of it

    found = await Microphones().sources()
    return Sources(microphones=tuple(map(SourceShown.of, found)), chosen=_chosen(places))


def _chosen(places: "Places") -> str:
    from sottovoce.adapters.settings_file import read_settings  # noqa: PLC0415 - as above

    return read_settings(places.settings_file).settings.microphone


@values
class MicrophoneTried(Values):
    """How a microphone sounded."""

    microphone: SourceShown | None
    """None where the sound system does not tell."""
    peak_dbfs: float
    """Its loudest sound, below full scale."""
    trouble: TroubleShown | None


@values
class TryMicrophone(Asks[MicrophoneTried]):
    """Listen for some seconds, and tell how loud it was; nothing of it is kept."""

    name: Annotated[str, Rest()] = ""
    """The one that is set, if none is named."""


def _tried(answered: MicrophoneTried) -> str:
    peak = f"{-answered.peak_dbfs:.0f}"
    text = answered.trouble.line if answered.trouble else words("climicrophone-loudest", below_full=peak)
    return f"{answered.microphone.label}: {text}" if answered.microphone else text


@MICROPHONE.operation(
    "microphone.test",
    TryMicrophone,
    MicrophoneTried,
    effect=Effect.ACT,
    needs=Needs.NOTHING,
    faces=Face.LINE,
    prints=_tried,
    exit_code=lambda answered: 1 if answered.trouble else 0,
)
async def try_microphone(places: "Places", asked: TryMicrophone) -> MicrophoneTried:
    """Listen.

    Raises:
        MicrophoneMissing: There is none, or it doesn't open.
    """
    return await microphone_tried(places, asked, lambda: None)


async def microphone_tried(places: "Places", asked: TryMicrophone, on_open: Callable[[], None]) -> MicrophoneTried:
    """Listen; `on_open` is called when it does.

    Raises:
        MicrophoneMissing: There is none, or it doesn't open.
    """
    from sottovoce.adapters.microphone_trial import Microphones  # noqa: PLC0415 - as above
    from sottovoce.domain.microphones import SILENCE_DBFS  # noqa: PLC0415 - as above

    async with Microphones().test(asked.name or _chosen(places)) as test:
        on_open()
        peak = SILENCE_DBFS
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(TRIED_S):
                async for level in test.levels():
                    peak = max(peak, level.peak_dbfs)
        trouble, source = test.trouble(), test.source
    return MicrophoneTried(
        microphone=SourceShown.of(source) if source else None,
        peak_dbfs=round(peak, 1),
        trouble=TroubleShown.of(trouble),
    )
