"""What a language makes of sentences, and how it says what is written: the ports.

Modules of a language's folder provide them: `Language.facts` is its module `facts`, and so on, each loaded when it is
first asked for. All of them would rather be silent than say the opposite of what was said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet
    from datetime import datetime, timedelta
    from fractions import Fraction

    from sottovoce.domain.arithmetic import Sum
    from sottovoce.domain.facts import Fact
    from sottovoce.domain.holders import Holder
    from sottovoce.domain.plans import Plan
    from sottovoce.domain.recalling import Wanted
    from sottovoce.domain.typed import Anniversary, Path, TypedFact, TypedQuestion
    from sottovoce.domain.values import Moment, Period, Quantity, Recurrence


class Words(Protocol):
    """Which words name something."""

    @property
    def EMPTY_WORDS(self) -> AbstractSet[str]:  # noqa: N802 - a constant of a module
        """Those that name nothing: two sentences that share only these have nothing in common."""

    @property
    def NO_TOPICS(self) -> AbstractSet[str]:  # noqa: N802
        """Those that tell what is wanted, not what it is about."""

    @property
    def HERE(self) -> AbstractSet[str]:  # noqa: N802
        """Phrases that name the place where the user is."""

    @property
    def POINTING(self) -> AbstractSet[str]:  # noqa: N802
        """Those that begin a remark on what was said or happened just now."""

    @property
    def KIND(self) -> re.Pattern[str]:  # noqa: N802
        """Finds thanks and greetings."""

    @property
    def FIRST_PERSON(self) -> AbstractSet[str]:  # noqa: N802
        """By which somebody tells of themselves: "i", "my", "us"."""

    @property
    def JOINING(self) -> AbstractSet[str]:  # noqa: N802
        """Beside them what a sentence has to have and says nothing: "is", "the", "of"."""

    @property
    def PAST(self) -> AbstractSet[str]:  # noqa: N802
        """Verbs that tell of what has been."""

    @property
    def MOMENT(self) -> AbstractSet[str]:  # noqa: N802
        """Those that tell of the moment rather than of what lasts."""

    @property
    def ABBREVIATION(self) -> re.Pattern[str]:  # noqa: N802
        """Finds one at the end of a text whose last full stop ends no sentence."""

    def without_smiles(self, text: str) -> str:
        """A text without the emoji and signs at its ends, which tell nothing; all of it where one stands for a word."""

    def content_words(self, text: str) -> str:
        """The words of a topic that name something, as they were written; all of them if none does."""

    def key_words(self, text: str) -> frozenset[str]:
        """The words that name something, folded, each in one form for one and for several of it."""


class Statements(Protocol):
    """A sentence taken apart: without what is only said on the way, clause by clause, and how sure it is."""

    def stated(self, text: str) -> str:
        """A statement without what is only said on the way: "please", "by the way", "thanks"."""

    def clauses(self, text: str) -> tuple[str, ...]:
        """The facts and commands of a sentence, each for itself; the whole where that is not certain."""

    def is_command(self, text: str) -> bool:
        """Whether it asks for something to be done, and tells nothing."""

    def is_question(self, text: str) -> bool:
        """Whether it asks, and tells nothing."""

    def is_to_do(self, text: str) -> bool:
        """Whether what is to be remembered is something to be done."""

    def is_nothing(self, text: str) -> bool:
        """Whether what is to be remembered is nothing: "nothing of this"."""

    def is_sure(self, text: str) -> bool:
        """Whether nothing in it takes back, limits or supposes what its main words say."""

    def asks(self, text: str) -> bool:
        """Whether it has the form of a question."""

    def holds_request(self, text: str) -> bool:
        """Whether something is asked or ordered behind what a clause tells, without a mark between the two."""


class Facts(Protocol):
    """What a sentence tells about the user."""

    def told_by(self, text: str) -> Fact:
        """What `text` tells, in the user's words and first person."""

    def plain(self, text: str) -> str:
        """What a plain statement tells that no template may know; empty where it is none."""

    def is_bare(self, text: str) -> bool:
        """Whether it only names something ("my doctor") and tells nothing of it."""

    def is_passing(self, text: str) -> bool:
        """Whether it tells how something is at the moment: "my eyes are tired"."""


class Holders(Protocol):
    """Whose something is."""

    def holder_of(self, text: str) -> Holder:
        """Whom a statement, a question or a topic is about first."""

    def holders_in(self, text: str) -> tuple[Holder, ...]:
        """All whom a statement is about."""

    def in_other_words(self, text: str) -> str:
        """A text with all that somebody named in it may be called ("mum", "mother")."""


