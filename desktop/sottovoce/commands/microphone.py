"""The microphones: which there are, and how one sounds."""

from __future__ import annotations

import asyncio
import contextlib
import os
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.microphone_trial import Microphones
from sottovoce.adapters.places import places
from sottovoce.adapters.settings_file import read_settings
from sottovoce.commands.printed import Printed, note
from sottovoce.domain.errors import UsageWrong
from sottovoce.domain.microphones import SILENCE_DBFS

if TYPE_CHECKING:
    import argparse

    from sottovoce.domain.microphones import SoundSource

TRIED_S = 4.0
"""Seconds that a microphone is listened to: time for a sentence."""


async def microphone(arguments: argparse.Namespace) -> Printed:
    """`microphone [list|test [NAME]]`.

    Raises:
        UsageWrong: There are words too many.
        MicrophoneMissing: There is none, or it doesn't open.
    """
    match arguments.what, arguments.words:
        case "list", []:
            return await _list()
        case "test", words:
            return await _test(" ".join(words) or _chosen())
        case _:
            raise UsageWrong("`microphone list` takes no words.", "See `sottovoce microphone --help`.")


def _chosen() -> str:
    return read_settings(places(os.environ).settings_file).settings.microphone


def _to_json(source: SoundSource) -> dict[str, Any]:
    return {
        "name": source.name,
        "label": source.label,
        "default": source.is_default,
        "monitor": source.is_monitor,
    }


async def _list() -> Printed:
    sources, chosen = await Microphones().sources(), _chosen()
    lines = []
    for source in sources:
        remarks = {"the system's default": source.is_default, "plays what a loudspeaker does": source.is_monitor}
        more = "; ".join(remark for remark, holds in remarks.items() if holds)
        lines += [source.label + (f" ({more})" if more else ""), f"    {source.name}"]
    in_force = f"In the settings: {chosen}." if chosen else "In the settings: the system's default."
    how = "`sottovoce settings set microphone NAME` chooses one; `sottovoce microphone test [NAME]` tries one."
    lines = [*(lines or ["No microphone was found."]), "", in_force, how]
    return Printed("\n".join(lines), {"microphones": [_to_json(source) for source in sources], "chosen": chosen})


async def _test(name: str) -> Printed:
    """Listen for some seconds, and tell how loud it was; nothing of it is kept."""
    async with Microphones().test(name) as test:
        note(f"Say something, for {TRIED_S:g} seconds…")
        peak = SILENCE_DBFS
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(TRIED_S):
                async for level in test.levels():
                    peak = max(peak, level.peak_dbfs)
        trouble, source = test.trouble(), test.source
    data = {
        "microphone": _to_json(source) if source else None,
        "peak_dbfs": round(peak, 1),
        "trouble": trouble and {"code": trouble.code, "sentence": trouble.sentence, "remedy": trouble.remedy},
    }
    said = f"{trouble.sentence} {trouble.remedy}" if trouble else f"Its loudest sound was {-peak:.0f} dB below full."
    return Printed(f"{source.label}: {said}" if source else said, data, 1 if trouble else 0)
