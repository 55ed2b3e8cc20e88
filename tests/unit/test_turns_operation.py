"""`turns`: what the running application knows of the last turns, as a table and in a sentence."""

import asyncio

import pytest

from sottovoce.domain.errors import ThingNotFound
from sottovoce.domain.turn_times import TurnTimes
from sottovoce.domain.turns import Outcome
from sottovoce.language import shown
from sottovoce.operations.turns import ListTurns, ShowTurn, TurnsListed, list_turns, show_turn, turns_took
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
        "id  ended          how                  sound  release  text  stored  voice   end\n"
        " 4  2 seconds ago  cancelled\n"
        " 3  1 minute ago   typed, answered                                      402\n"
        " 2  1 minute ago   answered in silence               9\n"
        " 1  1 hour ago     answered                41     2210  2410    2416   3011  4988"
    )
    none = ListTurns.operation.prints(ListTurns(), TurnsListed(turns=()))
    assert none == "There has been no turn since the application was started."


async def test_scripts_get_every_stage_and_no_word() -> None:
    form = to_json(await list_turns(Runs(*TIMES), ListTurns()))
    assert list(form) == ["turns"]
    last = form["turns"][-1]
    assert last["stages_ms"] == {**SAID, "end": 4988.0}
    assert list(last) == ["number", "spoken", "outcome", "aside", "ago_s", "stages_ms"]
    assert (last["number"], last["spoken"], last["outcome"], last["aside"]) == (1, True, "answered", False)
    assert 3600 <= last["ago_s"] < 3700


async def test_one_turn_is_shown_stage_by_stage() -> None:
    asked = ShowTurn(turn="1")
    one = await show_turn(Runs(*TIMES), asked)
    assert ShowTurn.operation.prints(asked, one) == (
        "Turn 1, 1 hour ago: answered.\n"
        "Milliseconds from the press, or from when it was typed, and from the stage before:\n"
        "sound      41    +41\n"
        "release  2210  +2169\n"
        "text     2410   +200\n"
        "stored   2416     +6\n"
        "voice    3011   +595\n"
        "end      4988  +1977"
    )
    assert one == (await list_turns(Runs(*TIMES), ListTurns())).turns[-1]
    assert list(to_json(one)) == ["number", "spoken", "outcome", "aside", "ago_s", "stages_ms"]


@pytest.mark.parametrize("turn", ["5", "0", "-1", "01", "one", ""])
async def test_a_turn_that_is_not_there_is_told_with_what_to_do(turn: str) -> None:
    with pytest.raises(ThingNotFound) as told:
        await show_turn(Runs(*TIMES), ShowTurn(turn=turn))
    assert told.value.sentence == "There is no such turn among the last ten."
    assert told.value.remedy == "See `sottovoce turns` for their ids."


def test_how_long_the_last_turns_took_is_one_line() -> None:
    assert shown(turns_took(TIMES[:1])) == "Nothing has been answered aloud since the start."
    assert shown(turns_took(TIMES[-1:])) == "The last answer began 0.8 s after the question."
    assert shown(turns_took(TIMES)) == (
        "The last 2 answers began 0.8 s after the question, as a rule; the slowest after 0.8 s."
    )