class SpokenOf(Protocol):
    """Somebody, or something, that was named before and is only pointed at now."""

    def named_in(self, text: str) -> str:
        """How somebody of the user's is named first, as in "my older sister"; empty where nobody is."""

    def with_named(self, text: str, who: str) -> str:
        """The text with `who` in place of pronouns, where it asks or tells something of one who may be meant."""

    def asks_for_another(self, text: str) -> bool:
        """Whether it asks for somebody who is none of the user's: "who wrote hamlet"."""

    def told_of(self, text: str) -> str:
        """What a plain fact of the user's tells of, as in "my cousin's birthday"; empty where it is none."""

    def with_about(self, text: str, about: str) -> str:
        """The question with what was told of in place of the "it", or the "then", in which it ends."""

    def with_day(self, text: str, day: str) -> str:
        """The text with a `day` in place of the "then" up to which it counts: "how many days until then"."""

    def as_told(self, text: str, asked: str) -> str:
        """The text with what was `asked` about in place of the "it" with which it begins: "it's in june"."""


class Sense(Protocol):
    """Whether what was found in a sentence is what it says."""

    def keeps_sense(self, fact: str, said: str) -> bool:
        """Whether a fact that was found in what was said is no more certain, and no less true, than it was there."""


class Days(Protocol):
    """Days that are named from today on."""

    def resolved(self, text: str, now: datetime) -> str:
        """The text with each day that it counts from today on by its date."""

    def names_a_coming_day(self, text: str) -> bool:
        """Whether it tells of a day or hour ahead."""


class SlotValues(Protocol):
    """What words stand for. Each takes a recogniser's words or typed text, and gives None where not all of it fits."""

    def number(self, text: str) -> Fraction | None:
        """A number: "twenty three", "minus two and a half", "3.5", "three quarters", "a dozen"."""

    def ordinal(self, text: str) -> int | None:
        """A place in a row: "third", "twenty first", "3rd"; -1 for "last"."""

    def calculation(self, text: str) -> Sum | None:
        """What is to be worked out: "twelve times seven", "15% of 80", "times two"; None for a number alone."""

    def numbers(self, text: str) -> tuple[Fraction, ...]:
        """The numbers of a row: "3, 5 and 10"; none where something in it is no number."""

    def duration(self, text: str) -> timedelta | None:
        """A length of time: "an hour and a half", "ninety seconds", "2 weeks"."""

    def moment(self, text: str, now: datetime) -> Moment | None:
        """A point in time, said at `now`, which has its zone: "tomorrow at nine", "in ten minutes", "friday"."""

    def names_no_day(self, text: str) -> bool:
        """Whether a month is named with a day that it never has: "february thirtieth"."""

    def period(self, text: str, now: datetime) -> Period | None:
        """A stretch of time: "today", "this weekend", "next week", "tomorrow afternoon", "in june"."""

    def recurrence(self, text: str) -> Recurrence | None:
        """How something comes again: "every day at seven", "on weekdays", "every second friday", "monthly"."""

    def quantity(self, text: str) -> Quantity | None:
        """A number of a unit: "three and a half miles", "20 °C"; one of it where only the unit is named: "a mile"."""

    def unit(self, text: str) -> str | None:
        """A unit by any of its names: "miles", "km", "degrees fahrenheit"; its name in `domain.units`."""

    def things(self, text: str) -> tuple[str, ...]:
        """The things that are named one after the other: "milk, eggs and bread"; one may hold "and" by itself."""


