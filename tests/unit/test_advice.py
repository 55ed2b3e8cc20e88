"""When a microphone's level is told."""

from __future__ import annotations

from sottovoce.domain.microphones import LevelHistory, SoundLevel
from sottovoce.talk.advice import LevelAdvice


def history(loudest: float, *, clipped: bool = False) -> LevelHistory:
    heard = LevelHistory()
    for loudness in [-85.0] * 30 + [loudest] * 30:
        heard.hear(SoundLevel(rms_dbfs=loudness, peak_dbfs=loudness, is_clipped=clipped and loudness == loudest))
    return heard


QUIET, LOUD, GOOD = history(-55), history(-3, clipped=True), history(-20)


def test_it_is_told_once_while_all_is_understood() -> None:
    advice = LevelAdvice()
    told = [advice.due(one, understood=True) for one in (GOOD, QUIET, QUIET, LOUD, LOUD, GOOD, LOUD)]
    codes = [trouble.code if trouble else "" for trouble in told]
    assert advice.standing is told[-1]
    assert codes == ["", "microphone-too-quiet", "", "microphone-too-loud", "", "", "microphone-too-loud"]


def test_it_is_told_each_time_nothing_is_understood() -> None:
    advice = LevelAdvice()
    assert [bool(advice.due(QUIET, understood=False)) for _ in range(3)] == [True] * 3
    assert advice.due(GOOD, understood=False) is None
