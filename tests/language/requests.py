"""What people ask, as the corpus has it: wrapped in politeness, noisy, and to be declined; what serves each of it.

`python -m tests.language.requests [en|de]` tells the figures and what fell short.
"""

from __future__ import annotations

import asyncio
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sottovoce.domain.effects import Effect
from tests.language.tried import home, outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sottovoce.agent.tools.tools import Tools

CORPUS = Path(__file__).parents[1] / "corpus"
DECLINED = "declined"
HELD_OUT = "# Written last"
"""What stands below this line was written last, and nothing was changed for it before it had been run."""

_BEFORE = {
    "en": {
        "question": ("can you tell me {}", "do you know {}", "hey {}", "i would like to know {}", "um {}", "so {}"),
        "order": ("please {}", "could you {}", "can you please {}", "would you {}", "i want you to {}", "hey {}"),
        "any": ("hey {}", "okay {}", "um {}", "well {}", "please {}", "hey sottovoce {}"),
        "behind": ("{} please", "{}", "{} thanks", "{}", "{} for me please", "{}"),
    },
    "de": {
        "question": ("kannst du mir sagen {}", "weißt du {}", "hey {}", "ähm {}", "sag mal {}", "also {}"),
        "order": ("bitte {}", "hey {}", "ähm {}", "okay {}", "also {}", "hallo {}"),
        "any": ("hey {}", "okay {}", "ähm {}", "also {}", "bitte {}", "hey sottovoce {}"),
        "behind": ("{} bitte", "{}", "{} danke", "{}", "{} bitte", "{}"),
    },
}
_QUESTION = {
    "en": re.compile(r"(?:what|when|where|who|which|how)\b"),
    "de": re.compile(r"(?!)"),  # a wrapped German question has another order of words
}
_ORDER = {
    "en": re.compile(
        r"(?:set|start|put|give|create|count|begin|time|make|cancel|delete|turn|add|remove|take|list|show|read|tell|wake"
        r"|remind|clear|empty|spell|roll|flip|toss|pick|open|launch|close|switch|lock|search|find|convert|calculate"
        r"|pause|resume|stop|snooze|skip|mute|unmute|repeat|move|schedule|book|write|choose)\b"
    ),
    "de": re.compile(r"(?:stell|lies|sag|lösch|füg|setz|mach|erinner|weck|öffne|spiel|wirf|such|zeig|nimm)\w*\b"),
}
_ARTICLES = {"en": {"a", "the", "my", "an"}, "de": {"der", "die", "das", "ein", "eine", "einen", "meine", "meinen"}}
_SOUNDS_LIKE = {
    "en": {"for": "four", "to": "too", "eight": "ate", "one": "won", "two": "to", "hour": "our", "by": "buy"},
    "de": {"den": "denn", "das": "dass", "seid": "seit", "ihr": "er"},
}
_UM = {"en": "um", "de": "ähm"}


@dataclass(frozen=True)
class Request:
    """One sentence and what serves it."""

    tool: str
    said: str
    words: tuple[str, ...]
    kind: str
    """`clean`, `wrapped`, `noisy` or `declined`."""
    held_out: bool


@dataclass(frozen=True)
class Found:
    """What came of it."""

    request: Request
    tool: str
    slots: tuple[str, ...]

    @property
    def right(self) -> bool:
        """Whether the tool served that should."""
        if self.request.kind == DECLINED:
            return not self.tool
        return self.tool == self.request.tool and set(self.request.words) <= set(self.slots)


def clean(tag: str) -> Iterator[Request]:
    """The sentences as they stand in the corpus."""
    tool, held_out = "", False
    for line in (CORPUS / f"requests_{tag}.txt").read_text("utf-8").splitlines():
        if line.startswith("#"):
            held_out |= line.startswith(HELD_OUT)
        elif line.startswith("["):
            tool = line.strip("[]")
        elif line.strip():
            said, *words = (part.strip() for part in line.split("|"))
            yield Request(tool, said, tuple(words), DECLINED if tool == DECLINED else "clean", held_out)


