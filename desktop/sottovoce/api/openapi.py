"""The description of the local API, OpenAPI 3.1: made of what answers, edited nowhere."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final

from sottovoce.api.endpoint import Endpoint, JsonResponse, content
from sottovoce.api.problems import MEDIA_TYPE, SCHEMA
from sottovoce.api.routes import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.responses import Response
    from starlette.types import Receive, Scope

    from sottovoce.operations.values import Json

PATH: Final = f"{ROOT}/openapi.json"
_PROBLEM: Final = {"$ref": "#/components/responses/Problem"}


def description(endpoints: Iterable[Endpoint]) -> Json:
    """The whole document."""
    paths: dict[str, dict[str, Any]] = {}
    for one in endpoints:
        found = one.described()
        responses = found["responses"] | {"default": _PROBLEM}
        scoped = {} if one.scope is None else {"security": [{"key": []}], "x-scope": str(one.scope)}
        paths.setdefault(one.path, {})[one.method.lower()] = found | scoped | {"responses": responses}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Sottovoce",
            "version": "1",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
            "description": "The assistant of this machine, for other programs on it.",
        },
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "servers": [{"url": "/"}],
        "paths": {path: paths[path] for path in sorted(paths)},
        "components": {
            "securitySchemes": {
                "key": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A key of `sottovoce api key create`.",
                }
            },
            "responses": {"Problem": content(SCHEMA, MEDIA_TYPE, "What went wrong.")},
        },
    }


class Description(Endpoint):
    """Serves it; needs no key."""

    path = PATH

    def of(self, endpoints: Iterable[Endpoint]) -> Description:
        """Describe these endpoints."""
        self._endpoints = tuple(endpoints)
        return self

    @functools.cached_property
    def _document(self) -> Json:
        return description((*self._endpoints, self))

    async def answer(self, scope: Scope, receive: Receive) -> Response:  # noqa: ARG002 - nothing is read
        """Give the document."""
        return JsonResponse(self._document)

    def described(self) -> Json:
        """Describe this very path."""
        return {
            "operationId": "openapi",
            "summary": "This description.",
            "security": [],
            "responses": {"200": content({"type": "object"})},
        }