class Typed(Protocol):
    """What was told as facts, and questions as what they want to hear of facts."""

    def fact(self, text: str) -> TypedFact | None:
        """What a plain statement tells; None where that is not certain."""

    def wish(self, question: str) -> TypedQuestion | None:
        """What a question wants to hear; None where its form is not known."""

    def named(self, told: TypedFact) -> tuple[str, Path] | None:
        """A name and whose it is ("anna", my sister); None where it tells no name for certain."""

    def path_of(self, words: str) -> Path:
        """Whom or what words name, each in one form; () where it is nobody certain."""

    def born(self, told: TypedFact) -> Path | None:
        """Whose birth it tells the day or year of; None where it tells none."""

    def belonging(self, holder: Path, thing: str) -> Path:
        """Somebody's things: i and "brothers" as my, brother."""

    def bare(self, value: str) -> str:
        """Without the article, or what joins it to the verb."""

    def measures(self, told: TypedFact, how: str = "") -> bool:
        """Whether it tells a number of something, and of what `how` asks for: feet of how "tall" one is."""

    def head_of(self, value: str) -> str:
        """The thing that a value names, without what is said of it."""

    def day_in(self, told: TypedFact, now: datetime) -> Anniversary | None:
        """The day that a fact names."""

    def comes_again(self, told: TypedFact) -> bool:
        """Whether its day comes each year: a birthday, an anniversary."""

    def year_in(self, told: TypedFact) -> int | None:
        """The year at the end of a fact: "i was born in 1984"."""

    def years_in(self, told: TypedFact) -> int | None:
        """The age that a fact tells."""

    def of_the_same(self, told: TypedFact, asked: str) -> bool:
        """Whether a fact and what is asked about name one thing: "started my job" and "had my job"."""

    def renamed(self, text: str, name: str, path: Path) -> str | None:
        """A text with somebody by the other of two names ("anna", my sister); None where it has neither."""

    def is_correction(self, said: str) -> bool:
        """Whether it puts something in the place of what was said before: "no, it's eva"."""

    def corrected(self, former: str, said: str, *, surely: bool = False) -> str | None:
        """What was kept with another value ("no, it's eva"); None where it corrects nothing.

        `surely`: it is known to be meant so ("eva").
        """


class Orders(Protocol):
    """Requests in the order of words that templates have."""

    def direct(self, text: str) -> Iterator[str]:
        """Otherwise said: what is asked for as an order, a question in a question by itself; nothing where it is so."""

    def written(self, text: str) -> str:
        """As it is written what is swallowed or run together, and to a friend what is asked of a stranger."""


class Plans(Protocol):
    """What somebody plans, and when."""

    @property
    def GENERAL(self) -> AbstractSet[str]:  # noqa: N802
        """What any entry of a calendar may be called: "meeting"; in the form of `Words.key_words`, too."""

    @property
    def EVENTS(self) -> AbstractSet[str]:  # noqa: N802
        """What all that stands in a calendar is called together: "my appointments"; a part of `GENERAL`."""

    def plan(self, text: str, now: datetime) -> Plan | None:
        """A thing to do and its time: "lunch with anna tomorrow at one"; None where no time is told."""

    def is_engagement(self, text: str) -> bool:
        """Whether it names an appointment, and no day that only memory knows, like a birthday."""


class Questions(Protocol):
    """What a question wants to hear."""

    def asks_of_files(self, question: str) -> bool:
        """Whether it wants to hear what stands in the user's files."""

    def answers(self, question: str, sentence: str, around: str = "") -> bool:
        """Whether `sentence` surely answers `question`; `around` is what its file's name and heading say."""


class Recollection(Protocol):
    """How what was told is asked for, and which of it answers."""

    def liked(self, text: str) -> str:
        """The thing of a plain like, in the user's words; empty where it is none."""

    def liking(self, topic: str) -> str:
        """The statement of a like."""

    def leaves_out(self, text: str) -> bool:
        """Whether a like leaves something out: "tea but not milk"."""

    def where(self, does: str) -> tuple[str, str, str]:
        """As `about`, for where the user does something."""

    def otherwise_asked(self, question: str) -> tuple[str, ...]:
        """The same question in other words, in which it may have been told."""

    def wants_all(self, question: str) -> bool:
        """Whether all is wanted that was told of somebody or something."""

    def about(self, topic: str, question: str) -> tuple[str, str, str]:
        """What is asked of a topic, how it is named, and a statement about the same (`Facts.told_by`)."""

    def tells_name(self, question: str, text: str) -> bool:
        """Whether a question wants to hear what somebody or something is called, and a statement tells it."""

    def wanted(self, question: str) -> Wanted | None:
        """What must be told to answer a question of no known form; None where nothing can."""

    def needed(self, question: str) -> tuple[frozenset[str], ...]:
        """The words that what was told must have, each in its forms: all that name something but whose it is."""

    def has(self, text: str, wanted: Iterable[frozenset[str]]) -> bool:
        """Whether a statement has all words that are needed, each in one of its forms."""

    def takes_back(self, later: str, earlier: str) -> bool:
        """Whether a later statement denies an earlier one, or takes back its denial."""

    def is_own_taste(self, text: str, topic: str) -> bool:
        """Whether it tells of the user, and of a thing of the same one."""

    def verdict(self, text: str, asked: str, topic: str) -> bool | None:
        """Yes or no, where a statement says so of just this thing; None where it does not."""