def requests(tag: str) -> Iterator[Request]:
    """Those, a third of them wrapped, and a quarter of them noisy besides."""
    for at, one in enumerate(clean(tag)):
        yield one
        if one.kind == DECLINED:
            continue
        if at % 3 == 0:
            yield Request(one.tool, wrapped(one.said, at, tag), one.words, "wrapped", one.held_out)
        if at % 4 == 0:
            said = noisy(one.said, at // 4, tag)
            whole = tuple(words for words in one.words if f" {words} " in f" {said} ")  # the noise is not within them
            yield Request(one.tool, said, whole, "noisy", one.held_out)


def wrapped(said: str, at: int, tag: str) -> str:
    """The sentence as a polite or slow person says it."""
    kind = "question" if _QUESTION[tag].match(said) else "order" if _ORDER[tag].match(said) else "any"
    forms = _BEFORE[tag]
    before = forms[kind][at // 3 % len(forms[kind])]
    return forms["behind"][at // 18 % len(forms["behind"])].format(before.format(said))


def noisy(said: str, at: int, tag: str) -> str:
    """The sentence as it is heard in a noisy room, or from somebody who stumbles."""
    words = said.split()
    for turn in range(5):
        match (at + turn) % 5:
            case 0 if len(words) > 2:
                return " ".join([*words[:2], _UM[tag], *words[2:]])
            case 1 if len(words) > 2:
                return " ".join([*words[:2], *words[1:]])
            case 2 if found := [place for place, word in enumerate(words) if place and word in _ARTICLES[tag]]:
                return " ".join([*words[: found[0]], *words[found[0] + 1 :]])
            case 3 if found := [place for place, word in enumerate(words) if place and word in _SOUNDS_LIKE[tag]]:
                return " ".join([*words[: found[0]], _SOUNDS_LIKE[tag][words[found[0]]], *words[found[0] + 1 :]])
            case 4 if len(words) > 3:
                return " ".join([*words[:2], *words])
    return f"{_UM[tag]} {said}"


async def served(tag: str, asked: Sequence[Request]) -> list[Found]:
    """What serves each of them, said by itself to somebody unknown."""
    found = []
    for one in asked:
        came = await outcome(tag, (), one.said)
        slots = tuple(words.lower() for words in came.slots.values())
        found.append(Found(one, came.intent if came.served else "", slots))
    return found


def figures(found: Sequence[Found]) -> dict[str, tuple[int, int]]:
    """By kind, how many were right of how many; with those written last by themselves."""
    right, all_of = Counter[str](), Counter[str]()
    for one in found:
        for kind in (one.request.kind, *([f"{one.request.kind}, written last"] if one.request.held_out else [])):
            all_of[kind] += 1
            right[kind] += one.right
    return {kind: (right[kind], count) for kind, count in sorted(all_of.items())}


def wrong_acts(found: Sequence[Found], tools: Tools) -> list[Found]:
    """Those by which something was done that nobody asked for."""
    effects = {tool.name: tool.effect for tool in tools}
    return [one for one in found if not one.right and one.tool and effects.get(one.tool) is not Effect.READ]


async def _report(tag: str) -> None:
    found = await served(tag, tuple(requests(tag)))
    async with home(tag) as (_, tools):
        acts = wrong_acts(found, tools)
    for one in found:
        if not one.right:
            asked = one.request
            sys.stdout.write(f"{asked.kind:9} {asked.said!r}: {asked.tool} <> {one.tool or '-'} {one.slots}\n")
    for kind, (right, count) in figures(found).items():
        sys.stdout.write(f"{kind:24} {right:5} of {count:5}  {100 * right / count:5.1f} %\n")
    sys.stdout.write(f"{'wrong acts':24} {len(acts):5} of {len(found):5}  {100 * len(acts) / len(found):5.1f} %\n")


if __name__ == "__main__":
    asyncio.run(_report(sys.argv[1] if len(sys.argv) > 1 else "en"))
