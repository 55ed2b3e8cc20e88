"""The composition root without Qt: a home's parts, opened in order and closed in reverse."""

from __future__ import annotations

import contextlib
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
from sottovoce.adapters.recognizer_maker import RecognizerMaker
from sottovoce.adapters.secrets import KeyringSecrets
from sottovoce.adapters.settings_file import read_settings
from sottovoce.adapters.store import EncryptedStore, StoreCare, StoreKeys, StoreLimits, open_store
from sottovoce.adapters.updates import ReleaseNews
from sottovoce.adapters.wake import MachineClocks
from sottovoce.agent.agent import Agent
from sottovoce.agent.desktop import Act, Guard
from sottovoce.agent.dialogue import Examples
from sottovoce.agent.intents import IntentRecognizers
from sottovoce.agent.model import ModelAnswers, ModelFacts
from sottovoce.agent.skills import (
    CalendarSkill,
    DictationSkill,
    History,
    KeptConsents,
    ListKeeping,
    Lookup,
    NoteTaking,
    Recall,
    all_skills,
    desktop_skills,
)
from sottovoce.agent.tools import FirstOf
from sottovoce.domain import moments
from sottovoce.domain.endpoints import shown
from sottovoce.domain.errors import LanguageModelForbidden, SottovoceError
from sottovoce.domain.policy import ESCROW, Policy
from sottovoce.home.api_keys import ApiKeys
from sottovoce.home.catching_up import catching_up, clock_news, escrow_news, under_policy
from sottovoce.home.escrow import Escrow
from sottovoce.home.front_end import ALONE, FrontEnd
from sottovoce.home.home import Home, PlannerParts, RecallParts, ServiceParts, SpeechParts, void_answers
from sottovoce.home.maintenance import Maintenance
from sottovoce.home.tracing import follow_steps
from sottovoce.language import ENGLISH, display
from sottovoce.memory.cache import ResponseCache
from sottovoce.memory.calendar import Calendar
from sottovoce.memory.conversations import ConversationMemory
from sottovoce.memory.fence import FencedRecords
from sottovoce.memory.figures import Figures
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
    from sottovoce.domain.records import Egress
    from sottovoce.domain.settings import Settings
    from sottovoce.memory.ports import Asker, Embedder
    from sottovoce.memory.store import EgressStore, RecordStore, Store

log = logging.getLogger(__name__)

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
        front_end: Whom the parts report to, and who says when they may work.

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
    ground = _Ground(found, settings, policies, front_end, clock, seconds, Figures())
    async with contextlib.AsyncExitStack() as stack:
        kept = await _keep(stack, ground, _StoreAccess(key, lock_s, asker, recovery_code, new_only=folder is not None))
        unfinished = await stack.enter_async_context(catching_up(kept.care, kept.keys, front_end))
        traces = follow_steps(stack, settings, policies, ground.figures, kept.store)
        model = _language_model(ground, kept.store)
        memory, past, recollection = _remember(stack, ground, kept.store, model)
        services = _look_after(ground, kept, memory)
        services.maintenance.at_close = maintain
        stack.push_async_callback(services.looker.close)
        records = FencedRecords(kept.store, memory.fence)
        planner = _plan(stack, ground, records, memory, recollection.embedder, services.maintenance)
        recognizers = IntentRecognizers({ENGLISH: is_word})
        maker = RecognizerMaker(recognizers.of)
        stack.push_async_callback(maker.close)
        rooms = _Rooms(memory, past, recollection, planner, services.maintenance)
        home = Home(
            places=found,
            settings=settings,
            policies=policies,
            front_end=front_end,
            store=kept.store,
            keys=kept.keys,
            care=kept.care,
            memory=memory,
            recollection=recollection,
            planner=planner,
            speech=_answer(stack, ground, rooms, model, recognizers, maker),
            models=_have_models(stack, ground, kept.store),
            services=services,
            figures=ground.figures,
            just_made=kept.store.just_made,
            warning=kept.store.warning
            or unfinished
            or policies.trouble
            or traces
            or await escrow_news(services.escrow)
            or await clock_news(services.maintenance),
        )
        kept.care.erasing.out_of_service = home.out_of_service
        with contextlib.suppress(LanguageModelForbidden):  # the doctor tells it, and so does the form of the settings
            home.use_language_model(settings)
        await under_policy(home)
        await maker.make(await _spoken_by(home))
        yield home
        await services.maintenance.close()


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
    figures: Figures


