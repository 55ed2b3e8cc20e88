"""Each policy where it has its effect: what it forbids does not happen, and what it decides is in force."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

import pytest

from sottovoce import open_home
from sottovoce.adapters import policy_files
from sottovoce.adapters.log_file import set_level
from sottovoce.adapters.policy_files import PolicySource
from sottovoce.adapters.speaker import NoSpeaker
from sottovoce.adapters.typing.elsewhere import CopiedInstead
from sottovoce.commands.aloud import answering_aloud
from sottovoce.commands.line import run
from sottovoce.commands.printed import Printed
from sottovoce.domain.errors import (
    BackupsElsewhereForbidden,
    EraseForbidden,
    EscrowUnwritable,
    ExportForbidden,
    KnowledgeForbidden,
    LanguageModelForbidden,
    LanguageModelTrouble,
    PolicyUnusable,
    SettingLocked,
    TypingCopied,
    TypingForbidden,
)
from sottovoce.domain.policy import Policy
from sottovoce.domain.records import AuditEvent
from sottovoce.domain.settings import Settings
from sottovoce.home import FrontEnd
from sottovoce.operations.checks import check_recovery
from tests.fakes_dictation import FakeClipboard, FakeTyping
from tests.served import Service

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KEY = bytes(range(32))


@pytest.fixture
def managed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """This machine's folder of managed policies, and no application's home."""
    folder = tmp_path / "etc" / "managed"
    folder.mkdir(parents=True)
    monkeypatch.setattr(policy_files, "MANAGED", folder)
    monkeypatch.setenv("SOTTOVOCE_HOME", str(tmp_path / "home"))
    return folder


def _say(folder: Path, **policies: object) -> None:
    (folder / "a.json").write_text(json.dumps(policies))


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, Any]]:
    """Runs a command in this process; gives its exit code and what it printed."""

    def do(*words: str) -> tuple[int, Any]:
        code = run((*words, "--json"), lambda: Printed(""))
        return code, json.loads(capsys.readouterr().out)

    return do


async def test_nothing_is_exported_where_that_is_forbidden_and_it_may_be_again(tmp_path: Path, managed: Path) -> None:
    async with open_home(tmp_path / "home", KEY) as home:
        _say(managed, ExportAllowed=False)
        with pytest.raises(ExportForbidden):
            await Service(home).answer("export", {"folder": str(tmp_path / "out"), "user": None})
        assert not (tmp_path / "out").exists()
        _say(managed, ExportAllowed=True)
        await Service(home).answer("export", {"folder": str(tmp_path / "out"), "user": None})
        assert (tmp_path / "out").is_dir()


async def test_nothing_is_erased_where_that_is_forbidden(
    tmp_path: Path, managed: Path, command: Callable[..., tuple[int, Any]]
) -> None:
    _say(managed, EraseAllowed=False)
    async with open_home(tmp_path / "home", KEY) as home:
        answer = await home.ask("what time is it")
        service = Service(home)
        for what in ({"conversation": answer.conversation}, {"user": home.settings.user}):
            with pytest.raises(EraseForbidden):
                await service.answer("erase", what)
        with pytest.raises(EraseForbidden):
            await service.answer("erase.replaced", {})
        assert len(await home.store.page(limit=10)) == 2


def test_erasing_everything_by_command_is_forbidden_as_well(
    managed: Path, tmp_path: Path, command: Callable[..., tuple[int, Any]]
) -> None:
    _say(managed, EraseAllowed=False)
    (tmp_path / "home").mkdir(mode=0o700)
    (tmp_path / "home" / "sottovoce.keys").write_text("kept")
    code, told = command("erase", "--everything", "--yes")
    assert (code, told["error"]["code"]) == (3, "erase-forbidden")
    assert (tmp_path / "home" / "sottovoce.keys").read_text() == "kept"


async def test_backups_go_where_the_administrator_lets_them(tmp_path: Path, managed: Path) -> None:
    _say(managed, BackupsElsewhereAllowed=False)
    async with open_home(tmp_path / "home", KEY) as home:
        with pytest.raises(BackupsElsewhereForbidden):
            await home.services.maintenance.create_backup(tmp_path / "elsewhere.backup")
        assert not (tmp_path / "elsewhere.backup").exists()
        made = await home.services.maintenance.create_backup()
        assert made.path.parent == home.places.backups


async def test_files_are_neither_read_nor_answered_from(tmp_path: Path, managed: Path) -> None:
    async with open_home(tmp_path / "home", KEY) as home:
        (home.places.knowledge / "boiler.md").write_text(
            "# Boiler\n\nThe boiler is serviced by Brandt & Sons every May.\n"
        )
        await home.recollection.knowledge.sync()
        asked = "what do my files say about the boiler"
        assert "Brandt" in (await home.ask(asked)).reply
    _say(managed, KnowledgeAllowed=False)
    async with open_home(tmp_path / "home", KEY) as home:
        assert "administrator" in (await home.ask(asked)).reply
        assert "Brandt" not in (await home.ask("who services the boiler")).reply
        assert await home.recollection.knowledge.search("boiler") == ()
        with pytest.raises(KnowledgeForbidden):
            await home.recollection.knowledge.sync()
    _say(managed, KnowledgeAllowed=True)
    async with open_home(tmp_path / "home", KEY) as home:
        assert "Brandt" in (await home.ask(asked)).reply


async def test_only_addresses_and_names_that_are_allowed_are_asked(tmp_path: Path, managed: Path) -> None:
    own = Settings(language_model_address="http://127.0.0.1:9/v1", language_model_name="llama")
    async with open_home(tmp_path / "home", KEY, settings=own) as home:
        assert home.speech.language_model.endpoint
        for forbidding in ({"EndpointsAllowed": ["https://*"]}, {"LanguageModelsAllowed": ["qwen*"]}):
            _say(managed, **forbidding)
            with pytest.raises(LanguageModelForbidden):
                await home.ask("how do whales sleep")
            assert await home.store.egress(10) == ()
            with pytest.raises(LanguageModelForbidden):
                home.use_language_model(own)
            assert home.speech.language_model.endpoint == ""
            _say(managed)
            home.use_language_model(own)
        _say(managed, LanguageModelsAllowed=["llama*"])
        with pytest.raises(LanguageModelTrouble) as met:
            await home.ask("how do whales sleep")
        assert not isinstance(met.value, LanguageModelForbidden)
        assert len(await home.store.egress(10)) == 1, "it was asked, and nobody is there"
        _say(managed, LanguageModelAddress="")
        home.use_language_model(own)
        assert home.speech.language_model.endpoint == "", "the administrator has decided for none"


async def test_the_voice_can_not_be_changed_by_asking_where_its_rate_is_decided(tmp_path: Path, managed: Path) -> None:
    async with open_home(tmp_path / "home", KEY) as home:
        assert (await home.ask("speak slower")).reply == "I will speak slower."
        assert (await home.speech.answering.delivery("me")).rate == 155
        _say(managed, SpeechRate=170, Volume=60)
        for asked in ("speak slower", "faster", "louder", "softer"):
            assert "administrator" in (await home.ask(asked)).reply
        delivery = await home.speech.answering.delivery("me")
        assert (delivery.rate, delivery.volume) == (None, None), "that of the settings, which the policy decides"
        for key in ("personality.speech_rate", "speech_rate"):
            with pytest.raises(SettingLocked):
                await Service(home).answer("context.set", {"key": key, "value": "200"})
        _say(managed)
        assert (await home.speech.answering.delivery("me")).rate == 155, "the user's own way is kept"


async def test_a_command_that_answers_aloud_speaks_as_is_decided(
    tmp_path: Path, managed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Settings] = []

    def make(settings: Settings) -> NoSpeaker:
        asked.append(settings)
        return NoSpeaker()

    monkeypatch.setattr("sottovoce.commands.aloud.make_speaker", make)
    _say(managed, SpeechRate=170, Speak=False)
    async with open_home(tmp_path / "home", KEY) as home, answering_aloud(home):
        pass
    assert [(one.speech_rate, one.speak) for one in asked] == [(170, False)]


def test_a_demonstration_has_no_code_kept_for_anybody(tmp_path: Path, managed: Path) -> None:
    (kept := tmp_path / "kept").mkdir()
    _say(managed, RecoveryEscrowFolder=str(kept))
    assert run(("demo", "--json"), lambda: Printed("")) == 0
    assert not list(kept.iterdir())


def test_decided_and_recommended_settings_are_listed_as_such(
    managed: Path, command: Callable[..., tuple[int, Any]]
) -> None:
    _say(managed, Hotkey="F9", KeepDaysAtMost=30)
    recommended = managed.with_name("recommended")
    recommended.mkdir()
    (recommended / "a.json").write_text('{"SpeechRate": 160, "Hotkey": "F8"}')
    rows = {row["key"]: row for row in command("settings", "list")[1]["settings"]}
    assert (rows["hotkey"]["value"], rows["hotkey"]["source"]) == ("F9", "policy")
    assert "administrator" in rows["hotkey"]["locked"]
    rate = rows["speech_rate"]
    assert (rate["value"], rate["default"], rate["source"], rate["locked"]) == (160, 160, "recommended", None)
    code, refused = command("settings", "set", "hotkey", "F7")
    assert (code, refused["error"]["code"]) == (3, "setting-locked")
    assert command("settings", "set", "speech_rate", "180")[1]["source"] == "file"
    assert command("settings", "get", "speech_rate")[1]["value"] == 180, "the program's own default is a choice here"
    shown = command("policy", "show")[1]
    assert shown["sources"] == {
        "Hotkey": str(managed / "a.json"),
        "Hotkey (recommended)": str(recommended / "a.json"),
        "KeepDaysAtMost": str(managed / "a.json"),
        "SpeechRate (recommended)": str(recommended / "a.json"),
    }
    assert shown["recommended"] == {"Hotkey": "F8", "SpeechRate": 160}
    assert shown["trouble"] is None


def test_a_forbidden_language_model_can_not_be_named(managed: Path, command: Callable[..., tuple[int, Any]]) -> None:
    _say(managed, LanguageModelsAllowed=["qwen*"], EndpointsAllowed=["http://127.0.0.1:*"])
    code, told = command("settings", "set", "language_model_address", "http://127.0.0.1:8080/v1")
    assert (code, told["error"]["code"]) == (3, "language-model-forbidden"), "the server's own choice is no qwen"
    assert command("settings", "set", "language_model_name", "qwen3")[0] == 0
    assert command("settings", "set", "language_model_address", "http://127.0.0.1:8080/v1")[0] == 0
    assert command("settings", "set", "language_model_name", "llama")[1]["error"]["code"] == "language-model-forbidden"


def test_show_tells_in_words_who_says_what_and_what_is_reserved(
    managed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _say(managed, ApiAllowed=False, EmbeddedModelAllowed=False, ModelsAllowed=[], Speak=True)
    managed.with_name("recommended").mkdir()
    (managed.with_name("recommended") / "b.json").write_text('{"Volume": 40}')
    assert run(("policy", "show"), lambda: Printed("")) == 0
    lines = dict(line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines())
    assert lines["ApiAllowed"] == f"off  ({managed / 'a.json'})"
    reserved = f"off  ({managed / 'a.json'})  (reserved: there is nothing yet that it guards)"
    assert lines["EmbeddedModelAllowed"] == reserved
    assert lines["ModelsAllowed"] == f"none  ({managed / 'a.json'})"
    assert lines["Speak"].startswith("on  ")
    assert lines["Volume"] == f"40  (recommended, {managed.with_name('recommended') / 'b.json'})"
    assert lines["ExportAllowed"] == "the user chooses"
    assert lines["McpServersAllowed"].startswith("reserved")


def test_what_can_not_be_read_is_shown_as_closed_and_told(managed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (managed / "a.json").write_text('{"ExportAllowed": "no", "Speak": true}')
    assert run(("policy", "show"), lambda: Printed("")) == 3
    printed = capsys.readouterr()
    assert "`ExportAllowed` must be true or false" in printed.err
    lines = dict(line.split(maxsplit=1) for line in printed.out.splitlines())
    assert lines["ExportAllowed"] == "off  (a policy that can't be read)"
    assert lines["EraseAllowed"] == "the user chooses"
    (managed / "b.json").write_text("{")
    assert run(("policy", "show", "--json"), lambda: Printed("")) == 3
    told = json.loads(capsys.readouterr().out)
    assert told["trouble"]["code"] == "policy-unusable"
    assert told["policy"]["EraseAllowed"] is False


def test_a_whole_folder_is_checked(managed: Path, command: Callable[..., tuple[int, Any]]) -> None:
    _say(managed, ExportAllowed=True)
    assert command("policy", "check", str(managed))[1]["policy"]["ExportAllowed"] is True
    (managed / "b.json").write_text('{"Export": true}')
    code, told = command("policy", "check", str(managed))
    assert (code, told["error"]["code"]) == (1, "policy-unusable")


async def test_a_home_opens_under_a_policy_that_can_not_be_read_with_all_closed_and_told(
    tmp_path: Path, managed: Path
) -> None:
    async with open_home(tmp_path / "home", KEY) as home:
        await home.ask("what time is it")
    (managed / "a.json").write_text("{")
    async with open_home(tmp_path / "home", KEY) as home:
        assert isinstance(home.warning, PolicyUnusable)
        with pytest.raises(ExportForbidden):
            await Service(home).answer("export", {"folder": str(tmp_path / "out"), "user": None})
        assert len(await home.store.page(limit=10)) == 2
        last = await home.store.last_audit(AuditEvent.POLICY_CHANGED)
        assert last
        assert last.detail["usable"] is False


async def test_no_store_is_made_while_nobody_can_tell_who_keeps_its_code(tmp_path: Path, managed: Path) -> None:
    for broken in ("{", '{"RecoveryEscrowKey": "no key"}'):
        (managed / "a.json").write_text(broken)
        with pytest.raises(PolicyUnusable):
            async with open_home(tmp_path / "home", KEY):
                pass
        assert not (tmp_path / "home" / "sottovoce.db").exists()
    (managed / "a.json").write_text('{"ExportAllowed": "no"}')
    async with open_home(tmp_path / "home", KEY) as home:
        assert home.just_made


async def test_the_doctor_tells_whether_the_code_is_where_the_policy_wants_it(tmp_path: Path, managed: Path) -> None:
    (kept := tmp_path / "kept").mkdir()
    _say(managed, RecoveryEscrowFolder=str(kept))
    async with open_home(tmp_path / "home", KEY) as home:
        assert home.services.escrow.kept()
    assert "kept by your administrator" in str(await check_recovery())
    _say(managed, RecoveryEscrowFolder=str(tmp_path / "elsewhere"))
    with pytest.raises(EscrowUnwritable):
        await check_recovery()


async def test_preparing_tells_what_is_not_ready_and_goes_on_from_there(tmp_path: Path, managed: Path) -> None:
    kept = tmp_path / "kept"
    _say(managed, RecoveryEscrowFolder=str(kept))
    async with open_home(tmp_path / "home", KEY) as home:
        service = Service(home)
        with pytest.raises(EscrowUnwritable):
            await service.answer("prepare", {})
        kept.mkdir()
        told = await service.answer("prepare", {})
        assert (told["ready"], told["recovery_code_kept_for_administrator"]) == (True, True)
        assert len(list(kept.iterdir())) == 1
        (managed / "a.json").write_text("{")
        with pytest.raises(PolicyUnusable):
            await service.answer("prepare", {})


async def test_a_recommendation_that_changes_is_a_line_in_the_audit_log(tmp_path: Path, managed: Path) -> None:
    recommended = managed.with_name("recommended")
    recommended.mkdir()
    async with open_home(tmp_path / "home", KEY) as home:
        (recommended / "a.json").write_text('{"SpeechRate": 160}')
        for _ in range(2):
            await home.audit_policy()
        (recommended / "a.json").unlink()
        await home.audit_policy()
        lines = [one for one in await home.store.audit_log(100) if one.event == AuditEvent.POLICY_CHANGED]
        assert [one.detail.get("SpeechRate (recommended)") for one in lines] == [None, 160]


@pytest.mark.parametrize(("decided", "level"), [("warning", "WARNING"), ("debug", "DEBUG"), (None, "INFO")])
def test_the_log_tells_as_much_as_is_decided(decided: str | None, level: str) -> None:
    own = logging.getLogger("sottovoce")
    before = own.level
    try:
        set_level(decided, {"SOTTOVOCE_LOG": "info"})
        assert logging.getLevelName(own.level) == level
    finally:
        own.setLevel(before)


def test_a_command_logs_as_much_as_is_decided(managed: Path, command: Callable[..., tuple[int, Any]]) -> None:
    own = logging.getLogger("sottovoce")
    before = own.level
    try:
        own.setLevel(logging.INFO)
        command("settings", "path")
        assert own.level == logging.INFO
        _say(managed, LogLevel="warning")
        command("settings", "path")
        assert own.level == logging.WARNING
    finally:
        own.setLevel(before)


@pytest.mark.parametrize(("allowed", "started"), [(False, 0), (True, 1), (None, 1)])
def test_nothing_starts_by_itself_where_that_is_forbidden(
    managed: Path, capsys: pytest.CaptureFixture[str], *, allowed: bool | None, started: int
) -> None:
    _say(managed, **({} if allowed is None else {"AutostartAllowed": allowed}))
    starts: list[str] = []

    def application() -> Printed:
        starts.append("started")
        return Printed("")

    assert run(("--autostart",), application) == 0
    assert len(starts) == started
    assert run((), application) == 0, "by hand it always starts"
    assert len(starts) == started + 1
    assert capsys.readouterr().err == ""


def test_a_policy_that_is_given_is_the_policy(managed: Path) -> None:
    _say(managed, ExportAllowed=False)
    given = Policy(volume=3)
    assert PolicySource(fixed=given).now() is given
    assert PolicySource().now() == Policy(export_allowed=False)


async def test_nothing_is_done_on_the_desktop_where_that_is_forbidden(tmp_path: Path, managed: Path) -> None:
    forbidden = "Your administrator has forbidden that."
    asked = {
        "ToolsOpenApplicationsAllowed": "open my downloads folder",
        "ToolsMediaAllowed": "mute the sound",
        "ToolsSystemAllowed": "lock the screen",
    }
    async with open_home(tmp_path / "home", KEY) as home:
        for policy, words in asked.items():
            _say(managed, **{policy: False})
            assert (await home.ask(words)).reply == forbidden
            assert (await home.ask("how much disk space is left")).reply != forbidden
            others = [other for name, other in asked.items() if name != policy and other != asked["ToolsMediaAllowed"]]
            for other in others:  # asks first
                assert (await home.ask(other)).reply.startswith("Shall I")


async def test_a_text_that_may_not_be_typed_is_not_put_in_the_clipboard_either(tmp_path: Path, managed: Path) -> None:
    """As where no program may type, and the clipboard takes what would be typed."""
    clipboard = FakeClipboard("what was there")
    keyboard = CopiedInstead(clipboard.copy)
    front_end = FrontEnd(typing=lambda: keyboard, clipboard=lambda: clipboard)
    async with open_home(tmp_path / "home", KEY, front_end=front_end) as home:
        user = home.settings.user
        home.speech.dictation.start(user, "en")
        _say(managed, ToolsTypeAllowed=False)
        with pytest.raises(TypingForbidden):
            await home.speech.dictation.take("dear anna")
        with pytest.raises(TypingForbidden):
            await home.speech.dictation.once("dear anna", "en")
        forbidden = "Your administrator has forbidden that."
        for words in ("type hello world", "take dictation"):
            assert (await home.ask(words)).reply == forbidden
        assert clipboard.held == "what was there"
        assert not home.speech.dictation.on
        _say(managed, ToolsTypeAllowed=True)
        assert (await home.ask("type hello world")).reply.startswith("Shall I type")
        assert clipboard.held == "what was there"
        with pytest.raises(TypingCopied):
            await home.ask("yes")
        assert clipboard.held == "Hello world"


async def test_nothing_is_typed_into_other_programs_where_that_is_forbidden(tmp_path: Path, managed: Path) -> None:
    keyboard, shown = FakeTyping(), list[bool]()
    front_end = FrontEnd(typing=lambda: keyboard, dictating=shown.append)
    async with open_home(tmp_path / "home", KEY, front_end=front_end) as home:
        user = home.settings.user
        assert (await home.ask("type hello world")).reply.startswith("Shall I type")
        _say(managed, ToolsTypeAllowed=False)
        forbidden = "Your administrator has forbidden that."
        assert (await home.ask("yes")).reply == forbidden, "it was forbidden meanwhile"
        for words in ("take dictation", "type hello world"):
            assert (await home.ask(words)).reply == forbidden
        assert not home.speech.dictation.on
        _say(managed, ToolsTypeAllowed=True)
        await home.ask("take dictation")
        await home.ask("yes")
        await home.speech.dictation.take("dear anna")
        _say(managed, ToolsTypeAllowed=False)
        assert home.speech.dictation.takes(user)
        with pytest.raises(TypingForbidden):
            await home.speech.dictation.take("the secret")
        assert not home.speech.dictation.on
    assert keyboard.text == "Dear anna"
    assert shown == [True, False]
