"""What is said in a talk changes what was kept only where it surely means that; by sentences and what is there then."""

from __future__ import annotations

import pytest

from sottovoce.language import language
from tests.language.tried import YES, home

LIST = {"en": "what's on the shopping list", "de": "was steht auf der einkaufsliste"}
MILK = {"en": "put milk on the shopping list", "de": "setz milch auf die einkaufsliste"}


async def last(tag: str, *sentences: str) -> str:
    """The answer to the last of them."""
    async with home(tag, allowing=True) as (one, _):
        for said in sentences[:-1]:
            await one.say(said)
        return (await one.say(sentences[-1])).text


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("de", "mach das licht aus"),
        ("de", "nein mach das licht aus"),
        ("de", "mach es warm"),
        ("de", "es soll regnen"),
        ("de", "stell ihn auf lautlos"),
        ("en", "make it warmer in here"),
        ("en", "wait make it warmer"),
        ("en", "set it to warm"),
        ("en", "it's supposed to be sunny"),
    ],
)
async def test_an_order_of_another_kind_corrects_no_words_of_a_list(tag: str, said: str) -> None:
    assert await last(tag, MILK[tag], said, LIST[tag]) == await last(tag, MILK[tag], LIST[tag])


@pytest.mark.parametrize(
    ("tag", "said", "there"),
    [
        ("de", "mach hafermilch daraus", "hafermilch"),
        ("de", "ich meinte hafermilch", "hafermilch"),
        ("de", "ändere es zu brot", "brot"),
        ("de", "mach brot statt milch", "brot"),
        ("en", "make it oat milk", "oat milk"),
        ("en", "change it to bread", "bread"),
        ("en", "no i meant bread", "bread"),
        ("en", "make it bread instead of milk", "bread"),
    ],
)
async def test_a_correction_of_a_list_puts_one_thing_in_the_place_of_another(tag: str, said: str, there: str) -> None:
    assert (await last(tag, MILK[tag], said, LIST[tag])).endswith(f": {there}.")


async def test_a_plan_is_made_no_other_thing_by_an_order_but_at_another_time() -> None:
    yoga = "add yoga tomorrow at nine to my calendar"
    assert "yoga at 9:00 AM" in await last("en", yoga, "make it warmer in here", "what do i have tomorrow")
    assert "yoga tomorrow at 10:00 AM" in await last("en", yoga, "make it ten")
    assert "hot yoga tomorrow at 9:00 AM" in await last("en", yoga, "make it hot yoga")


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("en", "add no milk to my list"),
        ("en", "add nothing to my shopping list"),
        ("en", "put eggs and no milk on the shopping list"),
        ("en", "note nothing"),
        ("en", "write down nothing"),
        ("en", "remind me of nothing at five"),
        ("en", "put nothing in my calendar tomorrow at nine"),
        ("en", "put no meeting in my calendar tomorrow at nine"),
        ("de", "setz keine milch auf die einkaufsliste"),
        ("de", "setz nicht milch auf die liste"),
        ("de", "setz nichts auf die einkaufsliste"),
        ("de", "notiere nichts"),
        ("de", "trag nichts in den kalender ein"),
        ("de", "erinnere mich um fünf an nichts"),
    ],
)
async def test_what_is_not_to_be_there_is_not_kept(tag: str, said: str) -> None:
    assert await last(tag, said) == language(tag).text("dialogue-nothing-kept")


@pytest.mark.parametrize(
    ("tag", "said", "kept"),
    [
        ("en", "remind me to not eat sugar tomorrow at five", "not eat sugar"),
        ("en", "remind me tomorrow at five that there is no school", "no school"),
        ("en", "note no milk left", "no milk left"),
        ("en", "put no school in my calendar tomorrow at nine", "no school"),
        ("de", "erinnere mich morgen um fünf an keinen zucker", "keinen zucker"),
        ("de", "notiere keine milch mehr da", "keine milch mehr da"),
    ],
)
async def test_a_reminder_a_note_or_a_plan_may_be_of_what_is_not(tag: str, said: str, kept: str) -> None:
    assert kept in await last(tag, said)


@pytest.mark.parametrize(
    ("tag", "told", "wrong", "asked", "right"),
    [
        (
            "en",
            "my brothers are tom and max",
            "no it's eva",
            "I know several: your brothers are tom and max. Which ones should it be? Tell me all of them.",
            "no it's tom and eva",
        ),
        (
            "de",
            "meine brüder sind tom und max",
            "nein eva",
            "Ich kenne mehrere: deine brüder sind tom und max. Wie soll es heißen? Nenne mir bitte alle.",
            "nein tom und eva",
        ),
    ],
)
async def test_of_several_values_none_is_dropped_by_a_correction_that_names_one(
    tag: str, told: str, wrong: str, asked: str, right: str
) -> None:
    assert await last(tag, told, wrong) == asked
    both = await last(tag, told, wrong, right)
    assert "tom" in both
    assert "eva" in both
    assert "max" not in both


