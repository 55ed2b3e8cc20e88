"""What is wrong between the catalogue and the code: keys that nobody has or uses, other values, English in the code."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from sottovoce.domain import errors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tools.words.catalogues import Message

PACKAGE: Final = Path(errors.__file__).parents[1]
LEFT: Final = Path(__file__).parent / "left.toml"
"""How many English texts may stand in a file of code: none, but where it says why (`Allowed`)."""
RENDERERS: Final = frozenset({"said", "words", "text"})
"""Functions and methods whose first argument is a key, and whose named ones are its values."""
_ENGLISH: Final = re.compile(r"[A-Za-z]{2,}[,;:]? [A-Za-z(`]")
_CODE: Final = re.compile(
    r"^\s*(SELECT|INSERT|UPDATE|DELETE FROM|CREATE|PRAGMA|BEGIN|ALTER|DROP|WITH|ATTACH|VACUUM|ANALYZE)\b"
    r"|\(\?[:P=!<]|\\[bsSwd]|\[\^|\* \d|QWidget|border|padding:"
)
_NOT_SHOWN: Final = frozenset(
    {
        "debug",
        "info",
        "warning",
        "error",
        "exception",
        "log",
        "log_bug",
        "critical",
        "compile",
        "execute",
        "executemany",
    }
    | {"ValueError", "TypeError", "RuntimeError", "AssertionError", "NotImplementedError", "LookupError", "KeyError"}
    | {"OSError", "Bug", "word_set", "frozenset", "TypeVar", "ContextVar", "Literal", "cast", "NewType", "split"}
    | {"Path", "search", "match", "fullmatch", "finditer", "startswith", "endswith", "removeprefix", "removesuffix"}
    | {"partition", "rpartition"}
)


@dataclass(frozen=True, slots=True)
class Use:
    """A call that renders a message."""

    where: str
    key: str
    values: frozenset[str] | None
    """The values given; None if the call unpacks a mapping."""


Module: TypeAlias = tuple[str, tuple[ast.AST, ...]]
"""Where it stands, and all that is in it."""


def modules() -> tuple[Module, ...]:
    """Every module of the program: half a million nodes, for as long as somebody holds them."""
    return tuple(
        (path.relative_to(PACKAGE.parent).as_posix(), tuple(ast.walk(ast.parse(path.read_text("utf-8"), str(path)))))
        for path in sorted(PACKAGE.rglob("*.py"))
    )


def faults(english: dict[str, Message], code: Iterable[Module]) -> Iterator[str]:
    """One line a fault of these modules."""
    named = {key: key for key in english}
    named |= {f"{key}.{attribute}": key for key, one in english.items() for attribute in one.attributes}
    used: set[str] = {f"error-{one.code}" for one in _errors(errors.SottovoceError)}
    for where, nodes in code:
        constants = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
        used |= {named[text] for text in constants if text in named}
        yield from _built(where, nodes)
        for use in _calls(where, nodes):
            if use.key not in named:
                yield f"{use.where}: no message {use.key}"
            elif use.values is not None and use.values != english[named[use.key]].values:
                wanted = sorted(english[named[use.key]].values)
                yield f"{use.where}: {use.key} has the values {wanted}, not {sorted(use.values)}"
    references = set().union(*(one.references for one in english.values())) if english else set()
    for key in sorted(english.keys() - used - references):
        yield f"en: {key} is used nowhere"


def _errors(parent: type[errors.SottovoceError]) -> Iterator[type[errors.SottovoceError]]:
    yield parent
    for child in parent.__subclasses__():
        yield from _errors(child)


def _renders(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and _called(node) in RENDERERS and bool(node.args)


def _called(node: ast.Call) -> str:
    function = node.func
    return (
        function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    )


def _calls(where: str, nodes: Iterable[ast.AST]) -> Iterator[Use]:
    for node in nodes:
        if not isinstance(node, ast.Call) or not _renders(node):
            continue
        unpacks = any(one.arg is None for one in node.keywords)
        values = None if unpacks else frozenset(one.arg for one in node.keywords if one.arg)
        for key in _literals(node.args[0]):
            if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+(\.[a-z]+)?", key):
                yield Use(f"{where}:{node.lineno}", key, values)


def _literals(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)


def _built(where: str, nodes: Iterable[ast.AST]) -> Iterator[str]:
    """Keys that are put together, which no search finds."""
    if where.startswith("sottovoce/language/"):
        return
    for node in nodes:
        if isinstance(node, ast.Call) and _renders(node) and isinstance(node.args[0], ast.JoinedStr | ast.BinOp):
            yield f"{where}:{node.lineno}: a key is written whole, never put together"


# --- English in the code ----------------------------------------------------------------------------------------------


def english_texts(code: Iterable[Module]) -> dict[str, list[str]]:
    """File → English texts in these modules that people may be shown, with their lines."""
    found: dict[str, list[str]] = {}
    for where, nodes in code:
        if not where.startswith("sottovoce/language/") and (texts := english_in(nodes)):
            found[where] = texts
    return found


def english_in(nodes: Sequence[ast.AST]) -> list[str]:
    """The same of all that is in one file."""
    english = [
        (node, node.value)
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if _ENGLISH.search(node.value) and not _CODE.search(node.value)
    ]
    quiet = _quiet(nodes) if english else set()
    return [f"{node.lineno}: {text[:60]!r}" for node, text in english if id(node) not in quiet]


@dataclass(frozen=True, slots=True)
class Allowed:
    """English texts that may stand in a file."""

    texts: int = 0
    why: str = ""
    """What they are, if not words for people ("SQL"); empty for those that are still to become messages."""

    def __str__(self) -> str:
        """As `left.toml` writes it."""
        why = json.dumps(self.why, ensure_ascii=False)
        return f"{{ texts = {self.texts}, why = {why} }}" if self.why else str(self.texts)


def allowed(left: Path = LEFT) -> dict[str, Allowed]:
    """File → what may stand there."""
    raw = tomllib.loads(left.read_text("utf-8")) if left.exists() else {}
    return {where: Allowed(one) if isinstance(one, int) else Allowed(**one) for where, one in raw.items()}


def as_today(found: dict[str, list[str]], before: dict[str, Allowed]) -> dict[str, Allowed]:
    """What may stand there from now on: what is there today, and no more than before where a reason is given."""
    allowed_today = {}
    for where, texts in sorted(found.items()):
        known = before.get(where, Allowed())
        allowed_today[where] = Allowed(min(len(texts), known.texts) if known.why else len(texts), known.why)
    return allowed_today


def too_english(code: Iterable[Module]) -> Iterator[str]:
    """Files with more English than they may have."""
    left = allowed()
    for where, texts in english_texts(code).items():
        most = left.get(where, Allowed()).texts
        if len(texts) > most:
            yield f"{where}: {len(texts)} English texts, {most} may be there:"
            yield from (f"    {text}" for text in texts)


def _quiet(nodes: Iterable[ast.AST]) -> set[int]:
    """Constants that no user sees: docstrings, what is logged, what a programmer's error says, patterns."""
    quiet: set[int] = set()

    def silence(node: ast.AST) -> None:
        quiet.update(id(one) for one in ast.walk(node) if isinstance(one, ast.Constant))

    for node in nodes:
        match node:
            case ast.Expr(value=ast.Constant()) | ast.Assert() | ast.Compare():
                silence(node)
            case ast.Call() if _called(node) in _NOT_SHOWN:
                silence(node)
            case ast.Call() if _called(node) == "create_task":  # a task's name is for who debugs
                for keyword in node.keywords:
                    silence(keyword)
            case ast.Assign(targets=[ast.Name(id="message")]):  # message = "…"; raise ValueError(message)
                silence(node)
            case ast.AnnAssign(annotation=ast.Name(id="TypeAlias")):
                silence(node)
            case ast.AnnAssign(annotation=annotation) | ast.arg(annotation=ast.expr() as annotation):
                silence(annotation)
    return quiet
