"""What is kept unasked: what is so for long, not how something is at the moment."""

from __future__ import annotations

import time

import pytest

from sottovoce.language import language
from sottovoce.language.en import lasting
from tests.unit.parts import Typed

LASTING = """
my brother plays the drums
my sister drives a green mini
my gran was a teacher
my grandad fought in korea
our house was built in nineteen thirty
our anniversary is the twelfth of june
our car is a skoda
our dog is called rex
our neighbours are the millers
the spare key is under the mat
the stopcock is behind the washing machine
the christmas decorations are in the loft
the boiler was serviced in october
the fuse box is in the cupboard under the stairs
the car insurance runs out in march
the vet's number is oh one two three four five
the bins go out on thursday
bin day is thursday
rent is due on the first
choir practice is on wednesdays
the kids finish school at three fifteen
tom goes to school at saint mary's
tom is in year five
lily is scared of spiders
sarah has two boys
sarah's husband is called mike
my dad retired in two thousand nine
my mum takes her pills at eight
my cat eats twice a day
i take a size nine
i wear size ten shoes
i work nights
i work from home on fridays
i work as a nurse
i'm a primary school teacher
i'm six foot two
i was born in leeds
i grew up in cornwall
i studied history at durham
i've got asthma
i have brown eyes
i have blood type o negative
i've been vegetarian for ten years
i have a peanut allergy
i have two cats called mog and tiger
we have three kids
we've got a caravan in wales
i go to the gym on mondays
i swim every tuesday
i drive a red fiesta
i play the cello
i can't swim
i can't eat gluten
i prefer tea to coffee
i got married in two thousand twelve
i bought the car in twenty nineteen
i owe dave twenty pounds
dave owes me twenty pounds
kevin has my drill
i lent kevin my drill
my phone number is oh seven seven one two
my passport number is three four five six
my passport runs out in march
my driving licence expires next year
my boss is called anna
anna's birthday is in june
anna and tom got married last year
anna lives in leeds with her two dogs
anna comes from poland
my best friend's name is priya
my first car was a beetle
my daughter starts school in september
my nephew is allergic to eggs
my favourite team is everton
i support everton
i'm left handed
i'm from scotland
i'm afraid of heights
i'm a vegetarian
i hate flying
i'm single
i believe in god
my sister is at university
the insulin is in the fridge
the christmas lights are in the loft
my passport is in the desk drawer
anna comes back on friday
my brother is in the army
my office is on the third floor
the first aid kit is in the bathroom
the stopcock is under the sink
the spare bulbs are in the kitchen drawer
the shop closes at six
my daughter is at primary school
my flight is at seven on friday
i parked on the third floor
i take my tea with two sugars
"""
PASSING = """
i'm tired
i'm so tired today
my eyes hurt
my eyes are tired
my head hurts
my hands are full
my hands are wet
i'm hungry
i'm bored
i'm cold
i'm late
i'm running late
i'm in a meeting
i'm in the bath
i'm on the phone
i'm cooking
i've got a headache
i have a headache
i have a cold
i feel sick
the door is open
the kettle is on
the baby is asleep
the baby's in bed
the kids are in bed
the phone is ringing
dinner is ready
it's raining
the weather is nice
the music is too loud
the screen is too bright
the bus is late
the train was cancelled
the shop is closed
the meeting was boring
i had a bad day
i slept badly
i'm going to bed
i'm going out
i'm back
we're home
tom is here
tom is asleep
anna is coming over
someone is at the door
the dog is barking
i need a break
i forgot my keys
i can't find my keys
i can't sleep
i lost my phone
my phone is dead
my battery is low
i want a pizza
i have to go
i have no idea
i think so
the house is on fire
that's great
i'm done
i'm fine
i'm in a hurry
the cat is on the table
the water is boiling
the news is on
my food is getting cold
my tea is getting cold
my hair is wet
my boss is annoying me today
my back is killing me
my feet are cold
the pizza is in the oven
the lights are on in the kitchen
anna comes back in an hour
my dinner is in the microwave
my mum is in the shower
dad is at work
my lunch is on the table
the tv is on in the living room
the shop closes in half an hour
the meeting starts in five minutes
the plumber is in the kitchen
the chicken is in the fridge
my phone is on charge
anna gets home around seven
my train is at six
the soup is on the stove
my sister arrives in two hours
"""


