"""Erasing for good."""

from typing import TYPE_CHECKING, Annotated, Final

from sottovoce.domain.effects import Effect
from sottovoce.domain.errors import EraseForbidden, ThingNotFound, UsageWrong
from sottovoce.domain.said import said
from sottovoce.language import words
from sottovoce.operations.declared import LONG_S, Face, Family, Needs, OperationChoice, Option
from sottovoce.operations.values import FOR_PEOPLE, Asks, Values, values

if TYPE_CHECKING:
    from sottovoce.adapters.places import Places
    from sottovoce.home import Home

_YES: Final = Option(help="cli-erase-yes", rank=1)

ERASE: Final = Family("erase", required=("scope",))


@values
class ErasedCounts(Values):
    """How much is gone."""

    messages: int
    conversations: int
    memories: int
    records: int


@values
class ErasureDone(Values):
    """What an erasure did, here and in the backups on this machine."""

    erased: ErasedCounts
    backups_rewritten: int
    backups_removed: int
    """Those that could not be written anew."""
    backups_not_opened: tuple[str, ...]
    """Names of those among them that no key opened."""
    backups_of_others: tuple[str, ...]
    """Names of those of another store, left as they are."""
    replaced_rewritten: int
    """What restores laid aside, and is without it now."""
    replaced_not_opened: tuple[str, ...]
    copies: tuple[str, ...]
    """Copies of the database that a synchronising program laid beside it: they may hold it."""


@values
class EraseScope(Asks[ErasureDone]):
    """Erase one conversation, or everything of one user."""

    conversation: Annotated[str | None, Option("ID", "cli-erase-conversation", together="scope")] = None
    user: Annotated[str | None, Option("U", "cli-erase-user", together="scope")] = None
    yes: Annotated[bool, FOR_PEOPLE, _YES] = False
    """Whether nobody has to be asked."""


def _erased(answered: ErasureDone) -> str:
    gone = answered.erased
    parts = [words("clierase-done", messages=gone.messages, memories=gone.memories, records=gone.records)]
    if answered.backups_rewritten or answered.backups_removed:
        parts.append(words("clierase-backups", rewritten=answered.backups_rewritten, removed=answered.backups_removed))
    parts += [words("clierase-backup-removed-whole", name=name) for name in answered.backups_not_opened]
    if answered.backups_of_others:
        parts.append(words("clierase-of-others", names=", ".join(answered.backups_of_others)))
    if answered.copies:
        parts.append(words("clierase-copies", names=", ".join(answered.copies)))
    if answered.replaced_rewritten:
        parts.append(words("clierase-replaced-too"))
    if answered.replaced_not_opened:
        parts.append(words("clierase-replaced-not-opened", names=", ".join(answered.replaced_not_opened)))
    return " ".join([*parts, words("clierase-elsewhere")])


@ERASE.operation(
    "erase", EraseScope, ErasureDone, effect=Effect.DESTROY, longest_s=LONG_S, prints=_erased, rewrites=True
)
async def erase_scope(home: "Home", asked: EraseScope) -> ErasureDone:
    """Erase what the scope names.

    Raises:
        UsageWrong: Neither or both are named.
        EraseForbidden: The administrator lets users erase nothing.
        ThingNotFound: There is nothing of that.
        SottovoceError: It could not all be done; the next opening goes on with it.
    """
    from sottovoce.domain.erasing import Erasure, Scope  # noqa: PLC0415 - completion needs none of it

    if (asked.conversation is None) == (asked.user is None):
        raise UsageWrong
    _refuse(home)
    erasure = (
        Erasure(scope=Scope.USER, of=asked.user)
        if asked.user is not None
        else Erasure(scope=Scope.CONVERSATION, of=asked.conversation or "")
    )
    done = await home.erase(erasure)
    if not (done.erased or done.backups_rewritten or done.aside_rewritten):
        raise ThingNotFound(said("clierase-nothing"))
    return ErasureDone(
        erased=ErasedCounts(
            messages=done.erased.messages,
            conversations=done.erased.conversations,
            memories=done.erased.memories,
            records=done.erased.records,
        ),
        backups_rewritten=done.backups_rewritten,
        backups_removed=done.backups_removed,
        backups_not_opened=tuple(done.removed),
        backups_of_others=tuple(done.left),
        replaced_rewritten=done.aside_rewritten,
        replaced_not_opened=tuple(done.aside_left),
        copies=tuple((await home.store.report(check=False)).copies),
    )


def _refuse(home: "Home") -> None:
    if "erase" in home.policy.forbidden:
        raise EraseForbidden


@values
class ReplacedErased(Values):
    """What restores had laid aside is gone."""

    erased: str
    folders: int


@values
class EraseReplaced(Asks[ReplacedErased]):
    """Erase the stores that restores have laid aside."""

    yes: Annotated[bool, FOR_PEOPLE, _YES] = False


@ERASE.operation(
    "erase.replaced",
    EraseReplaced,
    ReplacedErased,
    effect=Effect.DESTROY,
    line="erase",
    chosen_by=OperationChoice("replaced", "cli-erase-replaced", together="scope"),
    longest_s=LONG_S,
    prints=lambda answered: words("clierase-replaced-done", folders=answered.folders),
)
async def erase_replaced(home: "Home", _: EraseReplaced) -> ReplacedErased:
    """Erase the stores that restores laid aside.

    Raises:
        EraseForbidden: The administrator lets users erase nothing.
    """
    _refuse(home)
    return ReplacedErased(erased="replaced", folders=await home.care.drop_all_laid_aside())


@values
class EverythingErased(Values):
    """A whole home is gone."""

    erased: str
    files: int
    replaced: int
    """Folders that restores had laid aside."""
    keyring: bool
    """Whether the keyring has forgotten the key."""
    keyring_left: tuple[str, ...]
    """Its entries that another home opens with, or may."""


@values
class EraseEverything(Asks[EverythingErased]):
    """Erase the whole store with its key, backups and logs."""

    yes: Annotated[bool, FOR_PEOPLE, _YES] = False


def _everything(answered: EverythingErased) -> str:
    parts = [
        words("clierase-everything-and-replaced", files=answered.files, folders=answered.replaced)
        if answered.replaced
        else words("clierase-everything", files=answered.files)
    ]
    if not answered.keyring:
        parts.append(words("clierase-keyring-silent"))
    if answered.keyring_left:
        parts.append(words("clierase-keyring-left", names=", ".join(answered.keyring_left)))
    return " ".join([*parts, words("clierase-elsewhere")])


@ERASE.operation(
    "erase.everything",
    EraseEverything,
    EverythingErased,
    effect=Effect.DESTROY,
    needs=Needs.CLOSED_HOME,
    faces=Face.LINE,
    line="erase",
    chosen_by=OperationChoice("everything", "cli-erase-everything", together="scope"),
    prints=_everything,
)
async def erase_everything(places: "Places", _: EraseEverything) -> EverythingErased:
    """Erase it; keys first, so that a crash leaves only what is dead."""
    from sottovoce.adapters.secrets import KeyringSecrets  # noqa: PLC0415 - as above
    from sottovoce.adapters.store.erasing import erase_home  # noqa: PLC0415 - as above
    from sottovoce.memory.finish import finish  # noqa: PLC0415 - as above

    secrets = KeyringSecrets()
    try:
        done = await erase_home(places, secrets)
    finally:
        await finish(secrets.close())
    return EverythingErased(
        erased="everything",
        files=done.removed,
        replaced=done.aside,
        keyring=done.keyring,
        keyring_left=tuple(done.left),
    )
