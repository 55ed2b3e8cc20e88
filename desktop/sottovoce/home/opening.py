"""The composition root without Qt: a home's parts, opened in order and closed in reverse."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import logging
import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sottovoce.adapters.calendars.folder import CalendarFolder
from sottovoce.adapters.desktop import DesktopHere
from sottovoce.adapters.embedding import open_embedder
from sottovoce.adapters.embedding.lexicon import is_word
from sottovoce.adapters.knowledge.folder import KnowledgeFolder
from sottovoce.adapters.language_model import HttpLanguageModel
from sottovoce.adapters.models.library import ModelLibrary
from sottovoce.adapters.places import Places, places
from sottovoce.adapters.policy_files import PolicySource
from sottovoce.adapters.secrets import KeyringSecrets
from sottovoce.adapters.settings_file import read_settings
from sottovoce.adapters.store import EncryptedStore, StoreCare, StoreKeys, StoreLimits, open_store
from sottovoce.adapters.updates import ReleaseNews
from sottovoce.adapters.wake import MachineClocks
from sottovoce.agent.agent import Agent
from sottovoce.agent.desktop_ports import Act, Guard
from sottovoce.agent.desktop_skills import desktop_skills
from sottovoce.agent.examples import Examples
from sottovoce.agent.intents import IntentRecognizers
from sottovoce.agent.language_model import ModelAnswers, ModelFacts
from sottovoce.agent.questions import FirstOf
from sottovoce.agent.skills import all_skills
from sottovoce.agent.skills.again import KeptConsents
from sottovoce.agent.skills.calendar import CalendarSkill
from sottovoce.agent.skills.dictation import DictationSkill
from sottovoce.agent.skills.history import History
from sottovoce.agent.skills.lists import ListKeeping
from sottovoce.agent.skills.lookup import Lookup
from sottovoce.agent.skills.notes import NoteTaking
from sottovoce.agent.skills.recall import Recall
from sottovoce.domain import moments
from sottovoce.domain.endpoints import shown
from sottovoce.domain.errors import CodeEscrowed, LanguageModelForbidden, SottovoceError, StoreTrouble
from sottovoce.domain.policy import ESCROW, Policy
from sottovoce.home.escrow import Escrow
from sottovoce.home.front_end import ALONE, FrontEnd
from sottovoce.home.home import Home, caught_up, void_answers
from sottovoce.home.maintenance import Maintenance
from sottovoce.language import ENGLISH, display
from sottovoce.memory.cache import ResponseCache
from sottovoce.memory.calendar import Calendar
from sottovoce.memory.conversations import ConversationMemory
from sottovoce.memory.finish import finish
from sottovoce.memory.knowledge import Knowledge
from sottovoce.memory.learning import Learning
from sottovoce.memory.lists import Lists
from sottovoce.memory.notes import Notes
from sottovoce.memory.past import Past
from sottovoce.memory.schedule import Schedule
from sottovoce.memory.system import MemorySystem
from sottovoce.talk.answering import Answering
from sottovoce.talk.dictation import Dictation

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from datetime import datetime, tzinfo
    from pathlib import Path

    from sottovoce.agent.tools import Skill
    from sottovoce.domain.contexts import UserContext
    from sottovoce.domain.errors import ClockDoubted
    from sottovoce.domain.records import Egress
    from sottovoce.domain.settings import Settings
    from sottovoce.memory.ports import Asker, Embedder
    from sottovoce.memory.store import EgressStore, Store

log = logging.getLogger(__name__)

OPENING_S = 1.0
"""Seconds that opening waits for what an earlier session left undone; after that it goes on beside the use."""
ABOUT = 0.5
"""How near in meaning a file must be to be opened for a topic whose words it does not have."""
LOCK_S = 5.0
"""Seconds waited for another process of the same home to finish: a command's length, not the application's."""


def found_places(folder: Path | str | None = None) -> Places:
    """The places under `folder`, or those the environment names; their folders are made.

    Raises:
        PlacesUnusable: One can't be made.
    """
    found = Places.under(folder) if folder is not None else places(os.environ)
    found.prepare()
    return found


def refuse_unescrowed(policies: PolicySource, found: Places) -> None:
    """Let no store be made whose recovery code the policy may want to be kept, where that can't be read.

    Raises:
        PolicyUnusable: It can't.
    """
    there = os.path.lexists(found.database_entry) or os.path.lexists(found.key_entry)
    if policies.trouble is not None and not there and policies.in_force.closed & ESCROW:
        raise policies.trouble


def local_now() -> datetime:
    """The present time in the machine's zone."""
    return moments.local_now()