TIMERS = {
    "en": ("set a timer for five minutes", "set a timer for ten minutes"),
    "de": ("stell einen timer auf fünf minuten", "stell einen timer auf zehn minuten"),
}


@pytest.mark.parametrize(
    ("tag", "asked", "answer", "told"),
    [
        ("en", "cancel the timer", "both", "Both timers are cancelled."),
        ("en", "cancel the timer", "both of them", "Both timers are cancelled."),
        ("en", "cancel the timer", "all of them please", "Both timers are cancelled."),
        ("en", "restart the timer", "both", "Your timer is set for 5 minutes. Your timer is set for 10 minutes."),
        ("de", "lösch den timer", "beide", "Beide Timer sind gelöscht."),
        ("de", "lösch den timer", "alle", "Beide Timer sind gelöscht."),
    ],
)
async def test_both_timers_are_meant_where_it_was_asked_which_one(tag: str, asked: str, answer: str, told: str) -> None:
    assert await last(tag, *TIMERS[tag], asked, answer) == told


async def test_the_question_which_one_stays_open_behind_an_answer_that_names_none() -> None:
    two = (*TIMERS["en"], "cancel the timer")
    asked = "Which one: the timer for 5 minutes or the timer for 10 minutes?"
    assert await last("en", *two, "the blue one") == f"I didn't get that. {asked}"
    assert await last("en", *two, "the blue one", "the ten minute one") == "Your timer is cancelled."
    assert (await last("en", *two, "the blue one", "the red one")).startswith("You have no the red one timer.")


async def test_all_alarms_and_reminders_that_were_asked_about_are_meant_and_no_others() -> None:
    alarms = ("set an alarm for seven", "set an alarm for eight", "cancel the alarm")
    assert await last("en", *alarms, "both") == "Both alarms are cancelled."
    assert (await last("en", *alarms, "the blue one")).startswith("I didn't get that. Which one")
    calls = (
        "remind me to call anna at five",
        "remind me to call tom at six",
        "remind me to buy bread at seven",
        "cancel the reminder to call",
    )
    assert (await last("en", *calls, "blue")).startswith("I didn't get that. Which one")
    assert await last("en", *calls, "all of them", "what reminders do i have") == (
        "I will remind you today at 7:00 PM: buy bread."
    )


@pytest.mark.parametrize(
    ("tag", "there", "said", "asked", "gone"),
    [
        ("en", "add yoga tomorrow at nine to my calendar", "cancel yoga", "yoga", "what do i have tomorrow"),
        ("en", "add lunch with tom tomorrow at noon to my calendar", "please cancel lunch", "lunch", "yes"),
        ("de", "trag yoga morgen um neun in meinen kalender ein", "sag yoga ab", "yoga", "was habe ich morgen vor"),
    ],
)
async def test_what_the_calendar_holds_is_called_off_by_its_bare_name(
    tag: str, there: str, said: str, asked: str, gone: str
) -> None:
    assert asked in await last(tag, there, said)
    assert "yoga" not in await last(tag, there, said, YES[tag], gone)


@pytest.mark.parametrize("said", ["cancel yoga", "cancel off", "cancel culture", "cancel netflix"])
async def test_what_the_calendar_does_not_hold_is_not_called_off(said: str) -> None:
    async with home("en") as (one, _):
        await one.say("add lunch with tom tomorrow at noon to my calendar")
        assert not (await one.say(said)).served


@pytest.mark.parametrize(
    ("tag", "there", "said", "gone"),
    [
        ("en", "set a pizza timer for ten minutes", "cancel pizza", "Your pizza timer is cancelled."),
        ("en", "remind me about yoga at seven", "please cancel yoga", "Your reminder is cancelled: yoga."),
        ("de", "erinnere mich um sieben an yoga", "sag yoga ab", "Deine Erinnerung ist gelöscht: yoga."),
    ],
)
async def test_a_timer_or_reminder_is_called_off_by_its_bare_name(tag: str, there: str, said: str, gone: str) -> None:
    assert await last(tag, there, said) == gone


async def test_what_nobody_spoke_of_is_not_called_off() -> None:
    async with home("en") as (one, _):
        assert not (await one.say("call off her")).served


async def test_of_several_that_bear_the_bare_name_it_is_asked_which() -> None:
    calls = ("remind me to buy milk at seven", "remind me to buy bread at eight")
    assert "Which one" in await last("en", *calls, "cancel buy")


async def test_what_has_another_meaning_is_not_looked_for_in_the_calendar() -> None:
    there = "add tea timer tomorrow at noon to my calendar"
    assert await last("en", there, "set a tea timer for five minutes", "cancel the tea timer") == (
        "Your tea timer is cancelled."
    )


