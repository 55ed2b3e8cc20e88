"""Whatever README, help and the fallback tell people to say is understood by voice, with the model that ships."""

from __future__ import annotations

import re
from pathlib import Path

from sottovoce.adapters.embedding.lexicon import is_word
from sottovoce.adapters.recognition.vosk import VoskRecognizer
from sottovoce.adapters.synthesis import synthesise
from sottovoce.agent.intents.intents import Intent
from sottovoce.agent.intents.recognizers import IntentRecognizers
from sottovoce.agent.intents.template_index import words_of_templates
from sottovoce.agent.skills import all_skills
from sottovoce.agent.skills.guide import TOPICS
from sottovoce.domain.said import said
from sottovoce.home import local_now
from sottovoce.language import language
from sottovoce.language.templates import read_templates
from sottovoce.memory.system import MemorySystem
from sottovoce.resources import starter_model
from tests.fakes_store import FakeStore
from tests.language.tried import outcome
from tests.unit.parts import english

PROJECT = Path(__file__).parents[2]
VOICES = ("en-us", "en-gb")
MADE = {"errors.md", "settings.md", "commands.md", "operations.md", "policies.md"}
"""Pages made from the program, which suggest nothing to say."""
OF_THE_VOICE = {
    "manners.louder": ("louder", "speak louder", "you are too quiet", "i can't hear you"),
    "manners.softer": ("softer", "speak softer", "you are too loud", "a bit quieter"),
    "volume.up": ("turn it up", "volume up", "turn the volume up"),
    "volume.down": ("turn it down", "volume down", "turn the volume down"),
    "manners.slower": ("slower", "speak slower", "slow down", "not so fast"),
    "manners.faster": ("faster", "speak faster", "speed up"),
}
"""What nobody reads anywhere and everybody says."""
AFTER = {
    "make it twenty minutes": "set a timer for ten minutes",
    "and in london": "what time is it in tokyo",
    "cancel it": "set a timer for ten minutes",
    "no it's eva": "my sister is called anna",
    "how long until my birthday": "my birthday is on may third",
}
"""What means something only after something else was said."""
SAY = re.compile(r"[Ss]ay,?(?: for example:)? “([^”{]+)”")
"""Words of a catalogue that tell to say something."""
DICTATED = {"comma", "new line", "scratch that"}
"""What means something only while text is taken down."""


def plain(sentence: str) -> str:
    """As a recogniser writes it."""
    return " ".join(re.sub(r"[^a-z' ]", " ", sentence.lower()).split())


def told_to_say() -> list[str]:
    """Every such sentence; the skills offer theirs in help and in the fallback alike."""
    skills = all_skills(MemorySystem(FakeStore()), local_now)
    offered = [plain(english(skill.offer)) for skill in skills if skill.offer]
    pages = [PROJECT / "README.md", PROJECT / "PRIVACY.md", *sorted((PROJECT / "docs").glob("*.md"))]
    texts = [page.read_text("utf-8").replace("\n", " ") for page in pages if page.name not in MADE]
    return [*dict.fromkeys([*(plain(one) for text in texts for one in re.findall("“([^”]+)”", text)), *offered])]


def shown_to_say() -> list[str]:
    """What help tells of each topic, and what answers and windows (the welcome) tell people to say."""
    helped = [english(one) for topic in TOPICS for one in (*topic.sentences, said(topic.ask))]
    catalogues = [file for way in ("say", "show") for file in sorted((language("en").folder / way).glob("*.ftl"))]
    quoted = [one for file in catalogues for one in re.findall(SAY, file.read_text("utf-8"))]
    assert "What time is it?" in quoted, "as the welcome has it"
    return [*dict.fromkeys(map(plain, (*helped, *quoted)))]


async def test_it_is_heard_and_understood() -> None:
    understanding = IntentRecognizers({"en": is_word}).of("en")
    shipped = VoskRecognizer(starter_model())
    await shipped.open()
    try:
        for sentence in told_to_say():
            for voice in VOICES:
                heard = await shipped.transcribe(await synthesise(f"{sentence}.", voice=voice))
                assert heard.text == sentence
            if sentence in AFTER:
                assert (await outcome("en", [AFTER[sentence]], sentence)).served, sentence
            elif sentence not in DICTATED:
                assert understanding.intent(sentence), sentence
    finally:
        await shipped.close()


async def test_what_help_and_windows_tell_to_say_is_heard_and_understood() -> None:
    understanding = IntentRecognizers({"en": is_word}).of("en")
    shipped, told = VoskRecognizer(starter_model()), set(told_to_say())
    await shipped.open()
    try:
        for sentence in [one for one in shown_to_say() if one not in told]:
            heard = await shipped.transcribe(await synthesise(f"{sentence}.", voice=VOICES[1]))
            assert heard.text == sentence
            assert understanding.intent(sentence), sentence
    finally:
        await shipped.close()


async def test_the_voice_is_changed_by_voice() -> None:
    understanding = IntentRecognizers({"en": is_word}).of("en")
    shipped = VoskRecognizer(starter_model())
    await shipped.open()
    try:
        for intent, sentences in OF_THE_VOICE.items():
            for sentence in sentences:
                heard = await shipped.transcribe(await synthesise(f"{sentence}.", voice=VOICES[0]))
                assert understanding.intent(heard.text) == Intent(intent), heard.text
    finally:
        await shipped.close()


def test_every_word_of_every_template_can_be_heard() -> None:
    known = {line.split()[0] for line in (starter_model() / "graph" / "words.txt").read_text("utf-8").splitlines()}
    templates = read_templates(language("en").folder / "understand")
    sentences = [text for texts in templates.sentences.values() for text in texts]
    words = (word.lstrip("-") for word in words_of_templates(sentences, templates.rules))
    assert {word for word in words if not re.search(r"\d", word)} - known == set()  # "2d6" is only typed
    told = {word for sentence in told_to_say() for word in sentence.split()}
    assert told - known == set()
