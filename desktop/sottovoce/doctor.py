"""Every part checked, each for itself: what is well, what is not, and what helps."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

from sottovoce.adapters.embedding import open_embedder
from sottovoce.adapters.hotkey import open_hotkey
from sottovoce.adapters.places import places
from sottovoce.adapters.policy_files import PolicySource
from sottovoce.adapters.secrets import KeyringLimits, KeyringSecrets
from sottovoce.adapters.settings_file import read_settings
from sottovoce.domain.errors import (
    CodeEscrowed,
    CopiesFound,
    EscrowUnwritable,
    HotkeyTrouble,
    KeyringMissing,
    LanguageModelForbidden,
    PolicyUnusable,
    RecoveryCodeMissing,
    SottovoceError,
    StoreDamaged,
    to_user_error,
)
from sottovoce.domain.moments import local_moment
from sottovoce.domain.speech_models import answered, language_name
from sottovoce.home.escrow import is_kept
from sottovoce.home.sound import check_voice, make_microphone, open_recognizer
from sottovoce.language import shown, words
from sottovoce.operations.turns import turns_took

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping

    from sottovoce.adapters.places import Places
    from sottovoce.domain.hotkeys import KeyProof
    from sottovoce.domain.policy import Policy
    from sottovoce.domain.records import Egress
    from sottovoce.domain.settings import Settings
    from sottovoce.domain.turn_times import TurnTimes
    from sottovoce.home import Home
    from sottovoce.memory.ports import Asker, ReportingStore, StoreReport

Check: TypeAlias = "Callable[[], Awaitable[str | Advice]]"

QUICK_KEYRING = KeyringLimits(answer_s=5.0)
"""For the running application, which has its key: a keyring that wants its password now is told, not waited for."""

NO_HOTKEY = "No key is set; `sottovoce press`, `release` and `toggle` work, and the menu."

CHECK_S = 75.0
"""Longest time for one check; past it the part is taken for hung. A keyring's prompt gives the user a minute."""


CHECKS: Mapping[str, str] = MappingProxyType(
    {
        "application": "The running application answers (only where it does not, or is still starting).",
        "folders": "The folders of the home can be made, and are this user's alone.",
        "settings": "`settings.toml` can be read and has no mistakes.",
        "policy": "The administrator's policy can be read.",
        "keyring": "The operating system's keyring answers, or a passphrase is in its place.",
        "store": "The encrypted database opens and is whole, and so is its audit log.",
        "backups": "The backups that are due were made, and what grew too old is gone.",
        "clock": "The clock has not jumped (in the running application).",
        "turns": "How long the last turns took (in the running application).",
        "memory": "Meanings can be told, contexts are saved, and the user's files can be read.",
        "language model": "The language model that is named may be asked, and answers.",
        "recovery": "Something but the keyring opens the database, and is kept where the policy wants it.",
        "speech model": "The speech model is there and decodes.",
        "microphone": "The microphone opens and delivers sound.",
        "voice": "Answers can be spoken.",
        "windows": "The libraries of windows are there.",
        "hotkey": "The key to talk can be had.",
        "press": "With `--key`: the key is seen going down.",
        "release": "With `--key`: the key is seen coming up.",
        "repeat": "With `--key`: whether a held key is told again and again.",
    }
)
"""Every check by its name, which never changes, and what it looks at."""
OK, TIMED_OUT, PRESS_UNSEEN, RELEASE_UNSEEN = "ok", "check-timed-out", "press-unseen", "release-unseen"
OWN_CODES: Mapping[str, str] = MappingProxyType(
    {
        OK: "The part is well.",
        TIMED_OUT: "The part did not answer in time.",
        PRESS_UNSEEN: "With `--key`: no press of the key was seen.",
        RELEASE_UNSEEN: "With `--key`: the key is not seen coming up, so it can't be held.",
    }
)
"""Codes that are no error's."""


@dataclass(frozen=True, slots=True)
class Advice:
    """A part works, and there is something that its user should do nevertheless."""

    detail: str
    remedy: str
    code: str = OK


@dataclass(frozen=True, slots=True)
class Finding:
    """One part's state."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""
    """What helps; of a part that works, what should be done nevertheless."""
    code: str = OK
    """Stable, for scripts: an error's, or one of `OWN_CODES`."""

    def to_json(self) -> dict[str, Any]:
        """As `doctor --json` prints it."""
        return {
            "name": self.name,
            "ok": self.ok,
            "code": self.code,
            "detail": self.detail,
            "remedy": self.remedy,
        }


