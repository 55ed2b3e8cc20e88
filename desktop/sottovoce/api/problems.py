"""Errors as programs get them: a status, and a document of `application/problem+json` (RFC 9457) with a stable code."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from starlette.responses import Response

from sottovoce.domain import errors
from sottovoce.domain.errors import SottovoceError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sottovoce.operations.values import Json

MEDIA_TYPE: Final = "application/problem+json"

STATUS: Final[Mapping[type[SottovoceError], int]] = {
    errors.UsageWrong: 400,
    errors.ApiRequestWrong: 400,
    errors.SettingsUnusable: 400,
    errors.RecordingUnusable: 400,
    errors.ApiKeyTrouble: 401,
    errors.ApiScopeMissing: 403,
    errors.ApiOriginForeign: 403,
    errors.ApiForbidden: 403,
    errors.SettingLocked: 403,
    errors.ExportForbidden: 403,
    errors.EraseForbidden: 403,
    errors.LanguageModelForbidden: 403,
    errors.ApiNotThere: 404,
    errors.ThingNotFound: 404,
    errors.ApiMethodWrong: 405,
    errors.ApiTooSlow: 408,
    errors.TooMuch: 409,
    errors.ApiTooLarge: 413,
    errors.ApiHostForeign: 421,
    errors.ApiTooMany: 429,
    errors.Bug: 500,
    SottovoceError: 503,
}
"""The status of an error is that of its nearest class here: surroundings that fail may work again later."""

RETRY_AFTER_S: Final = 1
"""Seconds until what the surroundings were in the way of may be tried again."""


def status_of(error: SottovoceError) -> int:
    """The status that tells of this error."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def document(error: SottovoceError) -> Json:
    """What is told of it; `error` is the form that clients of OpenAI's interface look for."""
    return {
        "type": f"urn:sottovoce:problem:{error.code}",
        "title": error.sentence,
        "status": status_of(error),
        "detail": error.remedy,
        "code": error.code,
        "error": {"message": error.sentence, "type": error.code, "code": error.code, "param": None},
    }


SCHEMA: Final[Json] = {
    "type": "object",
    "description": "What went wrong, and what helps.",
    "properties": {
        "type": {"type": "string", "description": "A name for the code."},
        "title": {"type": "string", "description": "What happened, one sentence."},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What can be done."},
        "code": {"type": "string", "description": "Stable; `docs/errors.md` has them all."},
        "error": {"type": "object", "description": "The same, as clients of OpenAI's interface expect it."},
    },
    "required": ["type", "title", "status", "detail", "code"],
}


def problem(error: SottovoceError, headers: Mapping[str, str] | None = None) -> Response:
    """The answer that tells of it."""
    told, status = dict(headers or {}), status_of(error)
    if status == 401:  # noqa: PLR2004 - the status itself
        told["WWW-Authenticate"] = 'Bearer realm="sottovoce"'
    if status == 503 and "Retry-After" not in told:  # noqa: PLR2004 - as above
        told["Retry-After"] = str(RETRY_AFTER_S)
    return Response(json.dumps(document(error)), status, told, MEDIA_TYPE)