@pytest.mark.parametrize(
    ("tag", "calls"),
    [
        ("en", ("what is twelve times seven", "and times two")),
        ("en", ("what is twelve times seven", "and that times two please")),
        ("de", ("was ist zwölf mal sieben", "und mal zwei")),
        ("de", ("was ist zwölf mal sieben", "und das mal zwei")),
    ],
)
async def test_a_calculation_goes_on_from_its_result(tag: str, calls: tuple[str, ...]) -> None:
    assert await last(tag, *calls) in {"That is 168.", "Das sind 168."}


@pytest.mark.parametrize(
    ("tag", "calls"),
    [
        ("en", ("what is twelve times seven", "no times eight")),
        ("de", ("was ist zwölf mal sieben", "nein mal acht")),
    ],
)
async def test_a_calculation_that_is_corrected_does_not_go_on(tag: str, calls: tuple[str, ...]) -> None:
    assert await last(tag, *calls) in {"That is 96.", "Das sind 96."}


@pytest.mark.parametrize(
    ("tag", "told", "answer", "kept"),
    [
        ("en", "my brothers are tom and max", "tom and eva", "Your brothers are tom and eva."),
        ("en", "my brothers are tom and max", "eva", "Your brothers are eva."),
        (
            "en",
            "my brothers are tom and max",
            "my brothers are tom, max and eva",
            "Your brothers are tom, max and eva.",
        ),
        ("en", "my brothers are tom and max", "never mind", "Your brothers are tom and max."),
        ("en", "my brothers are tom and max", "what time is it", "Your brothers are tom and max."),
        ("de", "meine brüder sind tom und max", "tom und eva", "Deine brüder sind tom und eva."),
    ],
)
async def test_whoever_is_asked_which_of_several_may_answer_with_their_names(
    tag: str, told: str, answer: str, kept: str
) -> None:
    wrong, ask = {"en": ("no it's eva", "who are my brothers"), "de": ("nein eva", "wer sind meine brüder")}[tag]
    assert await last(tag, told, wrong, answer, ask) == kept


@pytest.mark.parametrize(
    ("tag", "told", "wrong", "ask", "kept"),
    [
        ("en", "my brother is tom", "no not tom but max", "who is my brother", "Your brother is max."),
        ("de", "mein bruder ist tom", "nein nicht tom sondern max", "wer ist mein bruder", "Dein bruder ist max."),
        (
            "en",
            "my brothers are tom and max",
            "no it's not max but eva",
            "who are my brothers",
            "Your brothers are tom and max.",
        ),
    ],
)
async def test_what_it_is_not_is_no_part_of_what_is_kept(tag: str, told: str, wrong: str, ask: str, kept: str) -> None:
    assert await last(tag, told, wrong, ask) == kept


@pytest.mark.parametrize(
    ("tag", "said", "read"),
    [
        ("en", "add milk um to my shopping list", "what's on my shopping list"),
        ("de", "setz milch ähm auf die einkaufsliste", "was steht auf der einkaufsliste"),
    ],
)
async def test_a_hesitation_is_no_part_of_what_is_named(tag: str, said: str, read: str) -> None:
    told = await last(tag, said, read)
    assert "um" not in told.split()
    assert "ähm" not in told
    assert "mil" in told


async def test_a_hesitation_alone_names_nothing() -> None:
    assert await last("en", "add um to my shopping list") == "What should I add?"


@pytest.mark.parametrize(
    ("tag", "begin", "said", "there"),
    [
        ("en", "wake me at seven on weekdays", "every monday", "every Monday at 7:00 AM"),
        ("en", "set an alarm for seven on weekdays", "every day", "every day at 7:00 AM"),
        ("en", "set an alarm for seven on weekdays", "every day at eight", "every day at 8:00 AM"),
        ("en", "remind me to water the plants every day at six", "make it every monday", "every Monday at 6:00 PM"),
        ("de", "weck mich werktags um sieben", "jeden montag", "jeden Montag um 7:00 Uhr"),
    ],
)
async def test_another_repetition_keeps_the_time(tag: str, begin: str, said: str, there: str) -> None:
    answer = await last(tag, begin, said)
    assert there in answer


@pytest.mark.parametrize(
    ("tag", "begin", "said", "there"),
    [
        ("en", "set an alarm for seven on weekdays", "make it eight", "every weekday at 8:00 AM"),
        ("en", "wake me at seven on weekdays", "no at eight", "every weekday at 8:00 AM"),
        ("de", "weck mich werktags um sieben", "nein um acht", "8:00 Uhr"),
    ],
)
async def test_another_time_of_a_series_takes_the_place_of_the_one_before(
    tag: str, begin: str, said: str, there: str
) -> None:
    assert there in await last(tag, begin, said)
