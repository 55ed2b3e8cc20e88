"""The open parts of one home, and what is done with several of them at once."""

from __future__ import annotations

import contextlib
import dataclasses
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sottovoce.adapters.own_thread import OwnThread
from sottovoce.domain.errors import LanguageModelForbidden, SottovoceError
from sottovoce.domain.policy import RECOMMENDED_MARK, Policy
from sottovoce.domain.records import AuditEvent, Change
from sottovoce.memory.finish import finishing

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
    from pathlib import Path

    from sottovoce.adapters.language_model import HttpLanguageModel
    from sottovoce.adapters.models.library import ModelLibrary
    from sottovoce.adapters.places import Places
    from sottovoce.adapters.policy_files import PolicySource
    from sottovoce.adapters.store import StoreCare, StoreKeys
    from sottovoce.adapters.updates import ReleaseNews
    from sottovoce.domain.erasing import ErasedEverywhere, Erasure
    from sottovoce.domain.joining import Joined, MergeOutcome
    from sottovoce.domain.settings import Settings
    from sottovoce.domain.turns import Answer
    from sottovoce.home.api_keys import ApiKeys
    from sottovoce.home.escrow import Escrow
    from sottovoce.home.front_end import FrontEnd
    from sottovoce.home.maintenance import Maintenance
    from sottovoce.memory.cache import ResponseCache
    from sottovoce.memory.calendar import Calendar
    from sottovoce.memory.conversations import ConversationMemory
    from sottovoce.memory.figures import Figures
    from sottovoce.memory.knowledge import Knowledge
    from sottovoce.memory.learning import Learning
    from sottovoce.memory.lists import Lists
    from sottovoce.memory.notes import Notes
    from sottovoce.memory.ports import Embedder
    from sottovoce.memory.schedule import Schedule
    from sottovoce.memory.store import AuditStore, Store
    from sottovoce.memory.system import MemorySystem
    from sottovoce.talk.answering import Answering
    from sottovoce.talk.dictation import Dictation

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallParts:
    """What answers are made from, beside the user's memories."""

    embedder: Embedder
    conversations: ConversationMemory
    cache: ResponseCache
    knowledge: Knowledge
    """Searched always; kept in step with its folder while somebody runs `knowledge.run`."""
    learning: Learning

    def forget(self) -> None:
        """Drop what is held in memory of the store; it is read again when it is needed."""
        self.conversations.forget()
        self.cache.clear()
        self.knowledge.forget()
        self.learning.forget()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannerParts:
    """What tools keep for their users."""

    calendar: Calendar
    lists: Lists
    notes: Notes
    schedule: Schedule
    """Timers, alarms and reminders: told by whoever runs for long and has a voice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechParts:
    """What becomes of what is said."""

    answering: Answering
    language_model: HttpLanguageModel
    dictation: Dictation
    """Whether what is said is typed instead of answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceParts:
    """What is looked after while nobody talks."""

    maintenance: Maintenance
    """Done by whoever runs for long; else when the home is closed."""
    escrow: Escrow
    releases: ReleaseNews
    api_keys: ApiKeys
    """Who may ask through the local API."""
    looker: OwnThread = field(default_factory=lambda: OwnThread("disk-looker"))
    """Looks at disks, which may be slow, for whoever asks how things are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The open parts of one home."""

    places: Places
    settings: Settings
    policies: PolicySource
    front_end: FrontEnd
    store: Store
    keys: StoreKeys
    care: StoreCare
    memory: MemorySystem
    recollection: RecallParts
    planner: PlannerParts
    speech: SpeechParts
    models: ModelLibrary
    services: ServiceParts
    figures: Figures
    """What is counted and timed while it is open."""
    just_made: bool
    """The store was made by this opening: its user should now be shown `await keys.new_recovery_code()`, once."""
    warning: SottovoceError | None = None
    """What the user should be told of this opening, once: the last session's log was lost, the key file was made good,
    or an erasure or a change of the key could not be finished."""

    @property
    def policy(self) -> Policy:
        """The administrator's policy, as it is now."""
        return self.policies.now()

    @property
    def conversations(self) -> ConversationMemory:
        """What was said (`recollection`)."""
        return self.recollection.conversations

    @property
    def cache(self) -> ResponseCache:
        """The answers that are kept (`recollection`)."""
        return self.recollection.cache

    @property
    def knowledge(self) -> Knowledge:
        """What the user's files hold (`recollection`)."""
        return self.recollection.knowledge

    @property
    def answering(self) -> Answering:
        """What `ask` asks (`speech`)."""
        return self.speech.answering

    async def audit_policy(self) -> None:
        """Add a line to the audit log if another policy is in force than the last line about one says.

        Raises:
            StoreTrouble: It could not be read or added.
        """
        await audited(self.store, self.policies)

    async def ask(
        self, text: str, user_id: str | None = None, conversation: str | None = None, heard_in: str = ""
    ) -> Answer:
        """Answer `text`; question and answer are durable on return.

        Args:
            text: What was typed, or heard.
            user_id: Whose conversation it is; of the settings' user if None.
            conversation: Its id; None for the warm one or a new one.
            heard_in: Tag of the language of the model that heard it; empty if it was typed.

        Raises:
            SottovoceError: It could not be answered or stored.
        """
        user = user_id or self.settings.user
        return await self.speech.answering.answer(text, user_id=user, conversation=conversation, heard_in=heard_in)

    async def erase(self, erasure: Erasure) -> ErasedEverywhere:
        """Erase it from the store, its backups and what is held in memory.

        Nobody reads any of it as soon as its rows are gone, and nothing that was read before is written again. The
        files are written anew beside the store's use; `FrontEnd.erasing` is told how far that is.

        Raises:
            StoreTrouble: It is not all done; the next opening goes on with it.
        """
        return await self.care.erasing.erase(erasure)

    async def take(self, folder: Path, *, erased_too: bool = False) -> Joined:
        """Add what is missing here from an export, as `StoreJoining.take`.

        Raises:
            StoreTrouble: It can't be used, or not all be written.
        """
        await self.memory.flush()  # what is held in memory is read anew afterwards
        try:
            return await self.care.joining.take(folder, erased_too=erased_too)
        finally:
            with contextlib.suppress(SottovoceError):  # nor may a change that came meanwhile be lost
                await self.memory.flush()
            self.forget()

    @finishing
    async def merge(self, files: Sequence[Path] = ()) -> MergeOutcome:
        """Bring copies of the database together with it, as `StoreJoining.merge`, and erase what was erased there.

        Raises:
            StoreTrouble: None can be used, or not all be written; what is left to be erased the next opening erases.
        """
        await self.memory.flush()  # as above
        try:
            merged = await self.care.joining.merge(files)
        finally:
            with contextlib.suppress(SottovoceError):
                await self.memory.flush()
            self.forget()
        if merged.erasures:
            await self.care.erasing.resume()
        return merged

    async def forget_files(self) -> None:
        """Forget what files have answered, where the policy lets none be answered from.

        Raises:
            StoreTrouble: They can't be listed.
        """
        if not self.recollection.knowledge.allowed:
            void_answers(self.recollection.cache, [one.id for one in await self.store.documents()], frozenset())

    def use_language_model(self, settings: Settings) -> None:
        """Ask the language model that the settings name, from the next question on.

        Raises:
            LanguageModelForbidden: The policy does not let it; none is asked then.
        """
        in_force = self.policy.applied(settings)
        address, name = in_force.language_model_address, in_force.language_model_name
        self.speech.language_model.use("")
        if address and not self.policy.lets_ask(address, name):
            raise LanguageModelForbidden
        self.speech.language_model.use(address, name, in_force.own_network)

    async def follow_settings(self, before: Settings, now: Settings) -> None:
        """Speak as the settings say where they have just been changed, whatever was asked for aloud before.

        Raises:
            StoreTrouble: It could not be stored.
        """
        personality = (await self.memory.get_user_context(now.user)).personality
        unasked = {"volume": None, "speech_rate": None, "voice": ""}
        changed = {name: usual for name, usual in unasked.items() if getattr(before, name) != getattr(now, name)}
        following = dataclasses.replace(personality, **changed)  # type: ignore[arg-type] # the names are its fields
        if following != personality:
            await self.memory.set_context(now.user, personality=following)

    async def retain(self, days: int) -> ErasedEverywhere | None:
        """Erase messages older than so many days (0: none), as `erase`; None if there are none.

        Raises:
            StoreTrouble: As `erase`.
        """
        return await self.services.maintenance.retain(days)

    @contextlib.asynccontextmanager
    async def out_of_service(self, users: Collection[str], *, overtaking: bool) -> AsyncIterator[None]:
        """Hold nothing that may have been made of these users' words for the length of the block.

        Args:
            users: Whose rows are being erased.
            overtaking: Whether what was read or said of them before is not to be written any more.
        """
        async with self.recollection.cache.out_of_service(), self.memory.out_of_service(users, overtaking=overtaking):
            try:
                yield
            finally:
                self.recollection.conversations.forget()
                self.recollection.learning.forget()
                self.planner.schedule.forget()

    async def catch_up(self) -> None:
        """Finish what an erasure or a change of the key left undone; nothing happens where nothing is.

        Raises:
            SottovoceError: It could not all be done; what is left can be tried again.
        """
        trouble = await caught_up(self.care.erasing.resume, self.keys.resume)
        if trouble is not None:
            raise trouble

    def chores(self, idle: Callable[[], bool]) -> dict[str, Callable[[], Awaitable[object]]]:
        """What is due now and then where it is open for long, by name; `idle` says whether no turn runs."""
        return {
            "meanings": lambda: self.memory.fill_vectors(idle),
            "unfinished": self.catch_up,
            "clock": self.services.maintenance.watch_clock,
            "backups": self.services.maintenance.back_up,
            "retention": self.services.maintenance.retain,
            "replaced": self.drop_replaced,
            "escrow": self.services.escrow.ensure,
            "models": self.models.import_preinstalled,
        }

    async def drop_replaced(self) -> None:
        """Remove what a restore replaced, once the restored store has proved whole.

        Raises:
            StoreDamaged: It is not; what was replaced stays.
        """
        await self.services.maintenance.drop_replaced()

    def forget(self) -> None:
        """Drop what is held in memory of the store; it is read again when it is needed."""
        self.memory.forget()
        self.recollection.forget()
        self.planner.schedule.forget()
        self.services.api_keys.forget()


async def audited(store: AuditStore, policies: PolicySource) -> None:
    """Add a line to the audit log if another policy is in force than its last line about one says."""
    policy = policies.now()
    present = policy.to_json() | ({"usable": False} if policies.trouble else {})
    present |= {f"{name}{RECOMMENDED_MARK}": value for name, value in policy.recommended_json().items()}
    last = await store.last_audit(AuditEvent.POLICY_CHANGED)
    if present != Policy().to_json() | (dict(last.detail) if last else {}):  # an older line has fewer names
        await store.audit(AuditEvent.POLICY_CHANGED, present)


async def caught_up(*resuming: Callable[[], Awaitable[object]]) -> SottovoceError | None:
    """Finish what was left undone; the first trouble with it, which keeps nobody from the store."""
    trouble: SottovoceError | None = None
    for resume in resuming:
        try:
            await resume()
        except SottovoceError as error:
            log.warning("what was left undone could not be finished: %s", error.code)
            trouble = trouble or error
    return trouble


def void_answers(cache: ResponseCache, ids: Collection[str], words: frozenset[str]) -> None:
    """Forget what files that changed had answered, and what they may answer better: all words of it are in them."""
    cache.invalidate_void(Change(frozenset(f"document:{one}" for one in ids), words))
