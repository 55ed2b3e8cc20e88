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
    CopiesFound,
    EscrowUnwritable,
    KeyringMissing,
    LanguageModelForbidden,
    RecoveryCodeMissing,
    SottovoceError,
    StoreDamaged,
    to_user_error,
)
from sottovoce.domain.moments import local_moment
from sottovoce.domain.speech_models import language_said
from sottovoce.home.escrow import is_kept
from sottovoce.home.sound import check_voice, make_microphone, open_recognizer
from sottovoce.language import is_available, shown, words
from sottovoce.operations.shapes import when
from sottovoce.operations.turns import turns_took

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping

    from sottovoce.adapters.places import Places
    from sottovoce.domain.hotkeys import GivenKeys
    from sottovoce.domain.policy import Policy
    from sottovoce.domain.records import Egress
    from sottovoce.domain.settings import Settings
    from sottovoce.domain.turn_times import TurnTimes
    from sottovoce.home import Home
    from sottovoce.memory.ports import ReportingStore, StoreReport

Check: TypeAlias = "Callable[[], Awaitable[str | Advice]]"

QUICK_KEYRING = KeyringLimits(answer_s=5.0)
"""For the running application, which has its key: a keyring that wants its password now is told, not waited for."""

LANGUAGE_MODEL, SPEECH_MODEL = "language model", "speech model"

PROBE = "word"
"""What meanings are tried with."""

CHECK_S = 75.0
"""Longest time for one check; past it the part is taken for hung. A keyring's prompt gives the user a minute."""


CHECKS: Mapping[str, str] = MappingProxyType(
    {
        "application": "doctor-checks-application",
        "folders": "doctor-checks-folders",
        "settings": "doctor-checks-settings",
        "policy": "doctor-checks-policy",
        "keyring": "doctor-checks-keyring",
        "store": "doctor-checks-store",
        "backups": "doctor-checks-backups",
        "clock": "doctor-checks-clock",
        "turns": "doctor-checks-turns",
        "memory": "doctor-checks-memory",
        LANGUAGE_MODEL: "doctor-checks-language-model",
        "recovery": "doctor-checks-recovery",
        SPEECH_MODEL: "doctor-checks-speech-model",
        "microphone": "doctor-checks-microphone",
        "voice": "doctor-checks-voice",
        "windows": "doctor-checks-windows",
        "hotkey": "doctor-checks-hotkey",
        "press": "doctor-checks-press",
        "release": "doctor-checks-release",
        "repeat": "doctor-checks-repeat",
    }
)
"""Every check by its name, which never changes, and the message of what it looks at."""

OK, TIMED_OUT, PRESS_UNSEEN, RELEASE_UNSEEN = "ok", "check-timed-out", "press-unseen", "release-unseen"
OWN_CODES: Mapping[str, str] = MappingProxyType(
    {
        OK: "doctor-code-well",
        TIMED_OUT: "doctor-code-timed-out",
        PRESS_UNSEEN: "doctor-code-press-unseen",
        RELEASE_UNSEEN: "doctor-code-release-unseen",
    }
)
"""Codes that are no error's, and the messages of what they mean."""


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


async def examine(checks: Iterable[tuple[str, Check]], *, first: str = "") -> dict[str, Any]:
    """Make the checks one after another (they share devices); one that fails stops none of the others.

    Args:
        checks: By name, in the order in which they are shown.
        first: The one that is made before the others.
    """
    listed = dict(checks)
    made = {name: await _finding(name, listed[name]) for name in sorted(listed, key=lambda name: name != first)}
    findings = [made[name] for name in listed]
    return {"checks": [finding.to_json() for finding in findings], "ok": all(finding.ok for finding in findings)}


async def _finding(name: str, check: Check) -> Finding:
    try:
        async with asyncio.timeout(CHECK_S):
            told_of = await check()
            advice = told_of if isinstance(told_of, Advice) else Advice(told_of, "")
            return Finding(name, ok=True, detail=advice.detail, remedy=advice.remedy, code=advice.code)
    except TimeoutError:
        late = words("doctor-timed-out", name=name)
        return Finding(name, ok=False, detail=late, remedy=words("doctor-restart-it"), code=TIMED_OUT)
    except Exception as error:  # noqa: BLE001 - a check that breaks is a finding too
        shown = to_user_error(error)
        return Finding(name, ok=False, detail=shown.sentence, remedy=shown.remedy, code=shown.code)


async def check_folders() -> str:
    """The folders can be made and are private."""
    found = places(os.environ)
    found.prepare()
    return words("doctor-folders", folder=found.data)


async def check_settings() -> str:
    """settings.toml can be used."""
    read_settings(places(os.environ).settings_file).strict()
    return words("doctor-settings")


