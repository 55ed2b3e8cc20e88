"""The corpora of requests and talks: how much of each kind must be served by the right tool."""

from __future__ import annotations

from tests.language.dialogues import dialogues, fault
from tests.language.requests import Found, clean, figures, requests, served, wrong_acts
from tests.language.tried import home

CLEAN, DISTURBED, DIALOGUES, GERMAN = 97, 92, 93, 92
"""Percent that are right at least: sentences as they stand, those wrapped or noisy, and talks."""
MOST_WRONG_ACTS, MOST_WRONG_ACCEPTS = 1.0, 3.0
"""Percent that may do what nobody asked for, and of what is to be declined, be taken for a request."""


def short(found: list[Found], kind: str) -> str:
    """The sentences of a kind that are not right, for the message."""
    wrong = (one for one in found if not one.right and one.request.kind == kind)
    return "\n".join(f"{one.request.said!r}: {one.request.tool} <> {one.tool or '-'} {one.slots}" for one in wrong)


async def test_most_of_what_people_ask_is_served_by_the_right_tool() -> None:
    found = await served("en", tuple(requests("en")))
    async with home("en") as (_, tools):
        acts = wrong_acts(found, tools)
    told = figures(found)
    for kind, least in (
        ("clean", CLEAN),
        ("wrapped", DISTURBED),
        ("noisy", DISTURBED),
        ("declined", 100 - MOST_WRONG_ACCEPTS),
    ):
        right, count = told[kind]
        assert 100 * right / count >= least, f"{kind}: {right} of {count} right; wrong:\n{short(found, kind)}"
    assert 100 * len(acts) / len(found) <= MOST_WRONG_ACTS, "\n".join(
        f"{one.request.said!r}: {one.tool}" for one in acts
    )


async def test_most_of_what_people_ask_in_german_is_served_by_the_right_tool() -> None:
    found = await served("de", tuple(clean("de")))
    right, count = figures(found)["clean"]
    assert 100 * right / count >= GERMAN, f"{right} of {count} right; wrong:\n{short(found, 'clean')}"


async def test_most_talks_of_several_turns_go_as_they_should() -> None:
    all_of = tuple(dialogues("en"))
    wrong = [told for one in all_of if (told := await fault("en", one))]
    right = len(all_of) - len(wrong)
    assert 100 * right / len(all_of) >= DIALOGUES, f"{right} of {len(all_of)} right; wrong:\n" + "\n".join(wrong)


def test_both_corpora_have_a_part_that_was_written_last() -> None:
    asked, talks = tuple(clean("en")), tuple(dialogues("en"))
    assert sum(one.held_out for one in asked) >= 190, "requests_en.txt lost sentences that were written last"
    assert sum(one.held_out for one in talks) >= 31, "dialogues_en.txt lost talks that were written last"
