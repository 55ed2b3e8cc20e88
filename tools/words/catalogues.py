"""What is wrong between the catalogues: missing, stale and misplaced messages, other placeholders."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fluent.syntax import FluentSerializer, ast
from fluent.syntax.visitor import Visitor

from sottovoce.language import ENGLISH, language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.words.compile import Source

OF_WHOM: Final = frozenset({"manner", "tone", "closeness", "name"})
"""Values that every answer (`say/`) has: what is known of whom it is said to."""
_MADE_FROM: Final = re.compile(r"^en: (?P<hash>[0-9a-f]{8})$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Message:
    """One message of one language."""

    key: str
    file: str
    values: frozenset[str]
    functions: frozenset[str]
    attributes: frozenset[str]
    references: frozenset[str]
    """Other messages that it holds."""
    hash: str
    """Of its own text."""
    made_from: str
    """The hash of the English text that it translates, as its comment says: `# en: 01234567`."""


class _Names(Visitor):
    def __init__(self) -> None:
        self.values: set[str] = set()
        self.functions: set[str] = set()
        self.references: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 - as the visitor calls it
        self.values.add(node.id.name)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:  # noqa: N802 - as the visitor calls it
        self.references.add(node.id.name)

    def visit_FunctionReference(self, node: ast.FunctionReference) -> None:  # noqa: N802 - as the visitor calls it
        self.functions.add(node.id.name)
        self.generic_visit(node)


def messages(sources: list[Source]) -> dict[str, dict[str, Message]]:
    """Language → key → message."""
    found: dict[str, dict[str, Message]] = {}
    for source in sources:
        for node in source.messages():
            found.setdefault(source.language, {})[node.id.name] = _message(source, node)
    return {tag: {key: _whole(one, theirs) for key, one in theirs.items()} for tag, theirs in found.items()}


def _whole(message: Message, others: dict[str, Message]) -> Message:
    """With the values of the messages it holds."""
    values, seen, waiting = set(message.values), {message.key}, list(message.references)
    while waiting:
        key = waiting.pop()
        if key in others and key not in seen:
            seen.add(key)
            values |= others[key].values
            waiting += others[key].references
    return dataclasses.replace(message, values=frozenset(values))


def _message(source: Source, node: ast.Message) -> Message:
    names = _Names()
    names.visit(node)
    bare = node.clone()
    bare.comment = None
    text = FluentSerializer().serialize_entry(bare)
    comment = (node.comment.content or "") if node.comment else ""
    found = _MADE_FROM.search(comment)
    return Message(
        key=node.id.name,
        file=f"{source.path.parent.name}/{source.path.name}",
        values=frozenset(names.values) - (OF_WHOM if source.path.parent.name == "say" else frozenset()),
        functions=frozenset(names.functions),
        attributes=frozenset(one.id.name for one in node.attributes),
        references=frozenset(names.references),
        hash=hashlib.sha256(text.encode()).hexdigest()[:8],
        made_from=found["hash"] if found else "",
    )


def faults(sources: list[Source], everything: dict[str, dict[str, Message]]) -> Iterator[str]:
    """One line a fault of what stands in the sources, with all their messages."""
    yield from _misplaced(sources)
    english = everything.get(ENGLISH, {})
    for tag, theirs in everything.items():
        functions = language(tag).grammar.functions
        for one in theirs.values():
            for name in sorted(one.functions - set(functions)):
                yield f"{tag}: {one.key}: no function {name} in its grammar"
        if tag != ENGLISH:
            yield from _against(tag, theirs, english)


def _misplaced(sources: list[Source]) -> Iterator[str]:
    seen: dict[tuple[str, str], str] = {}
    for source in sources:
        for node in source.messages():
            key = node.id.name
            if key.partition("-")[0] != source.name:
                yield f"{source.language}: {key} stands in {source.path.name}: its first word must be the file's name"
            where = seen.setdefault((source.language, key), source.path.name)
            if sum(one.id.name == key for one in source.messages()) > 1 or where != source.path.name:
                yield f"{source.language}: {key} stands twice"


def _against(tag: str, theirs: dict[str, Message], english: dict[str, Message]) -> Iterator[str]:
    for key in sorted(english.keys() - theirs.keys()):
        yield f"{tag}: {key} is missing"
    for key in sorted(theirs.keys() - english.keys()):
        yield f"{tag}: {key} translates nothing"
    for key in sorted(english.keys() & theirs.keys()):
        mine, original = theirs[key], english[key]
        if mine.values != original.values:
            yield f"{tag}: {key} has the values {sorted(mine.values)}, not {sorted(original.values)}"
        if mine.attributes != original.attributes:
            yield f"{tag}: {key} has the attributes {sorted(mine.attributes)}, not {sorted(original.attributes)}"
        if mine.made_from != original.hash:
            yield f"{tag}: {key} is stale: look at it, then write `# en: {original.hash}` above it"