async def examine(checks: Iterable[tuple[str, Check]]) -> dict[str, Any]:
    """Make the checks one after another (they share devices); one that fails stops none of the others."""
    findings = [await _finding(name, check) for name, check in checks]
    return {"checks": [finding.to_json() for finding in findings], "ok": all(finding.ok for finding in findings)}


async def _finding(name: str, check: Check) -> Finding:
    try:
        async with asyncio.timeout(CHECK_S):
            told_of = await check()
            advice = told_of if isinstance(told_of, Advice) else Advice(told_of, "")
            return Finding(name, ok=True, detail=advice.detail, remedy=advice.remedy, code=advice.code)
    except TimeoutError:
        detail = f"The {name} did not answer in time."
        return Finding(name, ok=False, detail=detail, remedy="Restart it and try again.", code=TIMED_OUT)
    except Exception as error:  # noqa: BLE001 - a check that breaks is a finding too
        shown = to_user_error(error)
        return Finding(name, ok=False, detail=shown.sentence, remedy=shown.remedy, code=shown.code)


async def check_folders() -> str:
    """The folders can be made and are private."""
    found = places(os.environ)
    found.prepare()
    return f"Everything is under {found.data}, for this user alone."


async def check_settings() -> str:
    """settings.toml can be used."""
    read_settings(places(os.environ).settings_file).strict()
    return "settings.toml has no mistakes."


async def check_policy(policies: PolicySource | None = None) -> str:
    """The administrator's policy can be used."""
    policies = PolicySource() if policies is None else policies
    policy = policies.now()
    if policies.trouble:
        raise policies.trouble
    decided = [name for name, value in policy.to_json().items() if value is not None]
    recommended = list(policy.recommended_json())
    told = [f"Your administrator decides about {', '.join(decided)}."] if decided else []
    told += [f"Recommended: {', '.join(recommended)}."] if recommended else []
    return " ".join(told) or "There is no policy here."


async def check_windows() -> str:
    """Windows can be shown: the libraries are there; whether there is a screen to show them on is told."""
    from sottovoce.ui.libraries import require_qt  # noqa: PLC0415 - for this check only
    from sottovoce.ui.screen import KINDS, platforms, screen_arguments  # noqa: PLC0415 - as above

    arguments = screen_arguments()
    require_qt((platforms(arguments) if arguments is not None else None) or KINDS)
    return "All libraries are there; there is no screen here." if arguments is None else "All libraries are there."


async def check_keyring(limits: KeyringLimits | None = None) -> str:
    """The keyring answers, or is not needed."""
    secrets = KeyringSecrets(limits)
    try:
        await secrets.get("doctor")
    except KeyringMissing:
        if not _has_passphrase():
            raise
        return "No keyring answers here; a passphrase opens the database instead."
    finally:
        await secrets.close()
    return "The keyring answers."


def _has_passphrase() -> bool:
    from sottovoce.adapters.store.sealed import SlotKind  # noqa: PLC0415 - for this check only

    found = places(os.environ)
    return found.key_file.exists() and SlotKind.PASSPHRASE in _ways_to_key(found)


def _ways_to_key(found: Places) -> Collection[object]:
    """What beside a keyring opens the database.

    Raises:
        StoreTrouble: The key file can't be used.
    """
    from sottovoce.adapters.store.engine import to_user_error  # noqa: PLC0415 - for these checks only
    from sottovoce.adapters.store.sealed import (  # noqa: PLC0415 - as above
        KeyFileNewer,
        KeyFileUnreadable,
        read_key_file,
    )

    try:
        return read_key_file(found).ways
    except (OSError, KeyFileNewer, KeyFileUnreadable) as error:
        raise to_user_error(error, found.data) from None


async def check_store(store: ReportingStore) -> str:
    """The database is whole, its audit log too."""
    report: StoreReport = await store.report()
    if report.faults:
        raise StoreDamaged
    if report.audit:
        raise report.audit
    if report.copies:
        raise CopiesFound
    return (
        f"Whole: {report.messages} messages in {report.conversations} conversations, "
        f"{report.memories} memories, {report.file_bytes / 1e6:.1f} MB."
    )


async def check_recovery(policies: PolicySource | None = None) -> str | Advice:
    """Something but the keyring opens the database; advice if not: all works, until the keyring loses the key."""
    from sottovoce.adapters.store.sealed import SlotKind  # noqa: PLC0415 - for this check only

    found = places(os.environ)
    if not found.key_file.exists():
        return "There is no database yet; the first start offers a recovery code, or that of a backup goes on."
    policies = PolicySource() if policies is None else policies
    kinds = _ways_to_key(found)
    if policies.now().escrows and not is_kept(found, policies):
        raise EscrowUnwritable
    if SlotKind.RECOVERY not in kinds:
        missing = RecoveryCodeMissing()
        detail = (
            "There is no recovery code; a passphrase opens the database, should the keyring lose the key."
            if SlotKind.PASSPHRASE in kinds
            else missing.sentence
        )
        return Advice(detail, missing.remedy, missing.code)
    also = ", and a passphrase" if SlotKind.PASSPHRASE in kinds else ""
    kept = ", kept by your administrator" if policies.now().escrows else ""
    return f"There is a recovery code{kept}{also}, should the keyring lose the key."


