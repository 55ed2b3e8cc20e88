"""For administrators: a pair of keys for recovery codes, and opening what is sealed to it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sottovoce.adapters.escrow import new_key_pair, opened, read_escrow, read_private_key
from sottovoce.commands.printed import Printed
from sottovoce.domain.errors import UsageWrong
from sottovoce.domain.moments import local_moment

if TYPE_CHECKING:
    from collections.abc import Sequence


def escrow(words: Sequence[str], private: str | None) -> Printed:
    """`key escrow new FILE`, `key escrow open FILE [--key FILE]`.

    Raises:
        UsageWrong: Other words.
        EscrowTrouble: The file can't be opened.
        PlacesUnusable: The file for the new key is there already, or can't be made.
    """
    match list(words), private:
        case ["new", file], None:
            return _new(Path(file))
        case ["open", file], _:
            return _open(Path(file), private)
    raise UsageWrong("`key escrow` takes `new FILE`, or `open FILE --key FILE`.", "Run `sottovoce key --help`.")


def _new(file: Path) -> Printed:
    public = new_key_pair(file)
    lines = [
        f"The private key is in {file}: keep it off the machines that you administer.",
        "For the policy:",
        "",
        f'    "RecoveryEscrowKey": "{public}"',
    ]
    return Printed("\n".join(lines), {"private": str(file), "public": public})


def _open(file: Path, private: str | None) -> Printed:
    code, about = opened(read_escrow(file), read_private_key(Path(private)) if private is not None else None)
    made = f"{local_moment(about['made_at']):%Y-%m-%d %H:%M}" if isinstance(about.get("made_at"), float) else "?"
    lines = [
        f"User {about.get('user') or '?'} on {about.get('machine') or '?'}, home {about.get('home')}, made {made}:",
        "",
        f"    {code}",
        "",
        "`sottovoce key recover` takes it, on that user's machine.",
    ]
    return Printed("\n".join(lines), {"recovery_code": code, **about})