@dataclass(frozen=True, slots=True, repr=False)
class _StoreAccess:
    """How the store is opened."""

    key: bytes | None
    lock_s: float
    asker: Asker | None
    recovery_code: str | None
    new_only: bool
    """Whether a new store is made in an empty folder only."""


@dataclass(frozen=True, slots=True)
class _OpenStore:
    """The store, and what is done with it as a whole."""

    store: EncryptedStore
    care: StoreCare
    keys: StoreKeys


async def _keep(stack: contextlib.AsyncExitStack, ground: _Ground, ways: _StoreAccess) -> _OpenStore:
    keyring = KeyringSecrets if ways.key is None else None
    store = await _open_store(ground, ways)
    stack.push_async_callback(store.close)
    care = StoreCare(ground.places, store, ground.clock)
    care.erasing.keyring = care.backups.keyring = keyring
    care.erasing.on_progress = ground.front_end.erasing
    stack.push_async_callback(care.close)
    keys = StoreKeys(ground.places, store, keyring, backups=care.backups)
    stack.push_async_callback(keys.close)
    return _OpenStore(store, care, keys)


async def _open_store(ground: _Ground, ways: _StoreAccess) -> EncryptedStore:
    found, figures = ground.places, ground.figures
    limits = StoreLimits(lock_wait_s=ways.lock_s)
    if ways.key is not None:
        return await open_store(found, key=ways.key, limits=limits, figures=figures)
    secrets = KeyringSecrets()
    try:
        return await open_store(
            found,
            secrets,
            limits=limits,
            empty_folder_only=ways.new_only,
            asker=ways.asker,
            recovery_code=ways.recovery_code,
            figures=figures,
        )
    finally:
        # The key is needed once; an idle thread and an open bus connection are not.
        await finish(secrets.close())


def _language_model(ground: _Ground, store: EgressStore) -> HttpLanguageModel:
    """What the settings may name, asked under the policy and noted each time."""
    model = HttpLanguageModel(lambda egress: _noted(store, ground.policies, model, egress), figures=ground.figures)
    return model


def _remember(
    stack: contextlib.AsyncExitStack, ground: _Ground, store: Store, model: HttpLanguageModel
) -> tuple[MemorySystem, Past, RecallParts]:
    """What is remembered of users and of what was said, and the user's own files."""
    embedder = open_embedder()
    stack.push_async_callback(embedder.close)
    # Nothing is revalidated behind a caller's back: what is cached now is made anew in milliseconds.
    cache = ResponseCache(store=store, clock=ground.seconds)
    cache.start()
    stack.push_async_callback(cache.aclose)
    memory = MemorySystem(store, embedder=embedder, cache=cache, clock=ground.seconds)
    memory.note_consents_to(store.audit)
    memory.report_trouble_to(ground.front_end.take)
    stack.push_async_callback(memory.aclose)
    conversations = ConversationMemory(store, fence=memory.fence, clock=ground.seconds)
    memory.announce_forgotten_to(conversations.forget)  # what an answer left open may hold it
    recollection = RecallParts(
        embedder=embedder,
        conversations=conversations,
        cache=cache,
        knowledge=_know(stack, ground, store, embedder, cache),
        learning=Learning(memory, ModelFacts(model), clock=ground.seconds),
    )
    return memory, Past(store), recollection


def _know(
    stack: contextlib.AsyncExitStack, ground: _Ground, store: Store, embedder: Embedder, cache: ResponseCache
) -> Knowledge:
    """The user's own files."""
    front_end, policies = ground.front_end, ground.policies
    files = KnowledgeFolder(ground.places.knowledge, embedder=embedder.name, on_trouble=front_end.take)
    stack.push_async_callback(files.close)
    return Knowledge(
        store,
        files,
        embedder,
        idle=front_end.idle,
        on_trouble=front_end.take,
        allowed=lambda: policies.now().knowledge_allowed is not False,
        on_change=lambda ids, words: void_answers(cache, ids, words),
        on_progress=front_end.progress,
        clock=ground.seconds,
    )


def _look_after(ground: _Ground, kept: _OpenStore, memory: MemorySystem) -> ServiceParts:
    """What is due now and then, and what an administrator or a release wants."""
    take, settings = ground.front_end.take, ground.settings
    maintenance = Maintenance(kept.care, kept.store, ground.policies, settings, on_trouble=take, save=memory.flush)
    return ServiceParts(
        maintenance=maintenance,
        escrow=Escrow(ground.places, kept.store, kept.keys, ground.policies),
        releases=ReleaseNews(
            ground.places.state, settings, ground.policies.now, kept.store.record_egress, ground.clock
        ),
        api_keys=ApiKeys(kept.store, ground.seconds, maintenance.believed),
    )