async def check_backups(home: Home, troubles: Mapping[str, SottovoceError], *, on: bool) -> str:
    """The last scheduled backup was made, and retention went well."""
    for trouble in troubles.values():
        raise trouble
    if not on:
        return f"Local backups are off, as {_who_says(home)}."
    present = await home.care.backups.present()
    if not present:
        return "None yet; the first one is made at the end of a command, or while nobody talks."
    newest = local_moment(present[0].header.content.created)
    return f"{len(present)} on this machine, the newest of {newest:%Y-%m-%d %H:%M}."


async def check_clock(home: Home) -> str:
    """The clock goes on from where it was; nothing is kept longer, or dated wrongly, because it jumped."""
    await home.maintenance.check_clock()
    return words("doctor-clock-is-well")


async def check_turns(times: Iterable[TurnTimes]) -> str:
    """How long the last turns took; that they were slow is no trouble."""
    return shown(turns_took(times))


def _who_says(home: Home) -> str:
    return "the settings say" if home.policy.local_backups is None else "the policy of this machine says"


async def check_memory(home: Home) -> str:
    """Contexts are being saved, meanings can be told, and files can be read."""
    if home.memory.trouble:
        raise home.memory.trouble
    if home.knowledge.trouble:
        raise home.knowledge.trouble
    (vector,) = await home.embedder.embed(("a word",))
    documents = await home.store.documents()
    broken = sum(document.unread for document in documents)
    partial = sum(bool(document.trouble) for document in documents) - broken
    told = f"{len(documents)} files are known" + (f", {broken} of them could not be read" if broken else "")
    told += f", {partial} of them only in part" if partial else ""
    if home.memory.last_save is None:
        saved = "nothing had to be saved yet"
    else:
        saved = f"saved last at {local_moment(home.memory.last_save):%H:%M:%S}"
    return f"{home.embedder.name} tells meanings ({len(vector)} dimensions); {told}; {saved}."


async def check_meanings() -> str:
    """What tells the meaning of memories can be used."""
    embedder = open_embedder()
    try:
        await embedder.embed(("a word",))
    finally:
        await embedder.close()
    return f"{embedder.name} tells meanings."


async def check_language_model(settings: Settings, policy: Policy | None = None) -> str:
    """The language model that is named answers; nothing of the user's is sent."""
    policy = PolicySource().now() if policy is None else policy
    settings = policy.applied(settings)
    address = settings.language_model_address
    if not address:
        return "None is named: what no skill can answer is not answered."
    if not policy.lets_ask(address, settings.language_model_name):
        raise LanguageModelForbidden
    from sottovoce.adapters.language_model import HttpLanguageModel  # noqa: PLC0415 - for this check only

    model = HttpLanguageModel(_unnoted)
    model.use(address, settings.language_model_name)
    return await model.check()


async def _unnoted(_: Egress) -> None:
    """Nothing of the user's is in it."""


class OwnHome:
    """The home, opened once for the checks of what is in it."""

    def __init__(self, asker: Asker | None = None) -> None:
        """Prepare; `asker` asks for a passphrase."""
        self._asker = asker
        self._backups: str | SottovoceError = "There is no database yet, so nothing to be backed up."

    async def check_store(self) -> str:
        """The database opens and is whole."""
        from sottovoce.home import open_home  # noqa: PLC0415 - home and doctor stand side by side

        found = places(os.environ)
        if not found.database.exists() and not found.key_file.exists():
            return (
                "There is no database yet; the first start makes one, and `sottovoce backup restore FILE` puts a"
                " backup of another machine into its place."
            )
        self._backups = "The store could not be opened, so its backups were not looked at."
        async with open_home(settings=usable_settings(), asker=self._asker, maintain=False) as home:
            self._backups = await self._looked_at(home)
            # Who keeps the code is news, and no trouble; the policy has a check of its own.
            if home.warning is not None and not isinstance(home.warning, CodeEscrowed | PolicyUnusable):
                raise home.warning
            return await check_store(home.store)

    async def check_backups(self) -> str:
        """What is due was done; after `check_store`."""
        if isinstance(self._backups, SottovoceError):
            raise self._backups
        return self._backups

    async def _looked_at(self, home: Home) -> str | SottovoceError:
        try:
            if (overdue := await home.maintenance.overdue()) is not None:
                return overdue
            return await check_backups(home, {}, on=home.maintenance.local_backups)
        except SottovoceError as trouble:
            return trouble


