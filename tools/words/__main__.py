"""Compile the catalogues, or see what is wrong with them.

    python -m tools.words            compile every `.ftl` file
    python -m tools.words --check    what is stale, missing, misnamed, or English outside of a catalogue
    python -m tools.words --left     write down how much English stands where, only ever to fewer
                                     (by hand, where some stays: `"FILE" = { texts = 3, why = "SQL" }`)
    python -m tools.words --accept de [KEY…]    mark these translations (all without KEY) as made from today's English

The exit code is 1 if something is wrong.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from sottovoce.language import ENGLISH
from tools.words import catalogues, uses
from tools.words.compile import LANGUAGES, FluentWrong, compiled, sources

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tools.words.compile import Source


def made(found: list[Source]) -> dict[Path, str]:
    """Every compiled file."""
    return {LANGUAGES / one.language / "compiled" / f"{one.name}.json": compiled(one) for one in found}


def faults() -> Iterator[str]:
    """One line a fault of the catalogues, or of the code that uses them."""
    found = sources()
    wanted = made(found)
    for path, text in wanted.items():
        if not path.exists() or path.read_text("utf-8") != text:
            yield f"{path.relative_to(LANGUAGES)} is stale: run `python -m tools.words`"
    for path in LANGUAGES.glob("*/compiled/*.json"):
        if path not in wanted:
            yield f"{path.relative_to(LANGUAGES)} has no source"
    messages, code = catalogues.messages(found), uses.modules()
    yield from catalogues.faults(found, messages)
    yield from uses.faults(messages.get(ENGLISH, {}), code)
    yield from uses.too_english(code)


def compile_all() -> None:
    """Write every compiled file that is not so yet, and remove what has no source."""
    wanted = made(sources())
    for path, text in wanted.items():
        path.parent.mkdir(exist_ok=True)
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
    for path in LANGUAGES.glob("*/compiled/*.json"):
        if path not in wanted:
            path.unlink()


def accept(tag: str, keys: list[str]) -> None:
    """Write above each translation which English it was made from."""
    found = sources()
    english = catalogues.messages(found)[ENGLISH]
    for source in (one for one in found if one.language == tag):
        lines: list[str] = []
        for line in source.path.read_text("utf-8").splitlines():
            key = match[0] if (match := re.match(r"[a-z][a-z0-9-]*(?= *=)", line)) else ""
            if key in english and (not keys or key in keys):
                if lines and lines[-1].startswith("# en: "):
                    lines.pop()
                lines.append(f"# en: {english[key].hash}")
            lines.append(line)
        source.path.write_text("\n".join(lines) + "\n", "utf-8")


def write_left() -> None:
    """Allow what there is today."""
    present = uses.as_today(uses.english_texts(uses.modules()), uses.allowed())
    uses.LEFT.write_text("".join(f'"{where}" = {one}\n' for where, one in present.items()), "utf-8")


def main(arguments: list[str]) -> int:
    """Exit code: 1 if something is wrong."""
    try:
        match arguments:
            case ["--check"]:
                wrong = list(faults())
                print(*wrong, sep="\n", end="\n" if wrong else "")
                return 1 if wrong else 0
            case ["--left"]:
                write_left()
            case ["--accept", tag, *keys]:
                accept(tag, keys)
            case []:
                compile_all()
            case _:
                print(__doc__)
                return 2
    except FluentWrong as wrong:
        print(wrong)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
