"""When cues sound, and when they do not."""

import pytest

from sottovoce.domain.errors import MicrophoneMissing
from sottovoce.domain.turns import Outcome, PartialHeard, Stage, StageChanged, TurnEnded, TurnEvent, TurnFailed
from sottovoce.talk.cues import Cue, TurnCues

SOUND = None
"""The microphone's first block."""
STAGES = {stage: StageChanged(stage) for stage in Stage}
OVER = TurnEnded(Outcome.ANSWERED)


@pytest.mark.parametrize(
    ("story", "cues"),
    [
        ([STAGES[Stage.LISTENING], SOUND, PartialHeard("a"), STAGES[Stage.THINKING], STAGES[Stage.SPEAKING], OVER],
         [Cue.LISTENING, Cue.DONE]),
        ([STAGES[Stage.LISTENING], TurnFailed(MicrophoneMissing()), OVER], [Cue.ERROR]),
        ([STAGES[Stage.THINKING], STAGES[Stage.SPEAKING], OVER], []),  # typed
        ([STAGES[Stage.LISTENING], SOUND, TurnEnded(Outcome.CANCELLED), STAGES[Stage.THINKING]], [Cue.LISTENING]),
        ([STAGES[Stage.SPEAKING], TurnEnded(Outcome.CANCELLED), STAGES[Stage.LISTENING], SOUND, STAGES[Stage.THINKING]],
         [Cue.DONE]),
    ],
)  # fmt: skip
def test_a_cue_tells_what_is_true(story: list[TurnEvent | None], cues: list[Cue]) -> None:
    played: list[Cue] = []
    teller = TurnCues(played.append)
    for event in story:
        teller.sound_arrived() if event is SOUND else teller.hear(event)
    assert played == cues
