"""What requests to the local API are counted by: closed sets, so that no figure has a word of what was asked."""

from __future__ import annotations

from typing import Final

API_ENDPOINTS: Final = frozenset(
    {
        "DELETE /api/v1/alarms/{alarm}",
        "DELETE /api/v1/calendar/{event}",
        "DELETE /api/v1/lists/{name}",
        "DELETE /api/v1/memories/{memory}",
        "DELETE /api/v1/notes/{note}",
        "DELETE /api/v1/reminders/{reminder}",
        "DELETE /api/v1/timers/{timer}",
        "GET /api/v1/alarms",
        "GET /api/v1/cache",
        "GET /api/v1/calendar",
        "GET /api/v1/context",
        "GET /api/v1/conversations",
        "GET /api/v1/conversations/{conversation}",
        "GET /api/v1/egress",
        "GET /api/v1/health/live",
        "GET /api/v1/health/ready",
        "GET /api/v1/lists",
        "GET /api/v1/memories",
        "GET /api/v1/memories/used-by/{message}",
        "GET /api/v1/messages",
        "GET /api/v1/messages/search",
        "GET /api/v1/metrics",
        "GET /api/v1/notes",
        "GET /api/v1/notes/search",
        "GET /api/v1/notes/{note}",
        "GET /api/v1/openapi.json",
        "GET /api/v1/reminders",
        "GET /api/v1/timers",
        "GET /metrics",
        "GET /v1/models",
        "GET /v1/models/{model}",
        "POST /api/v1/alarms",
        "POST /api/v1/calendar",
        "POST /api/v1/conversation",
        "POST /api/v1/lists",
        "POST /api/v1/lists/done",
        "POST /api/v1/lists/remove",
        "POST /api/v1/memories",
        "POST /api/v1/notes",
        "POST /api/v1/reminders",
        "POST /api/v1/speak",
        "POST /api/v1/timers",
        "POST /api/v1/timers/{timer}/pause",
        "POST /api/v1/timers/{timer}/resume",
        "POST /api/v1/transcribe",
        "POST /v1/audio/speech",
        "POST /v1/audio/transcriptions",
        "POST /v1/chat/completions",
        "PUT /api/v1/context/{key}",
        "PUT /api/v1/memories/{memory}/reach",
    }
)
"""Methods with the templates of their paths, as the API's description has them (a test compares the two)."""
API_STATUSES: Final = frozenset(
    {"200", "400", "401", "403", "404", "405", "408", "409", "413", "421", "429", "500", "503"}
)
"""What is answered with; who went away before got none of them."""
