"""The local API: where it is served, and the keys to it."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

from sottovoce.domain.api_keys import used
from sottovoce.domain.api_scopes import ApiScope
from sottovoce.domain.effects import Effect
from sottovoce.domain.errors import ApiOff, UsageWrong
from sottovoce.domain.moments import local_moment, local_now
from sottovoce.domain.said import said
from sottovoce.language import words
from sottovoce.operations.declared import Face, Family, Needs, Option, Positional
from sottovoce.operations.shapes import TroubleShown, when
from sottovoce.operations.values import FILLED, LEFT_OUT, SECRET, Asks, Between, UnixTime, Values, values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sottovoce.adapters.places import Places
    from sottovoce.domain.records import ApiKey, ApiKeyUse
    from sottovoce.home import Home

API: Final = Family("api", usage="cliapi-words", default="status", words=Positional("NAME|PREFIX", "cli-api-words"))
_ELSEWHERE: Final = "cliapi-elsewhere"
SHOWN_DAYS: Final = 30
"""Days of use that a list tells."""


# --- where it is served -----------------------------------------------------------------------------------------------


@values
class ApiStatus(Values):
    """Where the local API is served."""

    served: bool
    address: str
    """Of HTTP; empty where it is not served by a port."""
    socket: str
    """The path of its Unix socket; empty where there is none."""
    wyoming: str
    """Of the Wyoming protocol; empty where it is not served."""
    keys: int
    """How many hold."""
    trouble: TroubleShown | None
    """Why it is not served though it is wanted."""


@values
class ShowApi(Asks[ApiStatus]):
    """Where the local API is served."""


def _status(answered: ApiStatus) -> str:
    lines = [words("cliapi-not-served")] if not answered.served else []
    lines += [words("cliapi-at", address=one) for one in (answered.address, answered.socket, answered.wyoming) if one]
    lines += [answered.trouble.line] if answered.trouble else []
    return "\n".join([*lines, words("cliapi-keys", count=answered.keys)])


@API.operation("api.status", ShowApi, ApiStatus, effect=Effect.READ, prints=_status)
async def show_api(home: "Home", _: ShowApi) -> ApiStatus:
    """Show whether the API is served, and where."""
    served, keys = home.front_end.api(), await home.services.api_keys.all()
    now = local_now().timestamp()
    return ApiStatus(
        served=bool(served.address or served.socket),
        address=served.address,
        socket=served.socket,
        wyoming=served.wyoming,
        keys=sum(one.revoked_at is None and (one.expires_at is None or now < one.expires_at) for one in keys),
        trouble=TroubleShown.of(served.trouble),
    )


@values
class ServeApi(Asks[ApiStatus]):
    """Serve the local API without a screen, until it is ended."""

    host: Annotated[str, FILLED, Option("ADDRESS", "cli-api-host", _ELSEWHERE)] = "127.0.0.1"
    """Of this machine alone."""
    port: Annotated[int | None, Between(0, 65535), Option("PORT", "cli-api-port", _ELSEWHERE)] = None
    """That of the setting `api_port`, if it is not given; 0 for any that is free."""
    socket: Annotated[Path | None, Option("FILE", "cli-api-socket", _ELSEWHERE)] = None
    """A Unix socket, in place of a port unless one is named, too."""
    wyoming: Annotated[int | None, Between(0, 65535), Option("PORT", "cli-api-wyoming", _ELSEWHERE)] = None
    """Of the Wyoming protocol: that of the setting `api_wyoming_port`, if it is not given; 0 for any that is free."""


@API.operation(
    "api.serve", ServeApi, ApiStatus, effect=Effect.ACT, needs=Needs.NOTHING, faces=Face.LINE, prints=_status
)
async def serve_api(_: "Places", __: ServeApi) -> ApiStatus:
    """Be served by the command, which alone can wait for its end.

    Raises:
        ApiOff: It is asked for by something else.
    """
    raise ApiOff


# --- keys -------------------------------------------------------------------------------------------------------------


@values
class UsesOfDay(Values):
    """How often a key was used on one day."""

    day: str
    """In UTC."""
    requests: int
    tokens: int


@values
class ApiKeyShown(Values):
    """A key, without anything it could be used by."""

    prefix: str
    name: str
    scopes: tuple[str, ...]
    created_at: UnixTime
    expires_at: UnixTime | None
    revoked_at: UnixTime | None
    last_used_at: UnixTime | None
    requests: int
    """In all that is still known."""
    tokens: int
    days: tuple[UsesOfDay, ...]
    """The last days on which it was used, the newest first."""


@values
class ApiKeysListed(Values):
    """Every key, the newest first."""

    keys: tuple[ApiKeyShown, ...]


@values
class NewApiKey(Values):
    """A key, shown this once."""

    key: Annotated[str, SECRET]
    prefix: str
    name: str
    scopes: tuple[str, ...]
    expires_at: Annotated[UnixTime | None, LEFT_OUT] = None


def _shown(key: "ApiKey", uses: "Sequence[ApiKeyUse]") -> ApiKeyShown:
    own, every = [one for one in uses if one.prefix == key.prefix], used(uses, key.prefix)
    return ApiKeyShown(
        prefix=key.prefix,
        name=key.name,
        scopes=key.scopes,
        created_at=key.created_at,
        expires_at=key.expires_at,
        revoked_at=key.revoked_at,
        last_used_at=every.last_at,
        requests=every.requests,
        tokens=every.tokens,
        days=tuple(UsesOfDay(day=one.day, requests=one.requests, tokens=one.tokens) for one in own[:SHOWN_DAYS]),
    )


def _new(answered: NewApiKey) -> str:
    end = words("cliapi-never") if answered.expires_at is None else when(answered.expires_at)
    told = words("cliapi-new", name=answered.name, scopes=", ".join(answered.scopes), end=end)
    return f"{told}\n\n    {answered.key}\n\n{words('cliapi-keep')}"


_NAMED_LENGTH = re.compile(r"([1-9]\d{0,4})([hd])")


def _end_of(text: str) -> float | None:
    """When that is: `90d`, `12h`, `2026-12-31` or `never`.

    Raises:
        UsageWrong: It is no such moment, or none to come.
    """
    now = local_now()
    if text == "never":
        return None
    if length := _NAMED_LENGTH.fullmatch(text):
        number = int(length[1])
        return (now + (timedelta(days=number) if length[2] == "d" else timedelta(hours=number))).timestamp()
    try:
        end = datetime.fromisoformat(text)
        end = end if end.tzinfo else end.replace(tzinfo=local_moment(now.timestamp()).tzinfo)
        found = end.timestamp()
    except (ValueError, OverflowError, OSError):
        found = 0.0
    if found <= now.timestamp():
        raise UsageWrong(said("cliapi-no-end"))
    return found


def _scopes_of(text: str) -> tuple[ApiScope, ...]:
    """The scopes of a list with commas.

    Raises:
        UsageWrong: One is none.
    """
    names = [one.strip() for one in text.split(",") if one.strip()]
    unknown = [one for one in names if one not in set(ApiScope)]
    if unknown or not names:
        raise UsageWrong(said("cliapi-no-scope", scope=", ".join(unknown) or text, scopes=", ".join(ApiScope)))
    return tuple(map(ApiScope, names))


@values
class CreateApiKey(Asks[NewApiKey]):
    """Make a key to the local API."""

    name: Annotated[str, FILLED, Positional()]
    """What it is for."""
    scope: Annotated[str, FILLED, Option("SCOPE,…", "cli-api-scope", _ELSEWHERE)] = "conversation"
    expires: Annotated[str, FILLED, Option("WHEN", "cli-api-expires", _ELSEWHERE)] = "90d"


@API.operation("api.key.create", CreateApiKey, NewApiKey, effect=Effect.WRITE, prints=_new)
async def create_api_key(home: "Home", asked: CreateApiKey) -> NewApiKey:
    """Make it; what it is used by is shown this once, and nowhere kept.

    Raises:
        UsageWrong: A scope or the end is none.
    """
    key, fresh = await home.services.api_keys.create(asked.name, _scopes_of(asked.scope), _end_of(asked.expires))
    return NewApiKey(key=fresh.text, prefix=key.prefix, name=key.name, scopes=key.scopes, expires_at=key.expires_at)


@values
class ListApiKeys(Asks[ApiKeysListed]):
    """The keys to the local API, and how often each was used."""


def _listed(answered: ApiKeysListed) -> str:
    return "\n".join(map(_line, answered.keys)) or words("cliapi-no-keys")


def _line(one: ApiKeyShown) -> str:
    end = words("cliapi-endless") if one.expires_at is None else words("cliapi-until", end=when(one.expires_at))
    state = words("cliapi-revoked") if one.revoked_at is not None else end
    last = "" if one.last_used_at is None else when(one.last_used_at)
    told = words("cliapi-used", count=one.requests, last=last)
    return f"{one.prefix}  {one.name:16} {state}  {told}  {' '.join(one.scopes)}".rstrip()


@API.operation("api.key.list", ListApiKeys, ApiKeysListed, effect=Effect.READ, prints=_listed)
async def list_api_keys(home: "Home", _: ListApiKeys) -> ApiKeysListed:
    """List them."""
    uses = await home.services.api_keys.uses()
    return ApiKeysListed(keys=tuple(_shown(one, uses) for one in await home.services.api_keys.all()))


@values
class RotateApiKey(Asks[NewApiKey]):
    """Make a key in another one's place, which ends at once."""

    prefix: Annotated[str, FILLED, Positional()]


