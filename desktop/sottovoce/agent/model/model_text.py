"""What of a language model's output is its answer: without what it thinks, its markers, and going in circles."""

from __future__ import annotations

import re
from collections import Counter

from sottovoce.domain.words import words_of

_TOKEN = re.compile(
    r"<[|｜](?P<special>[^<>|｜\n]{0,64})[|｜]>"  # noqa: RUF001 - DeepSeek's are full-width
    r"|<(?P<end>/?)(?:seed:)?(?:think|thinking|thoughts?|reasoning|reflection|scratchpad)"
    r"(?:\s{1,3}[a-z_]{1,16}=[^<>\n]{0,64})?\s{0,3}/?>"
    r"|<unused(?:(?P<unused>94)|(?P<end_gemma>95))>"
    r"|\[(?P<end_mistral>/?)THINK\]"
    r"|◁(?P<end_kimi>/?)think▷"
    r"|(?P<turn><start_of_turn>)"
    r"|</s>|<end_of_turn>",
    re.IGNORECASE,
)
"""Marks by which models part their thinking from their answer, and one speaker from the next."""
_BEGUN = re.compile(
    r"(?:<(?:[|｜][^<>|｜\n]{0,64}[|｜]?"  # noqa: RUF001 - as above
    r"|/?[a-z:_]{0,15}(?:\s{1,3}[a-z_]{0,16}(?:=[^<>\n]{0,64})?)?\s{0,3}/?|unused9?[45]?)"
    r"|\[/?[A-Z]{0,5}|◁/?[a-z]{0,5})$",
    re.IGNORECASE,
)
"""The end of a text that may go on to be a mark."""
_SPEAKER = frozenset({"start", "im_start", "start_header_id"})
_OTHERS = ("user", "system", "human", "tool", "observation")
_OVER = frozenset({"im_end", "eot_id", "eom_id", "endoftext", "end_of_text", "end_of_sentence", "return"})
_THOUGHT = re.compile(
    r"(?P<end>/|end_(?:of_)?)?(?:start_(?:of_)?|begin_(?:of_)?)?(?:think|thinking|thoughts?|reasoning)"
)
"""Special marks around what a model thinks: "begin_of_thought", "/thinking"."""
_ENDS_OF_THOUGHT = ("end", "end_gemma", "end_mistral", "end_kimi")
_THINKS_FIRST = re.compile(r"(?:^|[-_/:.])r1(?:$|[-_/:.])|qwq|think|reason|magistral", re.IGNORECASE)
"""Names of models that begin with what they think, often without the opening mark."""

MOST_REPEATS = 2
"""A refrain is said twice; what comes a third time goes in circles."""
SENTENCE_WORDS = 3
"""Shorter ones ("Yes.") are said often."""
MOST_LOOPS = 4
"""Times the same words may follow each other ("no, no, no, no")."""
LONGEST_LOOP = 12
"""Words of a loop that is looked for where no sentence ends."""
_ENDS = ".!?…。！？\n"  # noqa: RUF001 - full stops of other scripts
_SENTENCE = re.compile(rf"[^{_ENDS}]+[{_ENDS}]+")
_WITH_GAP = re.compile(r"\S+\s*|\s+")


def thinks_first(model: str) -> bool:
    """Whether a model of this name begins with what it thinks, up to a mark that only ends it."""
    return bool(_THINKS_FIRST.search(model))


