"""Endpoints that are made of declared operations, and the table of all of them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from starlette.routing import Route, Router

from sottovoce.api.endpoint import Endpoint, JsonResponse, admitted, content, query, request_body
from sottovoce.domain.errors import ApiMethodWrong, ApiNotThere, UsageWrong
from sottovoce.operations.declared import HttpName
from sottovoce.operations.registry import operations
from sottovoce.operations.schema import answer_of, fields_of
from sottovoce.operations.values import from_json, to_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from starlette.responses import Response
    from starlette.types import Receive, Scope, Send

    from sottovoce.api.limits import ApiLimits
    from sottovoce.api.ports import ApiHost
    from sottovoce.operations.declared import HttpRoute, Operation
    from sottovoce.operations.values import Asks, FieldKind, Json

ROOT: Final = "/api/v1"
_SWITCHES: Final = {"true": True, "false": False}


class OperationEndpoint(Endpoint):
    """Asks one declared operation."""

    def __init__(self, host: ApiHost | None, limits: ApiLimits, operation: Operation[Any, Any]) -> None:
        """Ask `operation`, which has a route."""
        super().__init__(host, limits)
        route = operation.http
        if route is None:
            raise TypeError(f"{operation.name} is not asked by HTTP")
        self.operation = operation
        self.route: HttpRoute = route
        self.method, self.path, self.scope = route.method, f"{ROOT}/{route.path}", route.scope

    async def answer(self, scope: Scope, receive: Receive) -> Response:
        """Ask the operation.

        Raises:
            UsageWrong: A field is missing, or not of its kind.
            SottovoceError: It failed.
        """
        asked = await self.asked(scope, receive)
        admitted(scope).as_user(getattr(asked, "user", None) or self.host.home.settings.user)
        await self.spoken_first()
        async with asyncio.timeout(self.operation.longest_s):
            return JsonResponse(to_json(await self.host.ask(asked)))

    async def asked(self, scope: Scope, receive: Receive) -> Asks[Any]:
        """What a request asks.

        Raises:
            UsageWrong: A field is missing, or not of its kind.
            ApiRequestTrouble: It can't be read.
        """
        given: Json
        if self.route.has_body:
            given = await self.json_body(scope, receive)
        else:
            given = dict(query(scope))
        in_path = scope.get("path_params", {})
        kinds, raw = self.operation.asked.kinds, dict[str, Any]()
        for name, kind in kinds.items():
            called = _called(name, kind)
            if name in in_path:
                raw[name] = in_path[name]
            elif called in given:
                raw[name] = given[called] if self.route.has_body else _from_text(kind, given[called])
        return from_json(self.operation.asked, raw)

    def described(self) -> Json:
        """What is asked and answered, from the declaration."""
        text = (self.operation.asked.__doc__ or "").strip()
        found: Json = {
            "operationId": self.operation.name,
            "summary": text.splitlines()[0],
            "responses": {"200": content(answer_of(self.operation.answered))},
        }
        parameters, in_body, required = [], dict[str, Any](), list[str]()
        for name, (schema, needed) in fields_of(self.operation.asked).items():
            called = _called(name, self.operation.asked.kinds[name])
            if name in self.route.in_path:
                plain = {"type": "string", "minLength": 1} if schema.get("type") == "string" else schema
                parameters.append({"name": name, "in": "path", "required": True, "schema": plain | _choices(schema)})
            elif self.route.has_body:
                in_body[called] = schema
                required += [called] if needed else []
            else:
                plain = _not_null(schema)
                parameters.append({"name": called, "in": "query", "required": needed, "schema": plain})
        if parameters:
            found["parameters"] = parameters
        if self.route.has_body:
            found["requestBody"] = request_body({"type": "object", "properties": in_body, "required": required})
        return found


def _choices(schema: Json) -> Json:
    return {"enum": schema["enum"]} if "enum" in schema else {}


def _not_null(schema: Json) -> Json:
    """A query has no null: what is not given is left out."""
    if isinstance(schema.get("type"), list):
        return schema | {"type": next(one for one in schema["type"] if one != "null")}
    if "anyOf" in schema:
        return next(one for one in schema["anyOf"] if one != {"type": "null"})
    return schema


def _called(name: str, kind: FieldKind) -> str:
    mark = kind.marked(HttpName)
    return name if mark is None else mark.name


def _from_text(kind: FieldKind, text: str) -> Any:  # noqa: ANN401 - of the field's kind
    """A field of a query as JSON would have it.

    Raises:
        UsageWrong: It is no such value.
    """
    try:
        if kind.of is bool:
            return _SWITCHES[text]
        return kind.of(text) if kind.of in {int, float} else text
    except (ValueError, KeyError):
        raise UsageWrong from None


def of_operations(host: ApiHost | None, limits: ApiLimits) -> Iterator[OperationEndpoint]:
    """An endpoint for each operation that has a route and no form of its own."""
    for operation in operations():
        if operation.http is not None:
            yield OperationEndpoint(host, limits, operation)


class _OfPath:
    """What answers at one path, by method."""

    def __init__(self, endpoints: Iterable[Endpoint]) -> None:
        self._of = {one.method: one for one in endpoints}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        endpoint = self._of.get(scope["method"])
        if endpoint is None:
            raise WrongMethod(", ".join(sorted(self._of)))
        admitted(scope).asks(f"{endpoint.method} {endpoint.path}")
        await endpoint(scope, receive, send)


class WrongMethod(ApiMethodWrong):
    """Knows which methods there are."""

    def __init__(self, allow: str) -> None:
        """Tell so."""
        super().__init__()
        self.headers = {"Allow": allow}


async def _nothing(_scope: Scope, _receive: Receive, _send: Send) -> None:
    raise ApiNotThere


def router(endpoints: Iterable[Endpoint]) -> Router:
    """Finds what answers at a path.

    Paths without a parameter come first, so that `/notes/search` is no note.
    """
    by_path: dict[str, list[Endpoint]] = {}
    for one in endpoints:
        by_path.setdefault(one.path, []).append(one)
    paths = sorted(by_path, key=lambda path: path.count("{"))
    return Router([Route(path, _OfPath(by_path[path])) for path in paths], default=_nothing, redirect_slashes=False)
