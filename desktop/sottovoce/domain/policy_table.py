"""Every policy, and a value for each.

Made by `python -m tools.policies` from resources/policy/policies.toml: change that.
"""

from __future__ import annotations

from dataclasses import dataclass

from sottovoce.domain.policy_declared import DeclaredPolicy

BUNDLE = "org.sottovoce.Sottovoce"
"""Domain of the managed preferences, under macOS."""
REGISTRY = "Software\\Policies\\Sottovoce"
"""Key of the registry, under Windows."""

DECLARED = (
    DeclaredPolicy(
        name="LanguageModelAtMost",
        field="language_model_at_most",
        kind="choice",
        closed="none",
        choices=("none", "device", "network", "any"),
        limits="language_model_address",
    ),
    DeclaredPolicy(
        name="EndpointsAllowed",
        field="endpoints_allowed",
        kind="list",
        closed=(),
        limits="language_model_address",
    ),
    DeclaredPolicy(
        name="LanguageModelsAllowed",
        field="language_models_allowed",
        kind="list",
        closed=(),
        limits="language_model_name",
    ),
    DeclaredPolicy(
        name="LanguageModelAddress",
        field="language_model_address",
        kind="text",
        setting="language_model_address",
    ),
    DeclaredPolicy(name="LanguageModelName", field="language_model_name", kind="text", setting="language_model_name"),
    DeclaredPolicy(name="OwnNetwork", field="own_network", kind="text", setting="own_network"),
    DeclaredPolicy(name="TracesAddress", field="traces_address", kind="text", setting="traces_address"),
    DeclaredPolicy(
        name="TracesAllowed",
        field="traces_allowed",
        kind="boolean",
        only=False,
        sets="",
        closed=False,
        setting="traces_address",
        told="policy-no-traces",
    ),
    DeclaredPolicy(
        name="EmbeddedModelAllowed",
        field="embedded_model_allowed",
        kind="boolean",
        closed=False,
        planned=True,
    ),
    DeclaredPolicy(name="ModelsAllowed", field="models_allowed", kind="list", closed=()),
    DeclaredPolicy(name="ModelMirror", field="model_mirror", kind="text", unset="", form="address"),
    DeclaredPolicy(name="ModelProxy", field="model_proxy", kind="text", unset="", form="proxy"),
    DeclaredPolicy(name="PreinstalledModels", field="preinstalled_models", kind="list", form="path"),
    DeclaredPolicy(name="SpeechModel", field="speech_model", kind="text", setting="model"),
    DeclaredPolicy(
        name="KeepDaysAtMost",
        field="keep_days_at_most",
        kind="integer",
        low=1,
        high=36500,
        unset=0,
        limits="keep_days",
        erases=True,
    ),
    DeclaredPolicy(
        name="HistoryDays",
        field="history_days",
        kind="integer",
        low=0,
        high=36500,
        setting="keep_days",
        erases=True,
    ),
    DeclaredPolicy(name="LocalBackups", field="local_backups", kind="boolean", closed=False, setting="local_backups"),
    DeclaredPolicy(name="BackupsElsewhereAllowed", field="backups_elsewhere_allowed", kind="boolean", closed=False),
    DeclaredPolicy(name="ExportAllowed", field="export_allowed", kind="boolean", closed=False),
    DeclaredPolicy(name="EraseAllowed", field="erase_allowed", kind="boolean", closed=False),
    DeclaredPolicy(name="KnowledgeAllowed", field="knowledge_allowed", kind="boolean", closed=False),
    DeclaredPolicy(name="RecoveryEscrowFolder", field="recovery_escrow_folder", kind="text", unset="", form="path"),
    DeclaredPolicy(name="RecoveryEscrowKey", field="recovery_escrow_key", kind="text", unset="", form="public-key"),
    DeclaredPolicy(name="Hotkey", field="hotkey", kind="text", setting="hotkey"),
    DeclaredPolicy(
        name="HotkeyMode",
        field="hotkey_mode",
        kind="choice",
        choices=("hold", "toggle"),
        setting="hotkey_mode",
    ),
    DeclaredPolicy(name="HandsFree", field="hands_free", kind="boolean", setting="hands_free"),
    DeclaredPolicy(
        name="PrerollAllowed",
        field="preroll_allowed",
        kind="boolean",
        only=False,
        closed=False,
        setting="preroll",
        told="policy-no-preroll",
    ),
    DeclaredPolicy(name="Speak", field="speak", kind="boolean", setting="speak"),
    DeclaredPolicy(name="SpeechRate", field="speech_rate", kind="integer", low=80, high=450, setting="speech_rate"),
    DeclaredPolicy(name="Volume", field="volume", kind="integer", low=0, high=100, setting="volume"),
    DeclaredPolicy(
        name="MediaWhileListening",
        field="media_while_listening",
        kind="choice",
        choices=("pause", "lower", "leave"),
        setting="media_while_listening",
    ),
    DeclaredPolicy(name="AutostartAllowed", field="autostart_allowed", kind="boolean"),
    DeclaredPolicy(name="Welcome", field="welcome", kind="boolean"),
    DeclaredPolicy(
        name="LogLevel",
        field="log_level",
        kind="choice",
        closed="warning",
        choices=("debug", "info", "warning"),
    ),
    DeclaredPolicy(name="LockAfterIdleMinutes", field="lock_after_idle_minutes", kind="integer", low=1, high=1440),
    DeclaredPolicy(name="LogFormat", field="log_format", kind="choice", choices=("text", "json"), setting="log_format"),
    DeclaredPolicy(name="UpdateAddress", field="update_address", kind="text", setting="update_address"),
    DeclaredPolicy(name="UpdateKey", field="update_key", kind="text", setting="update_key"),
    DeclaredPolicy(
        name="UpdateCheckAllowed",
        field="update_check_allowed",
        kind="boolean",
        only=False,
        sets="",
        closed=False,
        setting="update_address",
        told="policy-no-updates",
    ),
    DeclaredPolicy(
        name="ApiAllowed",
        field="api_allowed",
        kind="boolean",
        only=False,
        closed=False,
        setting="api",
        told="policy-no-api",
    ),
    DeclaredPolicy(
        name="WyomingAllowed",
        field="wyoming_allowed",
        kind="boolean",
        only=False,
        sets=0,
        closed=False,
        setting="api_wyoming_port",
        told="policy-no-wyoming",
    ),
    DeclaredPolicy(name="McpServersAllowed", field="mcp_servers_allowed", kind="list", closed=(), planned=True),
    DeclaredPolicy(
        name="ToolsOpenApplicationsAllowed",
        field="tools_open_applications_allowed",
        kind="boolean",
        closed=False,
    ),
    DeclaredPolicy(name="ToolsTypeAllowed", field="tools_type_allowed", kind="boolean", closed=False),
    DeclaredPolicy(name="ToolsMediaAllowed", field="tools_media_allowed", kind="boolean", closed=False),
    DeclaredPolicy(name="ToolsSystemAllowed", field="tools_system_allowed", kind="boolean", closed=False),
)
"""In the order of the table."""