@contextlib.asynccontextmanager
async def open_home(  # noqa: PLR0913 - each by its name
    folder: Path | str | None = None,
    key: bytes | None = None,
    *,
    settings: Settings | None = None,
    lock_s: float = LOCK_S,
    asker: Asker | None = None,
    recovery_code: str | None = None,
    policy: Policy | PolicySource | None = None,
    clock: Callable[[], datetime] = local_now,
    maintain: bool = True,
    front_end: FrontEnd = ALONE,
) -> AsyncIterator[Home]:
    """Open a home for the length of the block.

    Args:
        folder: Where it is; None for the place the environment names.
        key: The database's key, 32 bytes; None to have it from the operating system's keyring.
        settings: In place of those in settings.toml.
        lock_s: Seconds to wait for another process that has the home open.
        asker: Is asked for a passphrase where the keyring can't give the key (see `open_store`).
        recovery_code: In place of the keyring's key, which is put back there.
        policy: In place of this machine's.
        clock: The wall clock, with its zone.
        maintain: Whether what is due (backups, retention) is done at the end, as far as it takes no time worth a word.
        front_end: Whom the parts tell what they meet, and who says when they may work.

    Raises:
        PolicyUnusable: There is no store yet, and who keeps its recovery code can't be read; nothing was made. A store
            that is there opens with all that closed which can't be read, and `warning` tells it.
        PlacesUnusable, SettingsUnusable, StoreInUse, KeyTrouble, StoreTrouble: It can't be opened; nothing was changed.
    """
    found = found_places(folder)
    policies = policy if isinstance(policy, PolicySource) else PolicySource(fixed=policy)
    settings = settings or read_settings(found.settings_file, policies.now().usual).strict()
    refuse_unescrowed(policies, found)
    seconds = time.time if clock is local_now else lambda: clock().timestamp()  # the cache asks it often
    ground = _Ground(found, settings, policies, front_end, clock, seconds)
    async with contextlib.AsyncExitStack() as stack:
        kept = await _keep(stack, ground, _Ways(key, lock_s, asker, recovery_code, new_only=folder is not None))
        escrow = Escrow(found, kept.store, kept.keys, policies)
        unfinished = await stack.enter_async_context(_catching_up(kept.care, kept.keys, front_end))
        remembered = _remember(stack, ground, kept.store)
        knowledge = _know(stack, ground, kept.store, remembered)
        maintenance = Maintenance(
            kept.care, kept.store, policies, settings, tell=front_end.take, save=remembered.memory.flush
        )
        maintenance.at_close = maintain
        schedule = _schedule(ground, kept.store, remembered.memory)
        recognizers = IntentRecognizers({ENGLISH: is_word})
        asked = _ask_models(ground, kept.store, remembered.memory)
        models = ModelLibrary(found, settings, policies.now, kept.store.record_egress)
        stack.push_async_callback(models.close)
        calendar = _plan(stack, ground, kept.store, maintenance)
        lists = Lists(kept.store, ground.seconds)
        notes = Notes(kept.store, embedder=remembered.embedder, clock=ground.seconds)
        guard = _guard(policies)
        dictation = Dictation(front_end.typing, allowed=lambda: guard.allows(Act.TYPE), on_change=front_end.dictating)
        stack.callback(dictation.stop)
        acting: tuple[Skill, ...] = (
            ListKeeping(lists),
            NoteTaking(notes, ground.clock, Lookup(knowledge)),
            DictationSkill(dictation, front_end.clipboard, guard),
            *_act(stack, ground, knowledge, guard),
            CalendarSkill(calendar, ground.clock),
        )
        home = Home(
            places=found,
            settings=settings,
            policies=policies,
            store=kept.store,
            memory=remembered.memory,
            conversations=remembered.conversations,
            cache=remembered.cache,
            knowledge=knowledge,
            learning=asked.learning,
            schedule=schedule,
            calendar=calendar,
            lists=lists,
            notes=notes,
            language_model=asked.language_model,
            answering=_answer(ground, recognizers, remembered, knowledge, asked, maintenance, schedule, *acting),
            dictation=dictation,
            embedder=remembered.embedder,
            front_end=front_end,
            keys=kept.keys,
            care=kept.care,
            models=models,
            releases=ReleaseNews(found.state, settings, policies.now, kept.store.record_egress, clock),
            escrow=escrow,
            maintenance=maintenance,
            just_made=kept.store.just_made,
            warning=kept.store.warning
            or unfinished
            or policies.trouble
            or await _escrow_news(escrow)
            or await _clock_news(maintenance),
        )
        kept.care.erasing.out_of_service = home.out_of_service
        with contextlib.suppress(LanguageModelForbidden):  # the doctor tells it, and so does the form of the settings
            home.use_language_model(settings)
        await _under_policy(home)
        recognizers.of(await _spoken_by(home))
        yield home
        await maintenance.close()


