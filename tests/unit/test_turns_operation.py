"""`turns`: what the running application knows of the last turns, as a table and in a sentence."""

import asyncio

from sottovoce.domain.turn_times import TurnTimes
from sottovoce.domain.turns import Outcome
from sottovoce.language import shown
from sottovoce.operations.turns import LastTurns, ListTurns, list_turns, turns_took
from sottovoce.operations.values import to_json

SAID = {"press": 0.0, "first_sound": 41.2, "release": 2210.0, "text": 2410.4, "stored": 2416.0, "first_voice": 3010.6}
TIMES = (
    TurnTimes(number=4, spoken=True, outcome=Outcome.CANCELLED, aside=False, ended_s=-2.0, stages_ms={"press": 0.0}),
    TurnTimes(
        number=3, spoken=False, outcome=Outcome.ANSWERED, aside=False, ended_s=-60.0, stages_ms={"first_voice": 402.0}
    ),
    TurnTimes(number=2, spoken=True, outcome=Outcome.ANSWERED, aside=True, ended_s=-61.0, stages_ms={"release": 9.0}),
    TurnTimes(
        number=1, spoken=True, outcome=Outcome.ANSWERED, aside=False, ended_s=-3600.0, stages_ms={**SAID, "end": 4988.0}
    ),
)


class Runs:
    """A running application."""

    def __init__(self, *times: TurnTimes) -> None:
        now_s = asyncio.get_running_loop().time()
        self._times = [
            TurnTimes(
                number=one.number,
                spoken=one.spoken,
                outcome=one.outcome,
                aside=one.aside,
                ended_s=now_s + one.ended_s,
                stages_ms=one.stages_ms,
            )
            for one in times
        ]

    def last_turns(self) -> list[TurnTimes]:
        return self._times


async def test_the_last_turns_are_a_table_for_people() -> None:
    answered = await list_turns(Runs(*TIMES), ListTurns())
    assert ListTurns.operation.prints(ListTurns(), answered) == (
        "Milliseconds from the press, or from when it was typed:\n"
        "ended          how                  sound  release  text  stored  voice   end\n"
        "2 seconds ago  cancelled\n"
        "1 minute ago   typed, answered                                      402\n"
        "1 minute ago   answered in silence               9\n"
        "1 hour ago     answered                41     2210  2410    2416   3011  4988"
    )
    none = ListTurns.operation.prints(ListTurns(), LastTurns(turns=()))
    assert none == "There has been no turn since the application was started."


async def test_scripts_get_every_stage_and_no_word() -> None:
    form = to_json(await list_turns(Runs(*TIMES), ListTurns()))
    assert list(form) == ["turns"]
    last = form["turns"][-1]
    assert last["stages_ms"] == {**SAID, "end": 4988.0}
    assert list(last) == ["number", "spoken", "outcome", "aside", "ago_s", "stages_ms"]
    assert (last["number"], last["spoken"], last["outcome"], last["aside"]) == (1, True, "answered", False)
    assert 3600 <= last["ago_s"] < 3700


def test_how_long_the_last_turns_took_is_one_line() -> None:
    assert shown(turns_took(TIMES[:1])) == "Nothing has been answered aloud since the start."
    assert shown(turns_took(TIMES[-1:])) == "The last answer began 0.8 s after the question."
    assert shown(turns_took(TIMES)) == (
        "The last 2 answers began 0.8 s after the question, as a rule; the slowest after 0.8 s."
    )