async def kept(tag: str, text: str) -> int:
    """How many memories come of a sentence."""
    async with Typed() as talk:
        await talk.memory.set_context("me", language=tag)
        await talk.ask(text)
        return len(await talk.remembered())


@pytest.mark.parametrize("text", LASTING.strip().splitlines())
async def test_what_is_so_for_long_is_kept(text: str) -> None:
    assert await kept("en", text) == 1


@pytest.mark.parametrize("text", PASSING.strip().splitlines())
async def test_what_is_over_tomorrow_is_not_kept(text: str) -> None:
    assert await kept("en", text) == 0
    assert not lasting.lasts(text)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("meine augen sind müde", 0),
        ("mein kopf tut weh", 0),
        ("mein essen ist in der mikrowelle", 0),
        ("meine mutter ist unter der dusche", 0),
        ("mein ersatzschlüssel ist unter der matte", 1),
        ("mein akku ist fast leer", 0),
        ("meine augen sind blau", 1),
        ("mein auto ist rot", 1),
    ],
)
async def test_the_same_in_german(text: str, count: int) -> None:
    assert await kept("de", text) == count


def test_a_long_text_is_judged_at_once() -> None:
    """A limit of "it hangs": where each word is tried with each other, this takes minutes."""
    begin = time.process_time()
    assert not lasting.lasts("i bought it " + "in on " * 20_000)
    assert time.process_time() - begin < 60


async def test_beside_a_request_only_what_lasts_is_kept() -> None:
    said = {
        "my eyes are tired set a timer for ten minutes": 0,
        "my sister anna is coming set a timer for ten minutes": 0,
        "my sister is called anna set a timer for ten minutes": 1,
    }
    assert {text: await kept("en", text) for text in said} == said


@pytest.mark.parametrize(
    ("tag", "told", "how", "fits"),
    [
        ("en", "i'm five foot ten", "tall", True),
        ("en", "i have two cats", "tall", False),
        ("en", "our house has ninety square metres", "big", True),
        ("de", "ich bin einen meter achtzig gross", "gross", True),
        ("de", "ich habe zwei katzen", "gross", False),
    ],
)
def test_a_number_of_another_thing_is_no_measure(tag: str, told: str, how: str, *, fits: bool) -> None:
    typed = language(tag).typed
    fact = typed.fact(told)
    assert fact is not None
    assert typed.measures(fact, how) is fits


@pytest.mark.parametrize(
    ("tag", "asked", "otherwise"),
    [
        ("en", "which colour do i like best", "what is my favorite colour"),
        ("en", "what do i do for a living", "what do i work as"),
        ("en", "what's my sister's job", "what does my sister work as"),
        ("en", "what's the name of my dog", "what is my dog's name"),
        ("en", "what flowers does my mum like", "what does my mum like"),
        ("de", "welche farbe mag ich am liebsten", "was ist meine lieblingsfarbe"),
        ("de", "was mache ich beruflich", "als was arbeite ich"),
        ("de", "welche blumen mag meine mutter", "was mag meine mutter"),
    ],
)
def test_a_question_is_asked_in_other_words_too(tag: str, asked: str, otherwise: str) -> None:
    assert language(tag).recollection.otherwise_asked(asked)[0] == otherwise


@pytest.mark.parametrize(("tag", "asked"), [("en", "where is my car"), ("de", "wo ist mein auto")])
def test_other_questions_are_asked_once(tag: str, asked: str) -> None:
    assert language(tag).recollection.otherwise_asked(asked) == ()


@pytest.mark.parametrize(
    ("tag", "text", "none"),
    [
        ("en", "remind me on february thirtieth", True),
        ("en", "what day is february 30", True),
        ("en", "on the thirty first of june", True),
        ("en", "on the thirtieth of june", False),
        ("en", "in june 2030", False),
        ("en", "in may", False),
        ("de", "am dreißigsten februar", True),
        ("de", "am 31. april", True),
        ("de", "am 30. april", False),
    ],
)
def test_days_that_no_month_has(tag: str, text: str, *, none: bool) -> None:
    assert language(tag).values.names_no_day(text) is none
