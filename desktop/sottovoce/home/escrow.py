"""The recovery code of a home, kept for the administrator where the policy wants that; nobody has to write it down.

The code is sealed into the key file first, then put where the policy says, then noted. A crash before the note leaves a
code that nobody needs, and the next opening makes another; no code that opens the store ends before that.
"""

from __future__ import annotations

import contextlib
import getpass
import logging
import platform
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.durable_file import write_durably
from sottovoce.adapters.escrow import IN_HOME, NOTE, escrow_file, fingerprint, write_escrow
from sottovoce.adapters.own_thread import OwnThread
from sottovoce.adapters.store.engine import to_store_error
from sottovoce.adapters.store.erasing import CODE_KEPT
from sottovoce.adapters.store.sealed import KeyFileNewer, KeyFileUnreadable, SlotKind, read_key_file
from sottovoce.domain.errors import EscrowUnwritable
from sottovoce.domain.policy import public_key
from sottovoce.domain.records import AuditEvent
from sottovoce.domain.said import said
from sottovoce.memory.finish import finish, finishing

if TYPE_CHECKING:
    from sottovoce.adapters.places import Places
    from sottovoce.adapters.policy_files import PolicySource
    from sottovoce.adapters.store import EncryptedStore, StoreKeys
    from sottovoce.adapters.store.sealed import KeyFile

log = logging.getLogger(__name__)

WRITE_S = 30.0
"""Seconds that a folder on a network may take; then it is told, and tried again later."""


class Escrow:
    """Keeps the recovery code of one open home for its administrator."""

    def __init__(self, places: Places, store: EncryptedStore, keys: StoreKeys, policies: PolicySource) -> None:
        """Keep each new code of `keys` from now on, where the policy wants it."""
        self._places = places
        self._store = store
        self._keys = keys
        self._policies = policies
        keys.on_code = self.keep

    @property
    def wanted(self) -> bool:
        """Whether the policy wants codes to be kept; not while that can't be read."""
        return self._policies.now().escrows

    def kept(self) -> bool:
        """Whether the newest code is kept where the policy wants it now."""
        return is_kept(self._places, self._policies)

    async def ensure(self) -> bool:
        """Make a code that is kept, if the newest one is not; whether one was made.

        Codes that somebody has seen before open the store as well, as long as they have.

        Raises:
            EscrowUnwritable: It can't be put where the policy wants it; a code that is there still opens the store.
            StoreTrouble: The key file can't be read or written.
        """
        if not self.wanted or self.kept():
            return False
        alone = not any(slot.kind is SlotKind.RECOVERY and slot.shown for slot in _key_file(self._places).slots)
        code = await self._keys.new_recovery_code()  # which is kept by `keep`
        if alone:
            await self._keys.confirm_recovery_code(code)
        self._note(CODE_KEPT, str(_newest(_key_file(self._places))))
        return True

    @finishing
    async def keep(self, code: str) -> None:
        """Put a code that was just made where the policy wants it; nothing where it wants none.

        Raises:
            EscrowUnwritable: It can't be.
            StoreTrouble: It can't be noted in the audit log.
        """
        if not self.wanted:
            return
        policy = self._policies.now()
        folder, public = policy.recovery_escrow_folder, public_key(policy.recovery_escrow_key)
        keys = _key_file(self._places)
        made = _newest(keys)
        name = f"sottovoce-{keys.home or keys.database}-{time.strftime('%Y%m%d-%H%M%S', time.gmtime(made))}.escrow"
        path = Path(folder) / name if folder else self._places.data / IN_HOME
        await _written(path, escrow_file(code, _about(keys, made), public))
        detail = {"sealed": bool(public), "folder": bool(folder)} | ({"to": fingerprint(public)} if public else {})
        await self._store.audit(AuditEvent.KEY_ESCROWED, detail)
        self._note(NOTE, _mark(made, folder, public))

    def _note(self, name: str, text: str) -> None:
        try:
            write_durably(self._places.state / name, text.encode())
        except OSError as error:  # the next opening makes another code
            log.warning("that a code is kept could not be noted: %s", type(error).__name__)


def is_kept(places: Places, policies: PolicySource) -> bool:
    """Whether the newest recovery code of a home is kept where the policy wants it now."""
    policy = policies.now()
    with contextlib.suppress(OSError, ValueError):
        noted = (places.state / NOTE).read_text("utf-8")
        made = _newest(read_key_file(places))
        return noted == _mark(made, policy.recovery_escrow_folder, public_key(policy.recovery_escrow_key))
    return False


def _key_file(places: Places) -> KeyFile:
    """The key file, which can be harmed while the home is open.

    Raises:
        StoreTrouble: It can't be read.
    """
    try:
        return read_key_file(places)
    except (OSError, KeyFileNewer, KeyFileUnreadable) as error:
        raise to_store_error(error, places.data) from None


def _newest(keys: KeyFile) -> float:
    slot = keys.slot(SlotKind.RECOVERY)
    return slot.made if slot else 0.0


def _mark(made: float, folder: str, public: bytes) -> str:
    return f"{made} {fingerprint(public) if public else '-'} {folder or '-'}"


def _about(keys: KeyFile, made: float) -> dict[str, Any]:
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = ""
    return {
        "home": keys.home or keys.database,
        "database": keys.database,
        "made_at": made,
        "user": user,
        "machine": platform.node(),
    }


async def _written(path: Path, content: bytes) -> None:
    thread = OwnThread("escrow")
    try:
        await thread.run(lambda: write_escrow(path, content), deadline_s=WRITE_S)
    except TimeoutError:
        raise EscrowUnwritable(said("error-escrow-unwritable-silent", folder=str(path.parent))) from None
    finally:
        await finish(thread.close())