# --- The rooms of a home, in the order in which they are opened ------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Ground:
    """What every room of a home stands on."""

    places: Places
    settings: Settings
    policies: PolicySource
    front_end: FrontEnd
    clock: Callable[[], datetime]
    seconds: Callable[[], float]
    """The same clock, as seconds since 1970."""


@dataclass(frozen=True, slots=True, repr=False)
class _Ways:
    """How the store is opened."""

    key: bytes | None
    lock_s: float
    asker: Asker | None
    recovery_code: str | None
    new_only: bool
    """Whether a new store is made in an empty folder only."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """The store, and what is done with it as a whole."""

    store: EncryptedStore
    care: StoreCare
    keys: StoreKeys


async def _keep(stack: contextlib.AsyncExitStack, ground: _Ground, ways: _Ways) -> _Kept:
    keyring = KeyringSecrets if ways.key is None else None
    store = await _open_store(ground.places, ways)
    stack.push_async_callback(store.close)
    care = StoreCare(ground.places, store, ground.clock)
    care.erasing.keyring = care.backups.keyring = keyring
    care.erasing.on_progress = ground.front_end.erasing
    stack.push_async_callback(care.close)
    keys = StoreKeys(ground.places, store, keyring, backups=care.backups)
    stack.push_async_callback(keys.close)
    return _Kept(store, care, keys)


async def _open_store(found: Places, ways: _Ways) -> EncryptedStore:
    limits = StoreLimits(lock_wait_s=ways.lock_s)
    if ways.key is not None:
        return await open_store(found, key=ways.key, limits=limits)
    secrets = KeyringSecrets()
    try:
        return await open_store(
            found,
            secrets,
            limits=limits,
            empty_folder_only=ways.new_only,
            asker=ways.asker,
            recovery_code=ways.recovery_code,
        )
    finally:
        # The key is needed once; an idle thread and an open bus connection are not.
        await finish(secrets.close())


@dataclass(frozen=True, slots=True)
class _Remembered:
    """What is remembered of users and of what was said."""

    embedder: Embedder
    cache: ResponseCache
    memory: MemorySystem
    conversations: ConversationMemory
    past: Past


def _remember(stack: contextlib.AsyncExitStack, ground: _Ground, store: Store) -> _Remembered:
    embedder = open_embedder()
    stack.push_async_callback(embedder.close)
    # Nothing is revalidated behind a caller's back: what is cached now is made anew in milliseconds.
    cache = ResponseCache(store=store, clock=ground.seconds)
    cache.start()
    stack.push_async_callback(cache.aclose)
    memory = MemorySystem(store, embedder=embedder, cache=cache, clock=ground.seconds)
    memory.tell_trouble_to(ground.front_end.take)
    stack.push_async_callback(memory.aclose)
    conversations = ConversationMemory(store, fence=memory.fence, clock=ground.seconds)
    memory.tell_forgotten_to(conversations.forget)  # what an answer left open may hold it
    return _Remembered(embedder, cache, memory, conversations, Past(store))


def _know(stack: contextlib.AsyncExitStack, ground: _Ground, store: Store, remembered: _Remembered) -> Knowledge:
    """The user's own files."""
    front_end, policies, embedder = ground.front_end, ground.policies, remembered.embedder
    files = KnowledgeFolder(ground.places.knowledge, embedder=embedder.name, tell=front_end.take)
    stack.push_async_callback(files.close)
    return Knowledge(
        store,
        files,
        embedder,
        idle=front_end.idle,
        tell=front_end.take,
        allowed=lambda: policies.now().knowledge_allowed is not False,
        on_change=lambda ids, words: void_answers(remembered.cache, ids, words),
        on_progress=front_end.progress,
        clock=ground.seconds,
    )