async def check_policy(policies: PolicySource | None = None) -> str:
    """The administrator's policy can be used."""
    policies = PolicySource() if policies is None else policies
    policy = policies.now()
    if policies.trouble:
        raise policies.trouble
    decided = [name for name, value in policy.to_json().items() if value is not None]
    recommended = list(policy.recommended_json())
    told = [words("doctor-policy-decides", names=", ".join(decided))] if decided else []
    told += [words("doctor-policy-recommends", names=", ".join(recommended))] if recommended else []
    return " ".join(told) or words("doctor-policy-none")


async def check_windows(settings: Settings) -> str:
    """Windows can be shown: the libraries are there; whether there is a screen, and where the overlay is, is told."""
    from sottovoce.adapters.qt_libraries import require_qt  # noqa: PLC0415 - for this check only
    from sottovoce.adapters.screen import (  # noqa: PLC0415 - as above
        KINDS,
        OverlayPlace,
        has_layer,
        only_loadable,
        overlay_place,
        platforms,
        screen_arguments,
    )

    arguments = screen_arguments(overlay=settings.overlay)
    if arguments is None:
        require_qt(KINDS)
        return words("doctor-windows-no-screen")
    shown = platforms(only_loadable(arguments))
    platform = shown[0] if shown else ""
    place = overlay_place(platform, settings.overlay, layers=platform == "wayland" and has_layer())
    if place is OverlayPlace.NOTICE:
        return words("doctor-windows-notice" if settings.overlay == "notification" else "doctor-windows-no-layer")
    return words("doctor-windows-layer" if place is OverlayPlace.LAYER else "doctor-windows-window")


async def check_keyring(limits: KeyringLimits | None = None) -> str:
    """The keyring answers, or is not needed."""
    secrets = KeyringSecrets(limits)
    try:
        await secrets.get("doctor")
    except KeyringMissing:
        if not _has_passphrase():
            raise
        return words("doctor-keyring-passphrase")
    finally:
        await secrets.close()
    return words("doctor-keyring")


def _has_passphrase() -> bool:
    from sottovoce.adapters.store.sealed import SlotKind  # noqa: PLC0415 - for this check only

    found = places(os.environ)
    return found.key_file.exists() and SlotKind.PASSPHRASE in _ways_to_key(found)


def _ways_to_key(found: Places) -> Collection[object]:
    """What beside a keyring opens the database.

    Raises:
        StoreTrouble: The key file can't be used.
    """
    from sottovoce.adapters.store.engine import to_store_error  # noqa: PLC0415 - for these checks only
    from sottovoce.adapters.store.sealed import (  # noqa: PLC0415 - as above
        KeyFileNewer,
        KeyFileUnreadable,
        read_key_file,
    )

    try:
        return read_key_file(found).ways
    except (OSError, KeyFileNewer, KeyFileUnreadable) as error:
        raise to_store_error(error, found.data) from None


async def check_store(store: ReportingStore) -> str:
    """The database is whole, its audit log too."""
    report: StoreReport = await store.report()
    if report.faults:
        raise StoreDamaged
    if report.audit:
        raise report.audit
    if report.copies:
        raise CopiesFound
    return words(
        "doctor-store",
        messages=report.messages,
        conversations=report.conversations,
        memories=report.memories,
        megabytes=f"{report.file_bytes / 1e6:.1f}",
    )


async def check_recovery(policies: PolicySource | None = None) -> str | Advice:
    """Something but the keyring opens the database; advice if not: all works, until the keyring loses the key."""
    from sottovoce.adapters.store.sealed import SlotKind  # noqa: PLC0415 - for this check only

    found = places(os.environ)
    if not found.key_file.exists():
        return words("doctor-recovery-no-store")
    policies = PolicySource() if policies is None else policies
    kinds = _ways_to_key(found)
    if policies.now().escrows and not is_kept(found, policies):
        raise EscrowUnwritable
    if SlotKind.RECOVERY not in kinds:
        missing = RecoveryCodeMissing()
        detail = words("doctor-recovery-passphrase-only") if SlotKind.PASSPHRASE in kinds else missing.sentence
        return Advice(detail, missing.remedy, missing.code)
    return _has_code(kept=policies.now().escrows, passphrase=SlotKind.PASSPHRASE in kinds)


def _has_code(*, kept: bool, passphrase: bool) -> str:
    if kept:
        return words("doctor-recovery-kept-and-passphrase") if passphrase else words("doctor-recovery-kept")
    return words("doctor-recovery-and-passphrase") if passphrase else words("doctor-recovery")


