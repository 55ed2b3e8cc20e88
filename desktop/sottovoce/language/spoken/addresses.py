"""Addresses of pages, people and files, said as shortly as a person would."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sottovoce.language.spoken.rules import one_of, rule

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sottovoce.language.spoken.rules import Rule

_WORDS: Final = re.compile(r"[^\W\d_]+|\d+|[.@+-]")
_END: Final = r"(?:[^\s<>\"“”()\[\]{}|,;:!?'.]|[.,;:!?'](?=[^\s<>\"“”)\]}|]))"
_ROOTS: Final = "bin|boot|dev|etc|home|lib|mnt|opt|proc|root|run|srv|sys|tmp|usr|var"
_DOMAINS: Final = one_of(
    [
        *("com", "org", "net", "edu", "gov", "de", "uk", "io", "fr", "eu", "nl", "at", "ch", "us", "info", "dev"),
        *("app", "it", "es", "pl", "se", "no", "fi", "dk", "be", "ca", "au", "nz", "jp", "cn", "br", "tv"),
    ]
)
"""Ends of addresses that are told from file names and missing spaces."""
_ALSO_WORDS: Final = frozenset({"c", "h", "go", "key"})
"""Endings of files that are no sign of one by themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressWords:
    """What a language says in addresses."""

    between: Mapping[str, str]
    """For ".", "@", "+" and "-"."""
    page: str
    """Of an address with more than its host, as in "a page on {host}"."""
    port: str
    inside: str
    """As in "{file} in {folder}"."""
    drive: str
    kinds: Mapping[str, str]
    """Endings of files as they are said."""
    places: Mapping[str, str]
    """"~", "." and ".."."""
    cardinal: Callable[[int], str]
    digits: Callable[[str], str]


class _Addresses:
    """The rules with the words of one language."""

    def __init__(self, words: AddressWords) -> None:
        self._words = words

    def _said(self, text: str) -> str:
        """The words in a name with what stands between them."""
        between = self._words.between
        parts = _WORDS.findall(text)
        return " ".join(between.get(part) or (self._number(part) if part.isdecimal() else part) for part in parts)

    def _number(self, text: str) -> str:
        one_by_one = text.startswith("0") or len(text) > len("2026")
        return self._words.digits(text) if one_by_one else self._words.cardinal(int(text))

    def page(self, match: re.Match[str]) -> str:
        host = self._said(match["host"].rpartition("@")[2].removeprefix("www.").rstrip("."))
        port = f" {self._words.port} {self._number(match['port'])}" if match["port"] else ""
        rest = (match["rest"] or "").strip("/")
        return f"{self._words.page.format(host=host) if rest else host}{port}"

    def mail(self, match: re.Match[str]) -> str:
        return self._said(match[0].removeprefix("mailto:"))

    def _file_name(self, text: str) -> str:
        stem, dot, kind = text.rpartition(".")
        said = self._words.kinds.get(kind.lower())
        if not stem or said is None:
            return self._said(text)
        return f"{self._said(stem)} {self._words.between['.'] if dot else ''} {said}"

    def path(self, match: re.Match[str]) -> str:
        """The last part and the folder it is in: as much as a listener can keep."""
        *folders, name = (part for part in re.split(r"[/\\]", match[0]) if part)
        said = self._words.places.get(name) or self._drive(name) or self._file_name(name)
        if not folders:
            return said
        within = folders[-1]
        folder = self._words.places.get(within) or self._drive(within) or self._said(within)
        return self._words.inside.format(file=said, folder=folder)

    def _drive(self, name: str) -> str:
        return f"{self._words.drive} {name[0].upper()}" if name[1:] == ":" else ""


def addresses(words: AddressWords) -> tuple[Rule, ...]:
    """What is told before the words in it are looked at."""
    of = _Addresses(words)
    kinds = one_of(words.kinds.keys() - _ALSO_WORDS)
    return (
        rule(r"(?:mailto:)?[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9](?:[\w-]|\.(?=\w)){0,200}", of.mail),
        rule(
            rf"(?:https?|ftp|file|wss?)://(?P<host>[^\s/?#:<>\"()\[\]{{}}|]{{1,200}})(?::(?P<port>\d{{1,5}}))?"
            rf"(?P<rest>[/?#]{_END}*)?",
            of.page,
            re.IGNORECASE,
        ),
        rule(
            r"(?P<host>(?:www\.[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"
            rf"|(?:[a-z0-9][a-z0-9-]{{0,62}}\.){{1,5}}(?:{_DOMAINS}))(?![\w@]))"
            rf"(?::(?P<port>\d{{1,5}}))?(?P<rest>[/?#]{_END}*)?",
            of.page,
            re.IGNORECASE,
        ),
        rule(rf"(?:[A-Za-z]:\\|~/|\.{{1,2}}/|/(?=[\w.~-]+/|(?:{_ROOTS})\b)){_END}*", of.path),
        rule(rf"[\w.-]{{1,80}}(?:[/\\][\w.-]{{1,80}}){{0,12}}\.(?:{kinds})(?![\w/\\])", of.path),
    )