def _plan(stack: contextlib.AsyncExitStack, ground: _Ground, store: Store, maintenance: Maintenance) -> Calendar:
    """The calendar, with the files of the folder that the settings name."""
    files = CalendarFolder(lambda: ground.policies.now().applied(maintenance.settings).calendars)
    stack.push_async_callback(files.close)
    return Calendar(store, files=files, clock=ground.seconds)


@dataclass(frozen=True, slots=True)
class _Models:
    """The language model that may be asked, and what is learnt by it."""

    language_model: HttpLanguageModel
    learning: Learning


def _ask_models(ground: _Ground, store: EgressStore, memory: MemorySystem) -> _Models:
    language_model = HttpLanguageModel(lambda egress: _noted(store, ground.policies, language_model, egress))
    return _Models(language_model, Learning(memory, ModelFacts(language_model), clock=ground.seconds))


def _schedule(ground: _Ground, store: Store, memory: MemorySystem) -> Schedule:
    """Timers, alarms and reminders, each due where its user is."""

    async def zone_of(user: str) -> tzinfo | None:
        zone = (await memory.get_user_context(user)).time_zone
        return ZoneInfo(zone) if zone else None

    return Schedule(store, MachineClocks(ground.seconds), zone_of)


def _guard(policies: PolicySource) -> Guard:
    """What the administrator lets be done outside of the assistant, asked each time before it is."""

    def allows(act: Act) -> bool:
        policy = policies.now()
        allowed = {
            Act.OPEN: policy.tools_open_applications_allowed,
            Act.MEDIA: policy.tools_media_allowed,
            Act.SYSTEM: policy.tools_system_allowed,
            Act.TYPE: policy.tools_type_allowed,
        }
        return allowed[act] is not False

    return Guard(allows=allows)


def _act(stack: contextlib.AsyncExitStack, ground: _Ground, knowledge: Knowledge, guard: Guard) -> tuple[Skill, ...]:
    """What is done on the desktop."""
    front_end = ground.front_end

    async def find_file(topic: str, tag: str) -> Path | None:
        for found in await knowledge.search(topic, tag=tag):
            if found.shares_words or found.cosine >= ABOUT:
                return ground.places.knowledge / found.passage.path
        return None

    desktop = DesktopHere(held=front_end.held, allows=guard.allows, take_picture=front_end.take_picture)
    stack.push_async_callback(desktop.close)
    return desktop_skills(desktop.ports, find_file)


