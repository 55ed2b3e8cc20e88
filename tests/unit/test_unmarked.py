"""A request behind a statement, without any mark between the two: it is no part of a fact."""

from __future__ import annotations

import pytest

from sottovoce.agent.skills.tell import asks_besides, told_plainly
from sottovoce.language import language
from tests.language.tried import outcome

ASKING = {
    "en": """my son's in sydney what time is it over there
my birthday's june twenty first which weekday is that this year
i weigh seventy two kilos how many pounds would that make
my daughter's recital is may second at seven so get that on the calendar
i don't have to get up tomorrow after all lose the alarm
my eyes are tired read me the bit i've highlighted
my brother lives in tokyo is it late there
my wife's birthday is the fourth of june remind me to buy flowers
i like this song turn it up
my train leaves at six set an alarm for five
my dog is called rex please remember that
our neighbour is allergic to nuts can you write that down""",
    "de": """mein sohn ist in sydney wie spät ist es dort
mein geburtstag ist der einundzwanzigste juni welcher wochentag ist das dieses jahr
ich wiege zweiundsiebzig kilo wie viele pfund sind das
das konzert meiner tochter ist am zweiten mai um sieben also trag das ein
ich muss morgen nicht früh aufstehen lösch den wecker
meine augen sind müde lies mir die auswahl vor
mein bruder wohnt in tokio ist es dort spät
mein hund heißt rex kannst du dir das merken""",
}
TELLING = {
    "en": """my sister is called anna
my favourite song is let it be
my favourite film is what women want
i know what time it is
my brother is the one who is coming
my friends at work call me bob
my mum makes me read the bible
i like music and play the piano
my brothers who live in york play the drums
i love how my wife is there for me
i like watching my kids play the piano
my wife loves tea and so do i
my passport is in the drawer
i have to take the bus""",
    "de": """meine schwester heißt anna
mein bruder der in köln wohnt hat es schwer
ich koche gern und lese viel
ich weiß nicht wie spät es ist
wenn meine frau kommt kann ich nicht arbeiten
mein lieblingsbuch heißt sag mir die wahrheit
ich trinke morgens kaffee und lese die zeitung
mein hobby ist das lesen""",
}


def _rows(texts: dict[str, str]) -> list[tuple[str, str]]:
    return [(tag, said) for tag, lines in texts.items() for said in lines.splitlines()]


@pytest.mark.parametrize(("tag", "said"), _rows(ASKING))
def test_a_request_behind_a_statement_is_seen(tag: str, said: str) -> None:
    assert language(tag).statements.holds_request(said)
    assert asks_besides(said, tag)
    assert told_plainly(said, tag) is None


@pytest.mark.parametrize(("tag", "said"), _rows(TELLING))
def test_what_only_tells_holds_none(tag: str, said: str) -> None:
    assert not language(tag).statements.holds_request(said)


@pytest.mark.parametrize(("tag", "said"), _rows(ASKING))
async def test_no_such_sentence_is_kept_as_a_fact_as_a_whole(tag: str, said: str) -> None:
    """What only tells may be kept; what is asked or ordered behind it is no part of that."""
    came = await outcome(tag, (), said)
    assert came.intent != "memory.tell" or not came.slots["what"].endswith(said.rsplit(maxsplit=1)[-1])