async def check_backups(home: Home, troubles: Mapping[str, SottovoceError], *, on: bool) -> str:
    """The last scheduled backup was made, and retention went well."""
    for trouble in troubles.values():
        raise trouble
    if not on:
        own = home.policy.local_backups is None
        return words("doctor-backups-off") if own else words("doctor-backups-off-by-policy")
    present = await home.care.backups.present()
    if not present:
        return words("doctor-backups-none")
    return words("doctor-backups", backups=len(present), newest=when(present[0].header.content.created))


async def check_clock(home: Home) -> str:
    """The clock goes on from where it was; nothing is kept longer, or dated wrongly, because it jumped."""
    await home.services.maintenance.check_clock()
    return words("doctor-clock-is-well")


async def check_turns(times: Iterable[TurnTimes]) -> str:
    """How long the last turns took; that they were slow is no trouble."""
    return shown(turns_took(times))


async def check_memory(home: Home) -> str:
    """Contexts are being saved, meanings can be told, and files can be read."""
    if home.memory.trouble:
        raise home.memory.trouble
    if home.recollection.knowledge.trouble:
        raise home.recollection.knowledge.trouble
    (vector,) = await home.recollection.embedder.embed((PROBE,))
    documents = await home.store.documents()
    broken = sum(document.unread for document in documents)
    partial = sum(bool(document.trouble) for document in documents) - broken
    last = home.memory.last_save
    files = [words("doctor-memory-files", files=len(documents))]
    files += [words("doctor-memory-broken", files=broken)] if broken else []
    files += [words("doctor-memory-partial", files=partial)] if partial else []
    saved = words("doctor-memory-unsaved") if last is None else f"{local_moment(last):%H:%M:%S}"
    return words(
        "doctor-memory",
        embedder=home.recollection.embedder.name,
        dimensions=len(vector),
        files=", ".join(files),
        saved=saved if last is None else words("doctor-memory-saved", at=saved),
    )


async def check_meanings() -> str:
    """What tells the meaning of memories can be used."""
    embedder = open_embedder()
    try:
        await embedder.embed((PROBE,))
    finally:
        await embedder.close()
    return words("doctor-meanings", embedder=embedder.name)


async def check_language_model(settings: Settings, policy: Policy | None = None) -> str:
    """The language model that is named answers; nothing of the user's is sent."""
    policy = PolicySource().now() if policy is None else policy
    settings = policy.applied(settings)
    address = settings.language_model_address
    if not address:
        return words("doctor-model-none")
    if not policy.lets_ask(address, settings.language_model_name):
        raise LanguageModelForbidden
    from sottovoce.adapters.language_model import HttpLanguageModel  # noqa: PLC0415 - for this check only

    model = HttpLanguageModel(_unnoted)
    model.use(address, settings.language_model_name)
    return await model.check()


async def _unnoted(_: Egress) -> None:
    """Nothing of the user's is in it."""


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
                return f"{decodes} {words('doctor-model-no-language')}"
            name = language_said(tag)
            hears = "doctor-model-hears" if is_available(tag) else "doctor-model-hears-only"
            return f"{decodes} {words(hears, language=name)}"

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
            return words("doctor-microphone-monitor", name=device.heard.description)
        if device.heard:
            return words("doctor-microphone-named", name=device.heard.description)
        return words("doctor-microphone")

    async def voice() -> str:
        if not settings.speak:
            return words("doctor-voice-off")
        await check_voice(settings)
        return words("doctor-voice")

    return [(SPEECH_MODEL, model), ("microphone", microphone), ("voice", voice)]


def no_hotkey() -> str:
    """What is told where no key is set."""
    return words("doctor-hotkey-none")


def held_key(key: str, given: GivenKeys | None) -> str:
    """What is told of a key that the application holds; `given` where the desktop decides which it is."""
    if given is None or given.talk == key:
        return words("hotkey-is-held", key=key)
    if given.talk:
        return words("hotkey-is-given", key=key, given=given.talk)
    return words("hotkey-is-asked", key=key)


def check_hotkey(settings: Settings) -> Check:
    """The key can be grabbed (where the application does not hold it already)."""

    async def hotkey() -> str:
        if not settings.hotkey:
            return no_hotkey()
        if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            return words("doctor-hotkey-no-screen")
        key = open_hotkey()
        try:
            await key.grab(settings.hotkey, lambda: None, lambda: None)
        finally:
            await key.close()
        return words("doctor-hotkey-free", key=settings.hotkey)

    return hotkey


def usable_settings() -> Settings:
    """The settings, with the default where one is wrong: a mistake there must not hide the other parts' states."""
    policy = PolicySource().now()
    own = policy.usual
    with contextlib.suppress(SottovoceError):
        own = read_settings(places(os.environ).settings_file, own).settings
    return policy.applied(own)
