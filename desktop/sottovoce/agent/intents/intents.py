"""Understanding without a model: sentence templates, what is said around them, and a word that was mistyped."""

from __future__ import annotations

import dataclasses
import functools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hassil import recognize_all
from hassil.intents import Intent as TemplatesOfIntent
from hassil.intents import Intents, WildcardSlotList
from hassil.parse_expression import parse_sentence

from sottovoce.agent.intents.frames import Around, Frames
from sottovoce.agent.intents.samples import Samples
from sottovoce.agent.intents.template import Template, TemplateMatch, span_of
from sottovoce.agent.intents.template_index import TemplateIndex, words_of_templates
from sottovoce.agent.intents.template_matcher import MatchState, TemplateMatchers
from sottovoce.agent.sentences.fillers import Fillers
from sottovoce.agent.sentences.noise import Noise
from sottovoce.agent.sentences.phrases import PhraseBook
from sottovoce.agent.sentences.remarks import Remarks
from sottovoce.agent.sentences.repair import MOST_WORDS_REPAIRED, Repair
from sottovoce.agent.sentences.sentence import Sentence
from sottovoce.agent.sentences.swallowed import rules_without_words, without_words
from sottovoce.agent.slots.slots import (
    BEGINNING,
    FREE,
    Kind,
    holds_own_words,
    kind_of,
    names_percent,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from hassil.expression import Sentence as TemplateOfHassil
    from hassil.intents import SlotList

    from sottovoce.agent.intents.frames import FrameMatch
    from sottovoce.agent.sentences.remarks import Part
    from sottovoce.language.analysis import Orders
    from sottovoce.language.templates import Templates

_RULE = re.compile(r"<([^<>]+)>")
_SLOT = re.compile(r"{([^{}]+)}")
LONGEST_CHARS = 4000
"""A longer text is no sentence: matching a pasted page took 60 ms of the event loop."""

MOST_DOUBTFUL_WORDS = 3
"""Words of what nobody knows, where there is no other reading: "what time is it in old york"."""
MOST_FREE_WORDS = 2
"""Words of what anything may be, in a sentence in which a word was put right."""
OWN_WORDS = ("memory.", "knowledge.", "history.")
"""Families in which a little word may be what matters: "my" and "the" name different things."""
AT_LAST = ("calendar.call_off", "reminder.call_off", "timer.call_off", "list.call_off", "list.put", "memory.untold")
"""What nearly any words may follow, so that it is tried last, in this order: "cancel yoga"."""
TAKING_AWAY = (".cancel", ".delete", ".forget", ".remove")
"""What takes a named thing away: not where its name would end with a denial, "lösch die notiz zum tüv nicht"."""
NEVER_FROM_REPAIR = frozenset({"memory.tell", "memory.yes", "memory.no"})
"""What keeps the whole sentence, and what agrees: a misheard one is not worth keeping."""


@dataclass(frozen=True, slots=True)
class Intent:
    """What a sentence asks for."""

    name: str
    slots: Mapping[str, str] = field(default_factory=dict)
    repaired: str = field(default="", compare=False)
    """The sentence in which a word was put right; empty where it was understood as it stands."""
    asks: bool = field(default=False, compare=False)
    """Whether something is only asked about, so that nothing must be done for it: "should i cancel the alarm"."""


class IntentRecognizer:
    """Finds what a sentence of one language asks for, by that language's templates."""

    def __init__(
        self,
        templates: Templates,
        is_word: Callable[[str], bool] | None = None,
        stated: Callable[[str], str] = str,
        fits: Callable[[str, str], bool] = lambda _slot, _words: True,
        doubts: Callable[[str, str], bool] = lambda _slot, _words: False,
        orders: Orders | None = None,
    ) -> None:
        """Recognise what matches `templates`.

        Args:
            templates: What can be said.
            is_word: Whether a word is a good one of the language: such a one is never put right. Where there is no list
                of words, None: the words of the templates are good ones.
            stated: Leaves out what is only said on the way ("please").
            fits: Whether words may stand in the slot of that name: "ten minutes" in `{duration}`.
            doubts: Whether words that may hardly are meant to: a place that nobody knows.
            orders: How else a request is said: its verb in front, its words as they are written.
        """
        texts = [text for sentences in templates.sentences.values() for text in sentences]
        self.templates = templates
        """What can be said."""
        self.phrases = PhraseBook(templates.phrases)
        """What else is said in this language, around requests and in answer to questions."""
        self.samples = Samples(templates, self.phrases)
        """Sentences that the templates allow, as examples."""
        self.fillers = Fillers(self.phrases)
        self._stated = stated
        self._fits = fits
        self._doubts = doubts
        self._orders = orders
        self.noise = Noise(self.phrases)
        words = functools.cache(lambda: words_of_templates(texts, templates.rules))
        self._repair = Repair(templates, words, is_word)
        self._is_known = lambda word: word in words() or (is_word is not None and is_word(word))
        slots = set(templates.slots)
        self._templates = [
            Template(number, name, text, slots)
            for number, (name, sentences) in enumerate(templates.sentences.items())
            for text in sentences
        ]
        self._index = TemplateIndex(texts, templates.rules)
        self._frames = Frames(
            templates.frames,
            templates.cues,
            around=Around(
                glue=self.phrases["glue"],
                naming=self.phrases["naming"],
                joined=self.phrases["joined"],
                kept=self.phrases["kept"],
                asking=self.phrases["glue.asking"],
                polite=self.phrases["glue.polite"],
                telling=self.phrases["glue.telling"],
            ),
            short=next(iter(self.phrases["remarks.endings"]), ""),
            fits=self._is_framed,
        )
        self._remarks = Remarks(self.phrases)
        self._matchers = TemplateMatchers(templates.rules, slots)
        self._rules: dict[str, TemplateOfHassil] = {}
        """Those that were needed so far, as hassil wants them."""
        self._ready: set[str] = set()
        self._slots: dict[str, SlotList] = {name: WildcardSlotList(name) for name in templates.slots}

    def intent(self, text: str) -> Intent | None:
        """What `text` asks for, if need be without fillers or after putting one misheard word right; else None."""
        return next(iter(self.readings(text)), None) or self.repaired(text)

    def readings(self, text: str) -> list[Intent]:
        """All that `text` may ask for as it was said, the likeliest first; of the least that has to be cut off it."""
        if len(text) > LONGEST_CHARS:
            return []
        doubtful: list[Intent] = []
        hesitant: list[Intent] = []
        for said in self._wordings(text):
            sentence = Sentence(said)
            found = self._thanked(sentence)
            # "add milk um to my list": without it, if that is understood
            if found and self._stumbles(found[0], sentence):
                hesitant = hesitant or found
                continue
            if found and hesitant and _keeps_own_words(hesitant[0]) and any(map(_is_free, found[0].slots)):
                continue
            if found and not self._is_doubtful(found[0]):
                return found
            doubtful = doubtful or found
        few = (len(words.split()) <= MOST_DOUBTFUL_WORDS for one in doubtful[:1] for words in one.slots.values())
        return hesitant or (doubtful if all(few) else [])

    def requests(self, text: str) -> list[Intent]:
        """What `text` may ask for by its templates, or by its cue words in any order where these say more of it."""
        readings = self.readings(text)
        if readings and not any(map(_is_free, readings[0].slots)):
            return readings
        told = len(Sentence(text).words) - _free_words(readings[0]) if readings else 0
        held = [one for one in self._framed(text) if one.told >= told or _holds_cue(readings[0], one)]
        if held and readings and held[0].intent == readings[0].name and not _holds_cue(readings[0], held[0]):
            return readings  # a template's slots are told apart better
        return [*(Intent(one.intent, one.slots, asks=one.asks) for one in held), *readings]

    def _framed(self, text: str) -> list[FrameMatch]:
        if len(text) > LONGEST_CHARS:
            return []
        steady = Sentence(self._written(self.noise.steadied(Sentence(text))))
        bare = Sentence(self.fillers.bare(steady))
        found = self._frames.readings(bare)
        return self._frames.readings(steady) if not found and bare.words != steady.words else found

    def _is_framed(self, slot: str, words: str) -> bool:
        """Whether words may stand in a slot of a frame: they fit for certain, are no sentence, and deny nothing."""
        if kind_of(slot) is Kind.PERCENT and not names_percent(words):
            return False
        never = any(self.phrases[f"never.{slot}"].places(Sentence(words).words))
        denied = never or (_is_free(slot) and self._ends_denied(words))
        return not denied and self._fits(slot, words) and not self._doubts(slot, words)

    def beside_remarks(self, text: str) -> Iterator[Part]:
        """Parts of `text` that may be a request beside a remark."""
        return self._remarks.requests(Sentence(text))

    def _direct(self, text: str) -> Iterator[str]:
        return self._orders.direct(text) if self._orders else iter(())

    def _written(self, text: str) -> str:
        return self._orders.written(text) if self._orders else text

    def _wordings(self, text: str) -> Iterator[str]:
        """A text as it is, and with ever less of what says nothing."""
        sentence = Sentence(text)
        yield text
        stated = self._stated(text)  # "what time is it, please"
        if stated != text:
            yield stated
        yield from self._less(sentence)
        written = self._written(text)  # "hab ich nen wecker"
        if written != text:
            yield written
            yield from self._less(Sentence(written))
        steady = Sentence(self.noise.steadied(sentence))
        if steady.words != sentence.words:
            yield steady.plain
            yield from self._less(steady)

    def _less(self, sentence: Sentence) -> Iterator[str]:
        """A text with its verb in front, and without fillers."""
        yield from self._direct(sentence.plain)
        for said in self.fillers.variants(sentence):
            yield said
            yield from self._direct(Sentence(said).plain)

    def _names(self, words: str) -> bool:
        """Whether words of a slot do not only deny the rest: "lösch den timer nicht"."""
        return Sentence(words).words not in self.phrases["denials"]

    def _ends_denied(self, words: str) -> bool:
        return any(self.phrases["denials"].ends(Sentence(words).words))

    def _is_swallowing(self, slot: str, words: str) -> bool:
        """Whether a slot that begins the sentence holds more of it: "could you add milk", on the list."""
        first, said = slot.partition("__")[0], Sentence(words).words
        if first not in BEGINNING:
            return False
        return bool(self.phrases["beginning"].longest(said)) or any(self.phrases[f"beginning.{first}"].places(said))

    def _stumbles(self, intent: Intent, sentence: Sentence) -> bool:
        """Whether a hesitation, or what was said twice, may have been taken for a part of what is named."""
        free = [Sentence(words).words for slot, words in intent.slots.items() if _is_free(slot)]
        hesitations, twice = self.phrases["hesitations"], self.phrases["twice"]
        if any(any(hesitations.places(words)) for words in free):
            return True
        if not free or any(twice.places(sentence.words)) or not all(map(self._is_known, sentence.words)):
            return False
        return len(Sentence(self.noise.steadied(sentence)).words) < len(sentence.words)

    def _is_doubtful(self, intent: Intent) -> bool:
        return any(self._doubts(slot, words) for slot, words in intent.slots.items())

    def _thanked(self, sentence: Sentence) -> list[Intent]:
        """What a sentence asks for; thanks behind it are none of the words of its last slot."""
        found = self.literally(sentence)
        if not found or not found[0].slots or found[0].name.startswith("memory."):
            return found
        bare = self.fillers.without_thanks(sentence, own_words=True)
        without = self.literally(Sentence(bare)) if Sentence(bare).words != sentence.words else []
        same = bool(without) and (without[0].name == found[0].name or _free_words(without[0]) < _free_words(found[0]))
        return without if same else found

    def at_last(self, sentence: Sentence) -> list[Intent]:
        """What a sentence that asks for nothing else may mean all the same, if its tool knows what is named."""
        bare = Sentence(self.fillers.bare(sentence))
        if len(bare.words) > MOST_WORDS_REPAIRED:
            return []
        plain = (sentence, bare)
        found = next(filter(None, (self.literally(said, among=AT_LAST) for said in plain)), [])
        return [intent for name in AT_LAST for intent in found if intent.name == name]

    def literally(self, sentence: Sentence, among: Collection[str] = ()) -> list[Intent]:
        """What a sentence asks for in all its words, the most literal reading first; `among` those of `AT_LAST`."""
        found: dict[str, tuple[tuple[int, int, int], Intent]] = {}
        for match in self._matches(sentence, among):
            # The most literal text, then the fewest slots: "remember that X" over "remember X"; then typed slots over
            # free ones: "ten minute timer" over the timer of that name.
            name, slots = match.intent, match.slots
            literal = match.letters, -len(slots), sum(not _is_free(slot) for slot in slots)
            if name in found and literal <= found[name][0]:
                continue
            if not all(slots.values()) or any(self._is_swallowing(slot, slots[slot]) for slot in match.first):
                continue
            told = self._told_apart(slots)
            if told is None or (name.endswith(TAKING_AWAY) and any(map(self._ends_denied, told.values()))):
                continue
            if all(self._fits(slot, words) and self._names(words) for slot, words in told.items()):
                found.pop(name, None)  # of two alike, the one found first wins
                found[name] = (
                    literal,
                    Intent(name, {HELD_IN.get(slot, slot): told[slot] for slot in told if slot != ASIDE}),
                )
        best = sorted(found.values(), key=lambda one: one[0], reverse=True)
        return [self._without_thanks(intent) for _, intent in best]

    def _without_thanks(self, intent: Intent) -> Intent:
        """Without what is said behind the words in a slot; a fact's are left to who keeps it."""
        if not intent.slots or intent.name.startswith("memory."):
            return intent
        slots = {
            slot: self.fillers.without_thanks(Sentence(words), own_words=holds_own_words(slot))
            for slot, words in intent.slots.items()
        }
        return intent if slots == intent.slots else Intent(intent.name, slots)

    def _told_apart(self, slots: Mapping[str, str]) -> dict[str, str] | None:
        """Two slots that stand side by side, `{what__when}`, each with its own words; None where they can't be told.

        The typed one of them has as many words as fit it.
        """
        told: dict[str, str] = {}
        for name, words in slots.items():
            first, beside, second = name.partition("__")
            if not beside:
                told[name] = words
                continue
            parts = self.fillers.without_thanks(Sentence(words), own_words=_is_free(second)).split()
            places = range(1, len(parts)) if kind_of(first) in FREE else range(len(parts) - 1, 0, -1)
            for at in places:
                one, other = " ".join(parts[:at]), " ".join(parts[at:])
                if self._fits(first, one) and self._fits(second, other):
                    told |= {first: one, second: other}
                    break
            else:
                return None
        return told

    def _matches(self, sentence: Sentence, among: Collection[str]) -> Iterator[TemplateMatch]:
        """What the templates match, in the order in which all of them would be tried; `among` those of `AT_LAST`."""
        said = MatchState(sentence.plain)
        templates = sorted(
            (
                template
                for template in map(self._templates.__getitem__, sorted(self._index.candidates(sentence.plain)))
                if (template.intent in AT_LAST) == (template.intent in among)
            ),
            key=lambda template: template.order,
        )
        if said.odd:
            yield from self._by_hassil(sentence, templates)
            return
        for template in templates:
            matcher = template.matcher(self._matchers)
            if matcher is None:
                if template.may_match(sentence.plain.casefold()):
                    yield from self._by_hassil(sentence, [template])
                continue
            for letters, spans in matcher.matches(said):
                slots = {name: sentence.part(*span) for name, span in spans.items()}
                first = tuple(name for name, span in spans.items() if span[0] == 0)
                yield TemplateMatch(template.intent, letters, slots, first)

    def _by_hassil(self, sentence: Sentence, templates: Iterable[Template]) -> Iterator[TemplateMatch]:
        intents: dict[str, TemplatesOfIntent] = {}
        for template in templates:
            intents.setdefault(template.intent, TemplatesOfIntent(template.intent)).data.append(template.data)
            if template.text not in self._ready:
                self._ready.add(template.text)
                self._parse_rules(template.text)
        known = Intents("", intents, slot_lists=self._slots, expansion_rules=self._rules)
        for result in recognize_all(sentence.plain, known):
            # hassil drops the marks inside of words, too.
            slots = {name: sentence.cut(*span_of(entity)) for name, entity in result.entities.items()}
            first = tuple(name for name, entity in result.entities.items() if span_of(entity)[0] == 0)
            yield TemplateMatch(result.intent.name, result.text_chunks_matched, slots, first)

    def _parse_rules(self, text: str) -> None:
        """Make the rules that a template uses, and those that these use, ready for hassil."""
        for name in _RULE.findall(text):
            if name not in self._rules and name in self.templates.rules:
                self._rules[name] = parse_sentence(self.templates.rules[name])
                self._parse_rules(self.templates.rules[name])

    def repaired(self, text: str) -> Intent | None:
        """What `text` asks for after putting one misheard word right; None where that is not certain."""
        if len(text) > LONGEST_CHARS:
            return None
        sentence = Sentence(text)
        for plain in dict.fromkeys((sentence.plain, Sentence(self.fillers.bare(sentence)).plain)):
            if len(plain.split()) > MOST_WORDS_REPAIRED:
                continue
            for likely in (*self.noise.meant(Sentence(plain)), *self._repair.repaired(plain)):
                for intent in self.literally(Sentence(likely))[:1]:
                    if intent.name not in NEVER_FROM_REPAIR and _is_command(intent):
                        return Intent(intent.name, intent.slots, repaired=likely)
        bare = Sentence(self.fillers.bare(sentence))
        return self._where_words_are_swallowed(bare) if len(bare.words) <= MOST_WORDS_REPAIRED else None

    def _where_words_are_swallowed(self, sentence: Sentence) -> Intent | None:
        little = self._little
        heard = Sentence(" ".join(word for word in sentence.words if word not in little))
        for intent in self._without_little.literally(heard)[:1] if little and heard.words else ():
            if not intent.name.startswith(OWN_WORDS) and _is_command(intent):
                return Intent(intent.name, intent.slots, repaired=sentence.plain)
        return None

    def complete(self) -> None:
        """Make what takes long and is else made for the first sentence that is not understood; on any thread.

        What a template needs is made when it is first tried: all of it would be 0.3 million objects to look through
        whenever garbage is collected.
        """
        self._repair.complete()
        if self._little:
            _ = self._without_little

    @functools.cached_property
    def _little(self) -> frozenset[str]:
        return frozenset(self.phrases["little"])

    @functools.cached_property
    def _without_little(self) -> IntentRecognizer:
        """One that knows the same templates without the words that are swallowed."""
        rules, little = rules_without_words(self.templates.rules, self._little)
        sentences = {
            name: tuple(left for text in texts if (left := without_words(text, little)))
            for name, texts in self.templates.sentences.items()
        }
        return IntentRecognizer(
            dataclasses.replace(self.templates, sentences=sentences, rules=rules), fits=self._fits, doubts=self._doubts
        )


ASIDE = "aside"
"""The slot of what is said on the way to a request, of which no tool learns: "my son is" in sydney."""
HELD_IN = {
    "city": "place",
    "city2": "place2",
    "mine": "topic",
    "entry": "event",
    "booked": "engagement",
    "dated": "engagement",
    "appointment": "event",
    "kept": "plan",
    "noted": "text",
    "lacking": "things",
    "bits": "things",
    "pointed": "things",
}
"""Where the words of a slot go that holds less than any words of its kind."""


def _is_command(intent: Intent) -> bool:
    """Whether hardly any of it is the user's own words: "what is the rime of the ancient mariner" is no slip."""
    return all(len(words.split()) <= MOST_FREE_WORDS for slot, words in intent.slots.items() if _is_free(slot))


def _keeps_own_words(intent: Intent) -> bool:
    """Whether what it keeps is said in the user's own words, of which nothing is left out."""
    return intent.name.startswith("memory.") or any(map(holds_own_words, intent.slots))


def _free_words(intent: Intent) -> int:
    """How many words stand where any may stand: the fewer, the surer is what was asked for."""
    return sum(len(words.split()) for slot, words in intent.slots.items() if _is_free(slot))


def _holds_cue(intent: Intent, found: FrameMatch) -> bool:
    return any(_holds(intent, cue) for cue in found.cues)


def _holds(intent: Intent, cue: str) -> bool:
    """Whether words of a slot hold a cue: who doesn't need "the bread timer" any more speaks of no list."""
    words = Sentence(cue).words
    free = (Sentence(text).words for slot, text in intent.slots.items() if _is_free(slot))
    return any(words == text[at : at + len(words)] for text in free for at in range(len(text)))


def _is_free(slot: str) -> bool:
    return all(kind_of(part) in FREE for part in slot.split("__"))
