"""What was heard by a model of a language that nobody answers in is told so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sottovoce.domain.contexts import Personality, Verbosity
from sottovoce.domain.turns import Answered
from tests.unit.parts import DECLINED, build
from tests.unit.talking import done, hold, let_go
from tests.virtual_time import run_virtual

if TYPE_CHECKING:
    from tests.unit.parts import Parts


def replied(text: str, language: str, personality: Personality | None = None) -> str:
    """The answer to what was heard by a model of this language."""

    async def story() -> Parts:
        parts = build([text])
        parts.recognizer.language = language
        if personality is not None:
            context = await parts.memory.get_user_context("me")
            await parts.store.save_context(context.copy_with(personality=personality))
            parts.memory.forget()
        await hold(parts)
        await let_go(parts)
        await done(parts)
        await parts.talk.close()
        return parts

    (answered,) = [event.answer for event in run_virtual(story()).events if isinstance(event, Answered)]
    return answered.reply


def test_a_language_that_is_not_answered_is_named() -> None:
    assert "heard as French" in replied("quel temps fait-il", "fr")
    assert "English only" in replied("quel temps fait-il", "fr-fr")


def test_a_language_that_could_be_spoken_says_how_to_ask_for_it() -> None:
    wish = "That was heard as German, and I am set to English. You can say, for example: Sprich Deutsch."
    assert replied("wie wird das wetter", "de") == wish
    assert replied("sprich deutsch", "de") == "Okay, ich spreche ab jetzt Deutsch."


def test_who_wants_it_brief_is_told_briefly() -> None:
    assert (
        replied("quel temps fait-il", "fr", Personality(verbosity=Verbosity.BRIEF))
        == "Just now I only understand English."
    )


@pytest.mark.parametrize("language", ["en", "en-in", ""])
def test_of_english_and_of_an_unknown_language_nothing_is_said(language: str) -> None:
    assert replied("why is the sky blue", language).startswith(DECLINED)


def test_what_is_understood_all_the_same_is_answered() -> None:
    assert "3:05" in replied("what time is it", "de")