@API.operation("api.key.rotate", RotateApiKey, NewApiKey, effect=Effect.WRITE, prints=_new)
async def rotate_api_key(home: "Home", asked: RotateApiKey) -> NewApiKey:
    """Make it, with the same name, scopes and end.

    Raises:
        ThingNotFound, ApiKeyExpired: There is no such key that holds.
    """
    key, fresh = await home.services.api_keys.rotate(asked.prefix)
    return NewApiKey(key=fresh.text, prefix=key.prefix, name=key.name, scopes=key.scopes, expires_at=key.expires_at)


@values
class RevokedApiKey(Values):
    """A key that has ended."""

    revoked: str
    """Its prefix."""


@values
class RevokeApiKey(Asks[RevokedApiKey]):
    """End a key at once."""

    prefix: Annotated[str, FILLED, Positional()]


@API.operation(
    "api.key.revoke",
    RevokeApiKey,
    RevokedApiKey,
    effect=Effect.WRITE,
    prints=lambda answered: words("cliapi-key-revoked", prefix=answered.revoked),
)
async def revoke_api_key(home: "Home", asked: RevokeApiKey) -> RevokedApiKey:
    """End it.

    Raises:
        ThingNotFound: There is no such key that holds.
    """
    return RevokedApiKey(revoked=(await home.services.api_keys.revoke(asked.prefix)).prefix)