class Claims(Protocol):
    """What a language model says without a right to: that it read something in files, or did something."""

    @property
    def ATTRIBUTED(self) -> re.Pattern[str]:  # noqa: N802
        """Finds that something is said by something: "says", "according to", a colon."""

    @property
    def OF_FILES(self) -> re.Pattern[str]:  # noqa: N802
        """Finds that a sentence says what stands in the user's files."""

    @property
    def CITING(self) -> AbstractSet[str]:  # noqa: N802
        """Words of citing, in the form of `Words.key_words`: they tell nothing of what is cited."""

    @property
    def ASKED(self) -> re.Pattern[str]:  # noqa: N802
        """Matches an order's beginning; the group `polite` is what is said before it, `object` what it is about."""

    @property
    def TO_BE_DONE(self) -> re.Pattern[str]:  # noqa: N802
        """Finds what no words can do."""

    @property
    def PROPOSES(self) -> re.Pattern[str]:  # noqa: N802
        """Matches what the application asks before it remembers something."""

    @property
    def I_ACT(self) -> re.Pattern[str]:  # noqa: N802
        """Finds that somebody does, did, or will do what was asked."""

    @property
    def IS_DONE(self) -> re.Pattern[str]:  # noqa: N802
        """Finds that something is done now."""

    @property
    def KEPT(self) -> re.Pattern[str]:  # noqa: N802
        """Finds that somebody keeps something in mind."""

    @property
    def I_CAN_NOT(self) -> re.Pattern[str]:  # noqa: N802
        """Finds that somebody can not, or has not found anything."""

    @property
    def REFUSES(self) -> re.Pattern[str]:  # noqa: N802
        """Finds that a sentence says no, or leaves it to the user."""


class Speech(Protocol):
    """What is said for what is written."""

    @property
    def spoken_form(self) -> Callable[[str], str]:
        """What a person would read aloud for one sentence; see `SpokenForms.said`."""

    @property
    def ABBREVIATIONS(self) -> Container[str]:  # noqa: N802
        """By their form without the last full stop, in small letters."""

    @property
    def SENTENCE_MAY_END(self) -> Container[str]:  # noqa: N802
        """Those that a sentence may end with."""

    @property
    def TITLES(self) -> Container[str]:  # noqa: N802
        """Abbreviations that a name follows."""

    @property
    def GOES_ON(self) -> re.Pattern[str]:  # noqa: N802
        """Finds at the end of a text what goes on behind its full stop and is none of these: "30." of a date."""

    @property
    def MARKED(self) -> Mapping[str, str]:  # noqa: N802
        """What is said of Markdown: "code", "code in", "image", "note", "to do", "done"."""


class Keeping(Protocol):
    """How lists and notes are named."""

    @property
    def LATEST(self) -> AbstractSet[str]:  # noqa: N802 - a constant of a module
        """Which note is meant by the one written or changed last: "last", "newest"."""

    @property
    def EVERY(self) -> AbstractSet[str]:  # noqa: N802
        """What stands for all things of a list: "everything", "anything"."""

    @property
    def UNNAMED(self) -> AbstractSet[str]:  # noqa: N802
        """What names no thing, so that it has to be asked for: "something"."""

    @property
    def POINTED(self) -> AbstractSet[str]:  # noqa: N802
        """What means the thing that was spoken of last: "it", "that"."""

    @property
    def ALL_OF_THEM(self) -> AbstractSet[str]:  # noqa: N802
        """What means each of several, to "which one": "all of them"."""

    @property
    def BOTH(self) -> AbstractSet[str]:  # noqa: N802
        """What means each of two: "both"."""

    @property
    def THE_OTHER(self) -> AbstractSet[str]:  # noqa: N802
        """What means that of two which was not spoken of last: "the other one"."""

    @property
    def NOTHING(self) -> AbstractSet[str]:  # noqa: N802
        """What says that nothing is to be kept: "nothing"."""

    @property
    def NO(self) -> AbstractSet[str]:  # noqa: N802
        """The first word of a thing that is not to be there: "no", "not"."""

    def list_named(self, words: str) -> str | None:
        """The name under which a list is kept ("shopping" of "my grocery"); None where the words name none."""

    def list_called(self, words: str) -> str | None:
        """The same of words that were said to be a list's name: "the list called ..."."""

    def errand(self, words: str) -> str | None:
        """The list by what is done with it ("buy", "to dos"); None where the words name none that everybody has."""
