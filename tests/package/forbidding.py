"""What the installed program does not do under a policy: one act for each that forbids something."""

from __future__ import annotations

from typing import Any, Final

BY_WHOM: Final = r"[Aa]dministrat"

STEPS: Final[tuple[tuple[dict[str, Any], str, str], ...]] = (
    ({"ExportAllowed": False}, "export /tmp/exported", ""),
    ({"EraseAllowed": False}, "erase --everything --yes", ""),
    ({"LocalBackups": False}, "settings set local_backups true", ""),
    ({"BackupsElsewhereAllowed": False}, "backup create /tmp/elsewhere.backup", ""),
    ({"ModelsAllowed": []}, "models import /home/somebody/families/small", ""),
    ({"KnowledgeAllowed": False}, "knowledge sync", ""),
    ({"KnowledgeAllowed": False}, "ask what do my files say about the anchor", BY_WHOM),
    ({"LanguageModelAtMost": "none"}, "settings set language_model_address http://127.0.0.1:9/v1", ""),
    ({"EndpointsAllowed": []}, "settings set language_model_address http://127.0.0.1:9/v1", ""),
    ({"UpdateCheckAllowed": False}, "settings set update_address https://releases.example.org/a.json", ""),
    ({"TracesAllowed": False}, "settings set traces_address http://127.0.0.1:4318", ""),
    ({"PrerollAllowed": False}, "settings set preroll true", ""),
    ({"ApiAllowed": False}, "api serve --port 0", ""),
    ({"WyomingAllowed": False}, "api serve --port 0 --wyoming 0", ""),
    ({"LogFormat": "json"}, "settings set log_format text", ""),
    ({"Hotkey": ""}, "settings set hotkey F9", ""),
    ({"ToolsOpenApplicationsAllowed": False}, "ask open the file manager", BY_WHOM),
    ({"ToolsTypeAllowed": False}, "ask take dictation", BY_WHOM),
    ({"ToolsMediaAllowed": False}, "ask set volume to thirty percent", BY_WHOM),
    ({"ToolsSystemAllowed": False}, "ask lock the screen", BY_WHOM),
    ({"Volume": 40}, "ask speak louder", BY_WHOM),
    ({"SpeechRate": 150}, "ask speak faster", BY_WHOM),
)
"""A policy, what is typed under it (a low line stands for a space within a word), and a pattern of what is told; none:
it is refused with exit code 3."""
