"""How lists and notes are named in English."""

from __future__ import annotations

from typing import Final

LATEST: Final = frozenset({"last", "latest", "newest", "most recent", "recent"})
EVERY: Final = frozenset({"everything", "anything", "all", "all things", "all items", "all the things", "stuff"})
UNNAMED: Final = frozenset(
    {"something", "some things", "a few things", "things", "stuff", "an item", "a thing", "items"}
)
POINTED: Final = frozenset({"it", "that", "this", "them", "those", "these", "that one", "this one"})
ALL_OF_THEM: Final = frozenset(
    {"all", "all of them", "all of those", "each of them", "every one", "every one of them", "them all", "everything"}
)
BOTH: Final = frozenset({"both", "both of them", "both of those", "the two of them", "both timers", "both alarms"})
THE_OTHER: Final = frozenset({"other", "other one", "the other", "the other one"})
NOTHING: Final = frozenset({"nothing", "nothing at all", "nothing else", "nothing more", "none", "not a thing"})
NO: Final = frozenset({"no", "not", "don't", "never"})

_SHOPPING: Final = frozenset(
    {"shopping", "grocery", "groceries", "shop", "supermarket", "store", "market", "the shopping", "food shopping"}
)
_TO_DO: Final = frozenset(
    {"to do", "to-do", "todo", "to dos", "to-dos", "todos", "to do's", "task", "tasks", "chore", "chores", "errands"}
)
_BUY: Final = frozenset({"buy", "get", "shop for", "pick up", "get from the store", "buy at the store"})
_BEFORE: Final = ("my ", "our ", "the ", "a ", "an ", "this ", "that ", "your ", "new ")
_MOST_WORDS: Final = 4
"""Of a list's name: more are another sentence."""
_NO_NAMES: Final = frozenset(
    {
        *("price", "wine", "guest's", "waiting", "play", "contact", "contacts", "friend", "block", "danger", "a", "b"),
        *("of", "all", "every", "whole", "entire", "current", "existing", "complete", "full", "new", "old", "other"),
        *(
            "do",
            "another",
            "same",
            "first",
            "second",
            "last",
            "next",
            "today",
            "tomorrow",
            "tonight",
            "now",
            "later",
            "long",
        ),
    }
)
"""Lists that are none of the user's here, and what tells of a list without naming it."""
_IN_NO_NAME: Final = frozenset(
    {"me", "us", "my", "our", "your", "the", "this", "that", "a", "an", "is", "are", "on", "off", "from", "all", "you"}
)
"""Words that stand in no name: what has one is more than a name."""


def list_named(words: str) -> str | None:
    """See `Keeping.list_named`."""
    name = _plain(words)
    if name in _SHOPPING:
        return "shopping"
    if name in _TO_DO:
        return "to-do"
    words_of_it = name.split()
    if not name or name in _NO_NAMES or len(words_of_it) > _MOST_WORDS or not _IN_NO_NAME.isdisjoint(words_of_it):
        return None
    return name


def list_called(words: str) -> str | None:
    """See `Keeping.list_called`."""
    return list_named(words) or _plain(words) or None


def errand(words: str) -> str | None:
    """See `Keeping.errand`."""
    name = _plain(words)
    if name in _BUY | _SHOPPING:
        return "shopping"
    return "to-do" if name == "do" or name in _TO_DO else None


def _plain(words: str) -> str:
    name = " ".join(words.casefold().split())
    while name.startswith(_BEFORE):
        name = name.partition(" ")[2]
    return name.removesuffix(" lists").removesuffix(" list").removesuffix("'s").strip()