def _have_models(stack: contextlib.AsyncExitStack, ground: _Ground, store: EgressStore) -> ModelLibrary:
    """The user's folder of speech models."""
    models = ModelLibrary(ground.places, ground.settings, ground.policies.now, store.record_egress)
    stack.push_async_callback(models.close)
    return models


def _plan(
    stack: contextlib.AsyncExitStack,
    ground: _Ground,
    store: RecordStore,
    memory: MemorySystem,
    embedder: Embedder,
    maintenance: Maintenance,
) -> PlannerParts:
    """Lists and notes; the calendar, with the files of the folder that the settings name; what is due by a clock."""
    files = CalendarFolder(lambda: ground.policies.now().applied(maintenance.settings).calendars)
    stack.push_async_callback(files.close)

    async def zone_of(user: str) -> tzinfo | None:
        zone = (await memory.get_user_context(user)).time_zone
        return ZoneInfo(zone) if zone else None

    return PlannerParts(
        calendar=Calendar(store, files=files, clock=ground.seconds),
        lists=Lists(store, ground.seconds),
        notes=Notes(store, embedder=embedder, clock=ground.seconds),
        schedule=Schedule(store, MachineClocks(ground.seconds), zone_of, maintenance.believed),
    )


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


@dataclass(frozen=True, slots=True)
class _Rooms:
    """What answers rest on."""

    memory: MemorySystem
    past: Past
    recollection: RecallParts
    planner: PlannerParts
    maintenance: Maintenance


def _answer(
    stack: contextlib.AsyncExitStack,
    ground: _Ground,
    rooms: _Rooms,
    language_model: HttpLanguageModel,
    recognizers: IntentRecognizers,
    maker: RecognizerMaker,
) -> SpeechParts:
    """What answers: understanding, skills, the model, and the last resort."""
    memory, policies, recollection = rooms.memory, ground.policies, rooms.recollection
    guard, lookup = _guard(policies), Lookup(recollection.knowledge)
    dictation = Dictation(
        ground.front_end.typing, allowed=lambda: guard.allows(Act.TYPE), on_change=ground.front_end.dictating
    )
    stack.callback(dictation.stop)
    skills = all_skills(
        memory,
        ground.clock,
        lookup,
        History(rooms.past, ground.clock),
        ListKeeping(rooms.planner.lists),
        NoteTaking(rooms.planner.notes, ground.clock, lookup),
        DictationSkill(dictation, ground.front_end.clipboard, guard),
        *_act(stack, ground, recollection.knowledge, guard),
        CalendarSkill(rooms.planner.calendar, ground.clock),
        usual=lambda: policies.now().applied(rooms.maintenance.settings),
        decided=lambda: policies.now().decided,
        learning=recollection.learning,
        schedule=rooms.planner.schedule,
        rings=lambda: ground.front_end.rings,
    )
    agent = Agent(
        recognizers.of,
        skills,
        cache=recollection.cache,
        last_resort=FirstOf(Recall(memory, ground.clock), lookup),
        model=ModelAnswers(
            language_model,
            memory,
            recollection.learning,
            ground.clock,
            files=recollection.knowledge.search,
            own_network=lambda: language_model.own_network,
            figures=ground.figures,
        ),
        consents=KeptConsents(memory),
        examples=Examples(recollection.embedder),
        now=ground.clock,
        preparing=maker,
        figures=ground.figures,
    )
    answering = Answering(
        agent, memory, recollection.conversations, decided=lambda: policies.now().decided, figures=ground.figures
    )
    return SpeechParts(answering=answering, language_model=language_model, dictation=dictation)


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


async def _spoken_by(home: Home) -> str:
    """The language of the machine's own user; windows and commands are shown in it from now on, whatever it becomes."""

    def show(context: UserContext) -> None:
        if context.user_id == home.services.maintenance.settings.user:
            display.show_in(context.language)

    home.memory.announce_contexts_to(show)
    with contextlib.suppress(SottovoceError):  # who can't be read is told so when something is asked
        return (await home.memory.get_user_context(home.services.maintenance.settings.user)).language
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