def checks_of_sound(settings: Settings, level_trouble: SottovoceError | None = None) -> list[tuple[str, Check]]:
    """Model, microphone and voice as they are set.

    Args:
        settings: As they are in force.
        level_trouble: What was wrong with the microphone's level when somebody last spoke.
    """

    async def model() -> str:
        async with open_recognizer(places(os.environ), settings) as recognizer:
            decodes, tag = await recognizer.check(), recognizer.language
            if not tag:
                return f"{decodes} Nothing tells its language."
            only = "" if answered(tag) else "; questions are answered in English only"
            return f"{decodes} It hears {language_name(tag)}{only}."

    async def microphone() -> str:
        device = make_microphone(settings)
        try:
            async with device.listen() as blocks:
                await anext(aiter(blocks))
        finally:
            await device.close()
        if level_trouble is not None:
            raise level_trouble
        if device.heard and device.heard.monitor:
            return f"“{device.heard.description}”, named in the settings, delivers what a loudspeaker plays."
        return f"The microphone {f'“{device.heard.description}” ' if device.heard else ''}delivers sound."

    async def voice() -> str:
        if not settings.speak:
            return "Answers are shown only, as the settings say."
        await check_voice(settings)
        return "The voice is ready."

    return [("speech model", model), ("microphone", microphone), ("voice", voice)]


def check_hotkey(settings: Settings) -> Check:
    """The key can be grabbed (where the application does not hold it already)."""

    async def hotkey() -> str:
        if not settings.hotkey:
            return NO_HOTKEY
        if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            return "There is no screen here, so no key either."
        key = open_hotkey()
        try:
            await key.grab(settings.hotkey, lambda: None, lambda: None)
        finally:
            await key.close()
        return f"{settings.hotkey} is free to be held."

    return hotkey


def key_findings(key: str, found: KeyProof | HotkeyTrouble, within_s: float) -> dict[str, Any]:
    """What was seen of a key that was tried, in the form of `examine`, with the modes that it can serve.

    Args:
        key: Its name; empty for what the desktop's settings bind to the commands.
        found: What was seen of it, or why it can't be had.
        within_s: How long a press was waited for.
    """
    named = key or "The key that your desktop's settings bind"
    if isinstance(found, HotkeyTrouble):
        findings = [Finding("hotkey", ok=False, detail=found.sentence, remedy=found.remedy, code=found.code)]
        modes: tuple[str, ...] = ()
    else:
        modes = found.modes
        findings = [
            Finding("hotkey", ok=True, detail=f"{named} can be had.")
            if key
            else Finding("hotkey", ok=True, detail=NO_HOTKEY),
            Finding("press", ok=True, detail=f"{named} is seen going down.")
            if found.presses
            else Finding(
                "press",
                ok=False,
                detail=f"No press was seen in {within_s:g} s.",
                remedy=UNSEEN_REMEDY,
                code=PRESS_UNSEEN,
            ),
        ]
        if found.presses:
            findings.append(_release_finding(found))
            repeats = f"Told {found.repeats} times more while held; that does no harm." if found.repeats else NO_REPEAT
            findings.append(Finding("repeat", ok=True, detail=repeats))
    checks = [finding.to_json() for finding in findings]
    return {"checks": checks, "ok": all(one.ok for one in findings), "key": key, "modes": list(modes)}


UNSEEN_REMEDY = (
    "Press the key while this waits. If you did: another program takes it first, or the desktop does not hand it on; "
    "choose another `hotkey`."
)
NO_REPEAT = "Not repeated while it was held, or not held long enough to tell."


def _release_finding(found: KeyProof) -> Finding:
    if found.releases:
        return Finding("release", ok=True, detail="It is seen coming up: it can be held while talking.")
    return Finding(
        "release",
        ok=False,
        code=RELEASE_UNSEEN,
        detail="It is not seen coming up, so it can't be held.",
        remedy='Press it to begin and again to end: set `hotkey_mode = "toggle"`, or bind it to `sottovoce toggle`.',
    )


def usable_settings() -> Settings:
    """The settings, with the default where one is wrong: a mistake there must not hide the other parts' states."""
    policy = PolicySource().now()
    own = policy.usual
    with contextlib.suppress(SottovoceError):
        own = read_settings(places(os.environ).settings_file, own).settings
    return policy.applied(own)
