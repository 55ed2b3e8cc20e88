"""Addresses of pages, people and files, said as shortly as a person would."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sottovoce.talk.spoken.english import DOMAINS, FILE_KINDS, PLACES
from sottovoce.talk.spoken.numbers import cardinal, digits
from sottovoce.talk.spoken.rules import one_of, rule

if TYPE_CHECKING:
    from sottovoce.talk.spoken.rules import Rule

_WORDS: Final = re.compile(r"[^\W\d_]+|\d+|[.@+-]")
_END: Final = r"(?:[^\s<>\"“”()\[\]{}|,;:!?'.]|[.,;:!?'](?=[^\s<>\"“”)\]}|]))"


def _said(text: str) -> str:
    """The words in a name with what stands between them."""
    between = {".": "dot", "@": "at", "+": "plus", "-": "dash"}
    said = [between.get(word) or (_number(word) if word.isdecimal() else word) for word in _WORDS.findall(text)]
    return " ".join(said)


def _number(text: str) -> str:
    return digits(text) if text.startswith("0") or len(text) > len("2026") else cardinal(int(text))


def _page(match: re.Match[str]) -> str:
    host = match["host"].rpartition("@")[2].removeprefix("www.").rstrip(".")
    port = f" port {_number(match['port'])}" if match["port"] else ""
    rest = (match["rest"] or "").strip("/")
    return f"{'a page on ' if rest else ''}{_said(host)}{port}"


def _mail(match: re.Match[str]) -> str:
    return _said(match[0].removeprefix("mailto:"))


def _file_name(text: str) -> str:
    stem, dot, kind = text.rpartition(".")
    if not stem or kind.lower() not in FILE_KINDS:
        return _said(text)
    return f"{_said(stem)} {'dot' if dot else ''} {FILE_KINDS[kind.lower()]}"


def _path(match: re.Match[str]) -> str:
    """The last part and the folder it is in: as much as a listener can keep."""
    *folders, name = (part for part in re.split(r"[/\\]", match[0]) if part)
    said = PLACES.get(name) or _drive(name) or _file_name(name)
    if not folders:
        return said
    folder = folders[-1]
    return f"{said} in {PLACES.get(folder) or _drive(folder) or _said(folder)}"


def _drive(name: str) -> str:
    return f"drive {name[0].upper()}" if name[1:] == ":" else ""


_ROOTS: Final = "bin|boot|dev|etc|home|lib|mnt|opt|proc|root|run|srv|sys|tmp|usr|var"
_TOLD_KINDS: Final = one_of(set(FILE_KINDS) - {"c", "h", "go", "key"})

ADDRESSES: Final[tuple[Rule, ...]] = (
    rule(r"(?:mailto:)?[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9](?:[\w-]|\.(?=\w)){0,200}", _mail),
    rule(rf"(?:https?|ftp|file|wss?)://(?P<host>[^\s/?#:<>\"()\[\]{{}}|]{{1,200}})(?::(?P<port>\d{{1,5}}))?(?P<rest>[/?#]{_END}*)?",
         _page, re.IGNORECASE),
    rule(rf"(?P<host>(?:www\.[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,5}}|(?:[a-z0-9][a-z0-9-]{{0,62}}\.){{1,5}}(?:{one_of(DOMAINS)}))(?![\w@]))"
         rf"(?::(?P<port>\d{{1,5}}))?(?P<rest>[/?#]{_END}*)?", _page, re.IGNORECASE),
    rule(rf"(?:[A-Za-z]:\\|~/|\.{{1,2}}/|/(?=[\w.~-]+/|(?:{_ROOTS})\b)){_END}*",
         _path),
    rule(rf"[\w.-]{{1,80}}(?:[/\\][\w.-]{{1,80}}){{0,12}}\.(?:{_TOLD_KINDS})(?![\w/\\])",
         _path),
)  # fmt: skip
"""What is told before the words in it are looked at."""
