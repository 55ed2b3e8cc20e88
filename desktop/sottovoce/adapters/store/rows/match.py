"""Finding what shares words with a text, the best match first. Runs on its connection's own thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sottovoce.adapters.store.rows.messages import MOST_RANKED, newest_hits, quoted_parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    import sqlcipher3.dbapi2 as sqlite

MOST_DISTINCTIVE = 8
"""Words that are ranked by, the rarest of a text: bm25 goes through all hits of each, 1 ms for 100k."""
EVERYWHERE = 4
"""A word that more than one in so many of the newest rows holds says next to nothing, and costs the most."""


@dataclass(frozen=True, slots=True, order=True)
class _SearchTerm:
    """How often a word is there: its hits up to `MOST_RANKED`, and the oldest of these, which is older for a rarer."""

    hits: int
    oldest: int
    quoted: str


@dataclass(frozen=True, slots=True)
class WordIndex:
    """A word index whose rank is a bm25."""

    connection: sqlite.Connection
    table: str
    owner: str = ""
    """An FTS5 query that every row must match too; empty for none."""

    def best(self, text: str, limit: int) -> list[tuple[int, float]]:
        """Rows that hold any of the words of any text.

        Up to `MOST_RANKED` hits are all ranked, by all words. Among more, those of words with fewer hits than that are
        ranked, so that no "the" keeps what is older from being found; words that are everywhere add nothing, other
        common ones add to the score, and the rare ones count twice. If that gives fewer than `limit`, the newest
        `MOST_RANKED` hits of the rarest common word follow.

        Returns:
            Row number and score (positive) of each, the best first, of equal ones the newer first.
        """
        words = list(dict.fromkeys(quoted_parts(text)))
        if not words or limit <= 0:
            return []
        if self._measured(_any_of(words)).hits < MOST_RANKED:
            return self._ranked(_any_of(words), 0, limit)
        known = sorted(word for word in map(self._measured, words) if word.hits)
        distinctive = self._distinctive(known)[:MOST_DISTINCTIVE] or known[:1]
        score = [word.quoted for word in distinctive]
        rare = [word.quoted for word in distinctive if word.hits < MOST_RANKED]
        found = dict(self._ranked(_chosen(rare, score), 0, limit) if rare else ())
        common = next((word for word in known if word.hits == MOST_RANKED), None)
        if len(found) < limit and common is not None:
            found = dict(self._ranked(_chosen([common.quoted], score), common.oldest, limit)) | found
        return sorted(found.items(), key=lambda row: (-row[1], -row[0]))[:limit]

    def _distinctive(self, known: Sequence[_SearchTerm]) -> list[_SearchTerm]:
        """The words that few enough rows hold to tell them apart."""
        (newest,) = self.connection.execute(f"SELECT ifnull(max(rowid), 0) FROM {self.table}").fetchone()  # noqa: S608 - our own name
        oldest = self._measured("").oldest if self.owner else newest - MOST_RANKED
        return [w for w in known if w.hits < MOST_RANKED or newest - w.oldest >= EVERYWHERE * (newest - oldest)]

    def _measured(self, query: str) -> _SearchTerm:
        return _SearchTerm(*newest_hits(self.connection, self.table, self._owned(query)), query)

    def _ranked(self, query: str, oldest: int, limit: int) -> list[tuple[int, float]]:
        found = self.connection.execute(
            f"SELECT rowid, -rank FROM {self.table} WHERE {self.table} MATCH ? AND rowid >= ?"  # noqa: S608 - our own name
            " ORDER BY rank, rowid DESC LIMIT ?",
            (self._owned(query), oldest, limit),
        ).fetchall()
        return [(int(number), float(score)) for number, score in found]

    def _owned(self, query: str) -> str:
        return " AND ".join(part for part in (self.owner, query) if part)


def _chosen(words: Sequence[str], score: Sequence[str]) -> str:
    """What holds any of `words`, to be ranked by `score` too."""
    return " AND ".join(dict.fromkeys([_any_of(words), _any_of([*words, *(w for w in score if w not in words)])]))


def _any_of(words: Sequence[str]) -> str:
    return f"({' OR '.join(words)})"