class ReplyFilter:
    """Lets through what of a stream of text is meant for the user; marks may be split anywhere."""

    def __init__(self, *, thinks_first: bool = False) -> None:
        """Begin an answer.

        Args:
            thinks_first: Keep all back until thinking ends, or the answer does.
        """
        self.over = False
        """Whether the model began to speak for somebody else: what follows is no answer."""
        self.closed_unopened = False
        """Whether thinking ended that never began: the next answer is to be kept back until then."""
        self._rest = ""
        self._hidden = False
        self._opened = False
        self._header: str | None = None
        self._kept: list[str] | None = [] if thinks_first else None
        self._begun = False
        self._shown_any = False

    def feed(self, text: str) -> str:
        """What is sure to be the answer's of all that came."""
        self._rest += text
        said = ""
        while not self.over and (mark := _TOKEN.search(self._rest)):
            said += self._let(self._rest[: mark.start()])
            self._rest = self._rest[mark.end() :]
            said = self._turn(mark, said)
        begun = _BEGUN.search(self._rest)
        sure = len(self._rest) if begun is None else begun.start()
        said += self._let(self._rest[:sure])
        self._rest = self._rest[sure:]
        return self._shown(said)

    def end(self) -> str:
        """What was kept back, now that nothing more comes."""
        said = self._let(self._rest)
        self._rest = ""
        said = "".join(self._kept or ()) + said
        self._kept = None
        return self._shown(said)

    def _let(self, text: str) -> str:
        """What of a text without marks is said."""
        if self._header is not None:
            self._header += text
            role, ended, text = self._header.partition("\n")
            if not ended:
                return ""
            self._header = None
            self._speaks(role)
        if self._hidden or self.over:
            return ""
        self._begun = self._begun or bool(text.strip())
        return text

    def _turn(self, mark: re.Match[str], said: str) -> str:
        """What a mark does to what was said before it."""
        if self._header is not None:
            role, self._header = self._header, None
            self._speaks(role)
        special = (mark["special"] or "").strip().lower().replace("▁", "_")
        thought = _THOUGHT.fullmatch(special)
        if any(mark[name] for name in _ENDS_OF_THOUGHT) or (thought and thought["end"]):
            self.closed_unopened = self.closed_unopened or not self._opened
            self._hidden = self._opened = False
            if self._kept is not None:  # all before was thinking
                self._kept, said = None, ""
        elif thought or mark["unused"] or any(mark[name] is not None for name in _ENDS_OF_THOUGHT):
            self._hidden = self._opened = True
        elif mark["special"] is not None:
            self._special(special)
        elif self._begun:
            self.over = True
        elif mark["turn"]:
            self._header = ""
        return said

    def _special(self, name: str) -> None:
        if name in _SPEAKER or name == "channel":
            self._header = ""
        elif name in _OVER and self._begun:
            self.over = True
        elif name == "end":
            self._hidden = False
        elif name in _OTHERS:
            self.over = True

    def _speaks(self, role: str) -> None:
        """Who speaks from here on, or in which channel."""
        role = role.strip().lower()
        if role.startswith(_OTHERS):
            self.over = True
        elif role.startswith(("analysis", "commentary")):
            self._hidden = self._opened = True
        elif role.startswith("final"):
            self._hidden = self._opened = False

    def _shown(self, said: str) -> str:
        if self._kept is not None:
            self._kept.append(said)
            return ""
        if not self._shown_any:
            said = said.lstrip()
        self._shown_any = self._shown_any or bool(said)
        return said


class Circles:
    """Ends a text where it begins to go in circles."""

    def __init__(self) -> None:
        """Begin a text."""
        self.closed = False
        """Whether what came last was said often enough before."""
        self._rest = ""
        self._said: Counter[tuple[str, ...]] = Counter()
        self._in_a_row = 0
        self._last: tuple[str, ...] = ()

    def until(self, text: str) -> str:
        """What of `text`, added to what came before, says nothing too often."""
        said = ""
        for word in _WITH_GAP.findall(text):
            self.closed = self.closed or self._closes(word)
            if self.closed:
                break
            said += word
        return said

    def _closes(self, word: str) -> bool:
        self._rest = (self._rest + word).lstrip(_ENDS)
        while ended := _SENTENCE.match(self._rest):
            self._rest = self._rest[ended.end() :]
            words = tuple(words_of(ended.group()))
            self._said[words] += len(words) >= SENTENCE_WORDS
            self._in_a_row = self._in_a_row + 1 if words and words == self._last else 1
            self._last = words
            if self._said[words] > MOST_REPEATS or self._in_a_row > MOST_LOOPS:
                return True
        return _loops(words_of(self._rest))


def _loops(words: list[str]) -> bool:
    """Whether the last words are the same few, over and over."""
    return any(
        len(words) > MOST_LOOPS * length + length - 1
        and all(words[-at] == words[-at - length] for at in range(1, MOST_LOOPS * length + 1))
        for length in range(1, LONGEST_LOOP + 1)
    )
