"""What a home does for whoever asks, on the command line or through the application's socket, as plain values."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sottovoce.language  # noqa: F401 - the words of errors
from sottovoce.domain.erasing import Erasure, Scope
from sottovoce.domain.errors import EraseForbidden, ThingNotFound, UsageWrong
from sottovoce.operations.registry import find
from sottovoce.operations.values import from_json, to_json

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sottovoce.adapters.store.backups import Backup, Examined
    from sottovoce.domain.turns import Answer
    from sottovoce.home import Home

    Speak = Callable[[str, str | None, str | None], Awaitable[Answer]]

MOST_LISTED = 10_000
"""Rows one request may ask for."""

LISTED = 20
"""Rows a request gets that does not say how many."""

Json = dict[str, Any]


def backup_json(backup: Backup | Examined) -> Json:
    """A backup as `backup create` and `backup list` print it."""
    content = backup.header.content
    return {
        "file": str(backup.path),
        "created_at": content.created,
        "program": content.program,
        "schema": content.schema,
        "database": backup.header.keys.database,
        **content.counts.to_json(),
    }


def examined_json(examined: Examined) -> Json:
    """A backup as `backup verify` prints it."""
    return backup_json(examined) | {"ok": True, "this_home": examined.own, "opened": examined.opened}


class Service:
    """One open home, asked by name."""

    def __init__(self, home: Home) -> None:
        """Serve `home`."""
        self._home = home
        self._commands: dict[str, Callable[[Json], Awaitable[Json]]] = {
            "key.status": self._key_status,
            "key.recovery-code": self._key_recovery_code,
            "key.confirm-recovery-code": self._key_confirm_recovery_code,
            "key.recover": self._key_recover,
            "key.passphrase": self._key_passphrase,
            "key.rotate": self._key_rotate,
            "backup.create": self._backup_create,
            "backup.list": self._backup_list,
            "backup.verify": self._backup_verify,
            "erase": self._erase,
            "erase.replaced": self._erase_replaced,
        }

    @property
    def commands(self) -> frozenset[str]:
        """The names `answer` knows."""
        return frozenset(self._commands)

    async def answer(self, command: str, arguments: Json) -> Json:
        """Do one thing.

        Raises:
            UsageWrong: There is no such command, or an argument is not of its kind.
            SottovoceError: It failed.
        """
        if command in self._commands:
            return await self._commands[command](arguments)
        operation = find(command)
        return to_json(await operation.run(self._home, from_json(operation.asked, arguments)))

    async def _backup_create(self, arguments: Json) -> Json:
        target = None if arguments.get("file") is None else _path(arguments, "file")
        knowledge = arguments.get("knowledge")
        if knowledge is not None and not isinstance(knowledge, bool):
            raise UsageWrong
        made = await self._home.maintenance.create_backup(target, knowledge=knowledge)
        carried = made.carried
        return backup_json(made) | {
            "files": carried.files if carried else 0,
            "files_left": carried.left if carried else 0,
            "knowledge": carried is not None,
        }

    async def _backup_list(self, _: Json) -> Json:
        backups = self._home.care.backups
        return {
            "backups": [backup_json(backup) for backup in await backups.present()],
            "before_upgrades": [
                {"file": str(path), "created_at": made_at, "bytes": size}
                for path, made_at, size in await backups.before_upgrades()
            ],
        }

    async def _backup_verify(self, arguments: Json) -> Json:
        return examined_json(await self._home.care.backups.verify(_path(arguments, "file")))

    async def _erase(self, arguments: Json) -> Json:
        named = [scope for scope in (Scope.CONVERSATION, Scope.USER) if arguments.get(scope.value) is not None]
        if len(named) != 1:
            raise UsageWrong
        self._refuse_erasing()
        done = await self._home.erase(Erasure(scope=named[0], of=_text(arguments, named[0].value)))
        if not (done.erased or done.backups_rewritten or done.aside_rewritten):
            raise ThingNotFound("There was nothing of that to erase.", "See `sottovoce history list`.")
        return {
            "erased": {
                "messages": done.erased.messages,
                "conversations": done.erased.conversations,
                "memories": done.erased.memories,
                "records": done.erased.records,
            },
            "backups_rewritten": done.backups_rewritten,
            "backups_removed": done.backups_removed,
            "backups_not_opened": list(done.removed),
            "backups_of_others": list(done.left),
            "replaced_rewritten": done.aside_rewritten,
            "replaced_not_opened": list(done.aside_left),
            "copies": list((await self._home.store.report(check=False)).copies),
        }

    def _refuse_erasing(self) -> None:
        if "erase" in self._home.policy.forbidden:
            raise EraseForbidden

    async def _erase_replaced(self, _: Json) -> Json:
        self._refuse_erasing()
        return {"erased": "replaced", "folders": await self._home.care.drop_all_laid_aside()}

    async def _key_status(self, _: Json) -> Json:
        status = await self._home.keys.status()
        return {
            "keyring": status.keyring.name.lower().replace("_", "-"),
            "generation": status.generation,
            "made_at": status.made,
            "recovery_code_made_at": status.recovery_made,
            "recovery_code_kept_for_administrator": self._home.escrow.wanted and self._home.escrow.kept(),
            "passphrase_made_at": status.passphrase_made,
        }

    async def _key_recovery_code(self, _: Json) -> Json:
        return {"code": await self._home.keys.new_recovery_code()}

    async def _key_confirm_recovery_code(self, arguments: Json) -> Json:
        await self._home.keys.confirm_recovery_code(_text(arguments, "code"))
        return {"confirmed": True} | self._left_undone()

    async def _key_recover(self, arguments: Json) -> Json:
        await self._home.keys.recover(_text(arguments, "code"))
        return {"recovered": True}

    async def _key_passphrase(self, arguments: Json) -> Json:
        if arguments.get("remove"):
            await self._home.keys.remove_passphrase()
        else:
            await self._home.keys.set_passphrase(_text(arguments, "passphrase"))
        return {"passphrase": not arguments.get("remove")} | self._left_undone()

    async def _key_rotate(self, arguments: Json) -> Json:
        passphrase = None if arguments.get("passphrase") is None else _text(arguments, "passphrase")
        code = await self._home.keys.rotate(passphrase)
        return {"code": code} | self._left_undone()

    def _left_undone(self) -> Json:
        """What a change of the key, or of the ways to it, left to the next start."""
        trouble = self._home.keys.unfinished
        if trouble is None:
            return {}
        return {"warning": {"code": trouble.code, "sentence": trouble.sentence, "remedy": trouble.remedy}}


def _maybe_text(arguments: Json, name: str) -> str | None:
    return None if arguments.get(name) is None else _text(arguments, name)


def _text(arguments: Json, name: str) -> str:
    value = arguments.get(name)
    if not isinstance(value, str):
        raise UsageWrong
    return value


def _path(arguments: Json, name: str) -> Path:
    """A path; the command that asks stands in another folder than we do."""
    return _absolute(_text(arguments, name))


def _absolute(given: str) -> Path:
    try:
        nameable = b"\0" not in os.fsencode(given)
    except UnicodeEncodeError:
        nameable = False
    if not nameable:
        raise UsageWrong("The path has a character that no file's name can have.")
    if not (path := Path(given)).is_absolute():
        raise UsageWrong("The path must be absolute.")
    return path


def _limit(arguments: Json, default: int = LISTED) -> int:
    value = arguments.get("limit") or default
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MOST_LISTED:
        raise UsageWrong(f"The limit must be from 1 to {MOST_LISTED}.")
    return value