def _answer(
    ground: _Ground,
    recognizers: IntentRecognizers,
    remembered: _Remembered,
    knowledge: Knowledge,
    asked: _Models,
    maintenance: Maintenance,
    schedule: Schedule,
    *more: Skill,
) -> Answering:
    """What answers: understanding, skills, the model, and the last resort."""
    memory, policies, language_model = remembered.memory, ground.policies, asked.language_model
    lookup = Lookup(knowledge)
    skills = all_skills(
        memory,
        ground.clock,
        lookup,
        History(remembered.past, ground.clock),
        *more,
        usual=lambda: policies.now().applied(maintenance.settings),
        decided=lambda: policies.now().decided,
        learning=asked.learning,
        schedule=schedule,
        rings=lambda: ground.front_end.rings,
    )
    model = ModelAnswers(
        language_model,
        memory,
        asked.learning,
        ground.clock,
        files=knowledge.search,
        own_network=lambda: language_model.own_network,
    )
    last_resort = FirstOf(Recall(memory, ground.clock), lookup)
    agent = Agent(
        recognizers.of,
        skills,
        cache=remembered.cache,
        last_resort=last_resort,
        model=model,
        consents=KeptConsents(memory),
        examples=Examples(remembered.embedder),
        now=ground.clock,
    )
    return Answering(agent, memory, remembered.conversations, decided=lambda: policies.now().decided)


async def _spoken_by(home: Home) -> str:
    """The language of the machine's own user; windows and commands are shown in it from now on, whatever it becomes."""

    def show(context: UserContext) -> None:
        if context.user_id == home.maintenance.settings.user:
            display.show_in(context.language)

    home.memory.tell_contexts_to(show)
    with contextlib.suppress(SottovoceError):  # who can't be read is told so when something is asked
        return (await home.memory.get_user_context(home.maintenance.settings.user)).language
    return ENGLISH


async def _noted(store: EgressStore, policies: PolicySource, model: HttpLanguageModel, egress: Egress) -> None:
    """Note what is about to be sent to a model, at the last moment at which the policy can still forbid it.

    Raises:
        LanguageModelForbidden: It does.
        StoreTrouble: It could not be noted.
    """
    address = model.endpoint if shown(model.endpoint) == egress.endpoint else egress.endpoint
    if not policies.now().lets_ask(address, model.name):
        raise LanguageModelForbidden
    await store.record_egress(egress)


async def _escrow_news(escrow: Escrow) -> SottovoceError | None:
    """Have the recovery code kept where the policy wants it; what to tell of that."""
    try:
        return CodeEscrowed() if await escrow.ensure() else None
    except SottovoceError as trouble:  # it keeps nobody from the store, and is tried again
        log.warning("the recovery code is not kept yet: %s", trouble.code)
        return trouble


async def _under_policy(home: Home) -> None:
    """What another policy than the last session's asks for."""
    try:
        await home.forget_files()
        await home.audit_policy()
    except StoreTrouble as trouble:  # it keeps nobody from the store
        log.warning("the policy is not in the audit log: %s", trouble.code)


async def _clock_news(maintenance: Maintenance) -> ClockDoubted | None:
    try:
        return await maintenance.clock_news()
    except StoreTrouble as trouble:  # it keeps nobody from the store
        log.warning("the clock was not looked at: %s", trouble.code)
        return None


@contextlib.asynccontextmanager
async def _catching_up(care: StoreCare, keys: StoreKeys, front_end: FrontEnd) -> AsyncIterator[SottovoceError | None]:
    """Finish what was left undone: rows at once, files beside the block; gives the trouble there is with it so far."""
    trouble = await caught_up(care.erasing.resume_rows)
    opened = False

    async def resume() -> SottovoceError | None:
        met = await caught_up(functools.partial(care.erasing.resume, memories_too=False), keys.resume)
        if opened and met is not None:
            front_end.take(met)
        return met

    resuming = asyncio.create_task(resume(), name="catching up")
    try:
        await asyncio.wait({resuming}, timeout=OPENING_S)
        opened = True
        yield trouble or (resuming.result() if resuming.done() else None)
        await asyncio.wait({resuming}, timeout=front_end.patience_s)
    finally:
        resuming.cancel()
        await finish(asyncio.wait({resuming}))
