"""What people asked who had never seen the templates: sets written one after the other, each run before it was read.

`python -m tests.language.unforeseen [en|de] [FILE]` tells how much of each set is served, and what is not.
"""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sottovoce.domain.effects import Effect
from tests.language.requests import CORPUS, DECLINED, Request, served
from tests.language.tried import home

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.language.requests import Found

_LITTLE = frozenset(
    "a an the my our some of for to in on at that this from about with any more please it"  # noqa: SIM905
    " der die das den dem ein eine einen mein meine meinen um am im auf für von bis zum zur".split()
)
"""Words that a slot may hold or not."""
_ALSO = {
    ("math.share", "math.calculate"),
    ("list.add", "list.put"),
    *((f"{kind}.move", f"{kind}.{way}") for kind in ("alarm", "calendar", "reminder") for way in ("later", "earlier")),
}
"""Tools that serve the same."""


@dataclass(frozen=True)
class Outcome:
    """What came of one of them."""

    group: str
    request: Request
    tool: str
    served: bool

    acts: bool = False
    """Whether that tool does more than tell something."""

    @property
    def wrong(self) -> bool:
        """Whether something else was done, or told, than what was asked."""
        asked, done = self.request.tool, self.tool
        if self.served or not done or done == asked:
            return False
        return self.acts or done.partition(".")[0] != asked.partition(".")[0]


def unforeseen(path: Path) -> Iterator[tuple[str, Request]]:
    """The sentences with the name of their set, as they stand in a file."""
    group, tool = "", ""
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("##"):
            group = line.removeprefix("##").strip()
        elif line.startswith("["):
            tool = line.strip("[] ")
        elif line.strip() and not line.startswith("#"):
            said, *words = (part.strip() for part in line.split("|"))
            yield group, Request(tool, said, tuple(words), DECLINED if tool == DECLINED else "clean", held_out=True)


async def outcomes(tag: str, path: Path) -> list[Outcome]:
    """What comes of each of them."""
    asked = list(unforeseen(path))
    found = await served(tag, [one for _, one in asked])
    async with home(tag) as (_, tools):
        act = {tool.name for tool in tools if tool.effect is not Effect.READ}
    return [
        Outcome(group, one, came.tool, _serves(came), came.tool in act)
        for (group, one), came in zip(asked, found, strict=True)
    ]


def _serves(found: Found) -> bool:
    asked = found.request
    if asked.kind == DECLINED:
        return not found.tool
    if found.tool not in {asked.tool, f"{asked.tool}_all"} and (asked.tool, found.tool) not in _ALSO:
        return False
    held = {word for slot in found.slots for word in slot.split()}
    return all(word in held for words in asked.words for word in words.split() if word not in _LITTLE)


def figures(found: Sequence[Outcome]) -> dict[str, tuple[int, int]]:
    """By set, and by what is to be served or declined, how many were right of how many."""
    right, all_of = Counter[str](), Counter[str]()
    for one in found:
        kind = "declined" if one.request.kind == DECLINED else "served"
        for name in (kind, f"{one.group}, {kind}"):
            all_of[name] += 1
            right[name] += one.served
    return {name: (right[name], count) for name, count in all_of.items()}


async def _report(tag: str, path: Path) -> None:
    found = await outcomes(tag, path)
    for one in found:
        if not one.served:
            how = "wrong" if one.wrong else "other" if one.tool else "-"
            sys.stdout.write(f"{how:5} {one.request.said!r}: {one.request.tool} <> {one.tool or '-'}\n")
    for name, (right, count) in figures(found).items():
        sys.stdout.write(f"{name:50} {right:5} of {count:5}  {100 * right / count:5.1f} %\n")
    wrong = sum(one.wrong for one in found)
    sys.stdout.write(f"{'wrong':50} {wrong:5} of {len(found):5}  {100 * wrong / len(found):5.1f} %\n")


if __name__ == "__main__":
    language = sys.argv[1] if len(sys.argv) > 1 else "en"
    file = Path(sys.argv[2]) if len(sys.argv) > 2 else CORPUS / f"unforeseen_{language}.txt"
    asyncio.run(_report(language, file))