@dataclass(init=False, repr=False, eq=False, frozen=True, slots=True, kw_only=True)  # `Policy` has them, for all fields
class PolicyValues:
    """What a policy says about each; what it says nothing about leaves the choice to the user."""

    language_model_at_most: str | None = None
    """How far away a language model may be."""
    endpoints_allowed: tuple[str, ...] | None = None
    """Addresses that questions may be sent to."""
    language_models_allowed: tuple[str, ...] | None = None
    """Language models that may be asked."""
    language_model_address: str | None = None
    """Address of the language model."""
    language_model_name: str | None = None
    """Name of the language model."""
    own_network: str | None = None
    """What else is in the own network."""
    traces_address: str | None = None
    """Collector of the times of turns."""
    traces_allowed: bool | None = None
    """Times of turns for a collector."""
    embedded_model_allowed: bool | None = None
    """A language model inside the program."""
    models_allowed: tuple[str, ...] | None = None
    """Speech models that may be installed."""
    model_mirror: str = ""
    """Mirror for speech models."""
    model_proxy: str = ""
    """Proxy for speech models."""
    preinstalled_models: tuple[str, ...] | None = None
    """Speech models that every home gets."""
    speech_model: str | None = None
    """Speech model in use."""
    keep_days_at_most: int = 0
    """Days that messages are kept at most."""
    history_days: int | None = None
    """Days that messages are kept."""
    local_backups: bool | None = None
    """Backups on this machine."""
    backups_elsewhere_allowed: bool | None = None
    """Backups in other places."""
    export_allowed: bool | None = None
    """Export in clear."""
    erase_allowed: bool | None = None
    """Erasing by the user."""
    knowledge_allowed: bool | None = None
    """The user's own files."""
    recovery_escrow_folder: str = ""
    """Folder for recovery codes."""
    recovery_escrow_key: str = ""
    """Public key for recovery codes."""
    hotkey: str | None = None
    """The key to talk."""
    hotkey_mode: str | None = None
    """How the key is used."""
    hands_free: bool | None = None
    """Listening on with free hands."""
    preroll_allowed: bool | None = None
    """Sound from before a press."""
    speak: bool | None = None
    """Answers aloud."""
    speech_rate: int | None = None
    """Words a minute."""
    volume: int | None = None
    """Loudness of the voice."""
    media_while_listening: str | None = None
    """Other programs' sound."""
    autostart_allowed: bool | None = None
    """Start with the session."""
    welcome: bool | None = None
    """The welcome."""
    log_level: str | None = None
    """Log level."""
    lock_after_idle_minutes: int | None = None
    """Lock when idle."""
    log_format: str | None = None
    """Form of the log."""
    update_address: str | None = None
    """Where news of releases are published."""
    update_key: str | None = None
    """The key that signs news of releases."""
    update_check_allowed: bool | None = None
    """Asking for newer versions."""
    api_allowed: bool | None = None
    """Local API."""
    wyoming_allowed: bool | None = None
    """Wyoming beside the local API."""
    mcp_servers_allowed: tuple[str, ...] | None = None
    """MCP servers that may be used."""
    tools_open_applications_allowed: bool | None = None
    """Tools that open applications."""
    tools_type_allowed: bool | None = None
    """Tools that type into windows."""
    tools_media_allowed: bool | None = None
    """Tools that steer music and films."""
    tools_system_allowed: bool | None = None
    """Tools that change the system."""
