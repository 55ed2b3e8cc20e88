"""What the administrator decides, and how far."""

from __future__ import annotations

import pytest

from sottovoce.domain.erasing import days_kept
from sottovoce.domain.errors import PolicyUnusable
from sottovoce.domain.policy import (
    CLOSED,
    MOST_DAYS,
    NAMES,
    UNREADABLE,
    Policy,
    PolicyLayer,
    judge,
    merged,
    parse_policy,
    public_key,
)
from sottovoce.domain.said import said
from sottovoce.domain.settings import Settings
from sottovoce.language import shown


def test_without_a_policy_everything_is_the_users() -> None:
    policy = Policy()
    assert policy.applied(Settings(local_backups=False)) == Settings(local_backups=False)
    assert policy.locked == {}
    assert policy.to_json() == dict.fromkeys(NAMES)
    assert policy.lets_install("anything")


@pytest.mark.parametrize(("decided", "words"), [(True, "turned this on"), (False, "turned this off")])
def test_backups_are_as_the_administrator_wants(decided: bool, words: str) -> None:  # noqa: FBT001 - the value tried
    policy = Policy(**parse_policy({"LocalBackups": decided}, name="a.json"))
    assert policy.applied(Settings(local_backups=not decided, volume=50)) == Settings(local_backups=decided, volume=50)
    assert words in shown(policy.locked["local_backups"])


def test_a_prepared_home_can_do_without_the_welcome() -> None:
    policy = Policy(**parse_policy({"Welcome": False}, name="a.json"))
    assert policy.welcome is False
    assert policy.to_json()["Welcome"] is False
    assert not policy.locked


def test_keeping_sound_from_before_a_press_can_be_forbidden_but_not_commanded() -> None:
    forbidden = Policy(**parse_policy({"PrerollAllowed": False}, name="a.json"))
    assert forbidden.applied(Settings(preroll=True)) == Settings(preroll=False)
    assert forbidden.locked.keys() == forbidden.decided == {"preroll"}
    allowed = Policy(**parse_policy({"PrerollAllowed": True}, name="a.json"))
    assert [allowed.applied(Settings(preroll=wanted)).preroll for wanted in (True, False)] == [True, False]
    assert not allowed.decided
    assert not CLOSED.applied(Settings(preroll=True)).preroll


def test_asking_for_newer_versions_can_be_forbidden_but_not_commanded() -> None:
    named = Settings(update_address="https://releases.example/r.json")
    forbidden = Policy(**parse_policy({"UpdateCheckAllowed": False}, name="a.json"))
    assert forbidden.applied(named).update_address == CLOSED.applied(named).update_address == ""
    assert forbidden.locked.keys() == forbidden.decided == {"update_address"}
    allowed = Policy(**parse_policy({"UpdateCheckAllowed": True}, name="a.json"))
    assert allowed.applied(named) == named
    assert not allowed.locked


def test_a_limit_of_days_leaves_the_shorter_choice() -> None:
    policy = Policy(**parse_policy({"KeepDaysAtMost": 30}, name="a.json"))
    assert policy.locked.keys() == {"keep_days"}
    assert [days_kept(days, policy.keep_days_at_most) for days in (0, 7, 90)] == [30, 7, 30]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ([], "no JSON object"),
        ({"LocalBackup": True}, "`LocalBackup` is no policy"),
        ({"LocalBackups": "no"}, "`LocalBackups` must be true or false"),
        ({"UpdateCheckAllowed": "no"}, "`UpdateCheckAllowed` must be true or false"),
        ({"Welcome": 0}, "`Welcome` must be true or false"),
        ({"PrerollAllowed": 1}, "`PrerollAllowed` must be true or false"),
        ({"KeepDaysAtMost": 0}, "`KeepDaysAtMost` must be"),
        ({"KeepDaysAtMost": True}, "`KeepDaysAtMost` must be"),
        ({"KeepDaysAtMost": MOST_DAYS + 1, "X": 1}, "`X` is no policy; `KeepDaysAtMost` must be"),
    ],
)
def test_every_mistake_is_told_with_the_file(raw: object, said: str) -> None:
    with pytest.raises(PolicyUnusable) as told:
        parse_policy(raw, name="/etc/a.json")
    assert said in told.value.sentence
    assert "/etc/a.json" in told.value.sentence


@pytest.mark.parametrize(("far", "asked"), [(None, 3), ("none", 0), ("device", 1), ("network", 2), ("any", 3)])
def test_a_policy_says_how_far_a_language_model_may_be(far: str | None, asked: int) -> None:
    policy = Policy(**parse_policy({} if far is None else {"LanguageModelAtMost": far}, name="p"))
    nearest_first = ["http://127.0.0.1:8080/v1", "http://nas.local/v1", "https://models.example.com/v1"]
    assert [policy.lets_ask(address) for address in nearest_first] == [place < asked for place in range(3)]
    assert ("language_model_address" in policy.locked) is (far is not None)


@pytest.mark.parametrize("far", ["far", "", 3, None, ["any"]])
def test_how_far_is_one_of_four_words(far: object) -> None:
    with pytest.raises(PolicyUnusable, match="LanguageModelAtMost"):
        parse_policy({"LanguageModelAtMost": far}, name="p")


def test_an_administrator_names_the_models_that_may_be_installed_and_where_they_come_from() -> None:
    raw = {
        "ModelsAllowed": ["vosk-model-small-*"],
        "ModelMirror": "https://models.example/vosk",
        "ModelProxy": "http://proxy.example:3128",
    }
    policy = Policy(**parse_policy(raw, name="a.json"))
    assert policy.lets_install("vosk-model-small-de-0.15")
    assert not policy.lets_install("vosk-model-de-0.21")
    assert {key: policy.to_json()[key] for key in raw} == raw
    assert not CLOSED.lets_install("vosk-model-small-de-0.15")


@pytest.mark.parametrize(
    "raw",
    [
        {"ModelsAllowed": "vosk"},
        {"ModelsAllowed": [1]},
        {"ModelsAllowed": [""]},
        {"ModelMirror": "http://models.example"},
        {"ModelMirror": "ftp://models.example"},
        {"ModelMirror": 1},
        {"ModelProxy": "proxy"},
        {"ModelProxy": "http://me:secret@proxy.example"},
    ],
)
def test_mistakes_about_models_are_told(raw: dict[str, object]) -> None:
    with pytest.raises(PolicyUnusable, match=next(iter(raw))):
        parse_policy(raw, name="p")


def test_a_mirror_in_the_own_network_may_be_in_clear() -> None:
    assert parse_policy({"ModelMirror": "http://192.168.1.2/models"}, name="p") == {
        "model_mirror": "http://192.168.1.2/models"
    }


def test_what_a_value_that_can_not_be_used_guards_is_closed_and_all_else_holds() -> None:
    found = merged(
        [PolicyLayer(place="/a", managed=True, raw={"ExportAllowed": "no", "KeepDaysAtMost": 30, "Hotkey": "F9"})]
    )
    assert found.policy == Policy(export_allowed=False, keep_days_at_most=30, hotkey="F9")
    assert found.closed == {"ExportAllowed"}
    assert found.places == {"ExportAllowed": UNREADABLE, "Hotkey": "/a", "KeepDaysAtMost": "/a"}
    assert found.trouble
    assert "`ExportAllowed` must be true or false" in found.trouble.sentence


@pytest.mark.parametrize(
    "broken",
    [
        PolicyLayer(place="/b", managed=True, raw={"ExportAllow": True}),
        PolicyLayer(place="/b", managed=True, raw=[]),
        PolicyLayer(place="/b", managed=True, trouble="It can't be read."),
    ],
)
def test_where_nobody_can_tell_what_it_was_to_guard_all_is_closed_and_nothing_erased(broken: PolicyLayer) -> None:
    good = PolicyLayer(
        place="/a", managed=True, raw={"ExportAllowed": True, "KeepDaysAtMost": 9, "HistoryDays": 9, "Speak": False}
    )
    assert merged([broken]).policy == CLOSED
    found = merged([good, broken])
    assert found.policy.forbidden.keys() == {"export", "erase"}
    assert (found.policy.keep_days_at_most, found.policy.history_days) == (0, None)
    assert found.policy.speak is False
    assert found.closed == set(NAMES)


def test_the_troubles_of_several_files_are_told_together() -> None:
    files = [PolicyLayer(place=place, managed=True, raw={"X": 1}) for place in ("/a", "/b")]
    found = merged(
        [*files, PolicyLayer(place="/c", managed=True, trouble=said("error-policy-unusable-json", file="/c"))]
    )
    assert found.trouble
    assert found.trouble.sentence == (
        "The policy file /a has mistakes: `X` is no policy. The policy file /b has mistakes: `X` is no policy."
        " The policy file /c is not valid JSON."
    )


def test_a_recommendation_is_a_default_and_no_more() -> None:
    layers = [
        PolicyLayer(place="/r", managed=False, raw={"SpeechRate": 160, "Volume": 50}),
        PolicyLayer(place="/m", managed=True, raw={"Volume": 70}),
    ]
    found = merged(layers)
    assert found.policy.usual == Settings(speech_rate=160, volume=50)
    assert found.policy.applied(Settings(speech_rate=200)) == Settings(speech_rate=200, volume=70)
    assert found.policy.decided == {"volume"}
    assert found.policy.recommended_json() == {"SpeechRate": 160, "Volume": 50}
    assert found.places == {"SpeechRate (recommended)": "/r", "Volume": "/m", "Volume (recommended)": "/r"}


def test_what_can_not_be_recommended_is_told_and_closes_nothing() -> None:
    found = merged([PolicyLayer(place="/r", managed=False, raw={"ExportAllowed": False, "X": 1, "SpeechRate": 160})])
    assert found.policy == Policy(recommended=(("speech_rate", 160),))
    assert found.closed == set()
    assert found.trouble
    assert "`ExportAllowed` can't be recommended" in found.trouble.sentence


def test_the_later_layer_wins() -> None:
    layers = [
        PolicyLayer(place=place, managed=True, raw={"Volume": volume}) for place, volume in (("/1", 10), ("/2", 20))
    ]
    assert merged(layers).policy.volume == 20
    assert merged(layers).places == {"Volume": "/2"}


def test_addresses_and_names_of_language_models_are_matched_whole() -> None:
    policy = Policy(endpoints_allowed=("https://models.example.org/*",), language_models_allowed=("qwen*",))
    assert policy.lets_ask("https://Models.example.org/v1", "qwen3")
    assert not policy.lets_ask("https://models.example.org.evil.example/v1", "qwen3")
    assert not policy.lets_ask("https://models.example.org/v1", "llama")
    assert not policy.lets_ask("https://models.example.org/v1")
    assert policy.locked.keys() == {"language_model_address", "language_model_name"}
    assert not Policy(endpoints_allowed=()).lets_ask("http://127.0.0.1:8080/v1")


def test_an_address_in_clear_may_be_decided_where_the_same_policy_names_its_network() -> None:
    raw = {"OwnNetwork": "nas", "LanguageModelAddress": "http://nas:8080/v1"}
    assert judge(raw).mistakes == ()
    assert judge({"LanguageModelAddress": "http://nas:8080/v1"}).unusable == {"LanguageModelAddress"}


def test_a_limit_of_days_is_told_beside_what_is_decided() -> None:
    told = shown(Policy(history_days=60, keep_days_at_most=30).locked["keep_days"])
    assert "has decided" in told
    assert "30 days at most" in told


@pytest.mark.parametrize("path", ["models/de.zip", "", "~/de.zip", "de.zip"])
def test_paths_are_absolute(path: str) -> None:
    assert judge({"PreinstalledModels": [path]}).unusable == {"PreinstalledModels"}
    assert judge({"RecoveryEscrowFolder": path}).unusable == {"RecoveryEscrowFolder"}
    assert not judge({"PreinstalledModels": ["/srv/de.zip", r"C:\models\de.zip", r"\\server\share\de.zip"]}).mistakes


def test_a_public_key_is_read_alone_or_in_its_usual_form() -> None:
    raw = bytes(range(32))
    import base64  # noqa: PLC0415 - here alone

    assert public_key(base64.b64encode(raw).decode()) == raw
    assert public_key("MCowBQYDK2VuAyEA" + base64.b64encode(raw).decode()) == raw
    for wrong in ("", "AAAA", "no base64!", "é", base64.b64encode(bytes(44)).decode()):
        assert public_key(wrong) == b""


@pytest.mark.parametrize(
    ("policy", "kept"),
    [
        (Policy(), False),
        (Policy(recovery_escrow_folder="/srv/kept"), True),
        (Policy(recovery_escrow_key="MCowBQYDK2VuAyEA"), True),
    ],
)
def test_codes_are_kept_where_a_folder_or_a_key_is_named(policy: Policy, *, kept: bool) -> None:
    assert policy.escrows is kept


@pytest.mark.parametrize(
    ("policy", "near", "far"),
    [
        (Policy(), True, True),
        (Policy(language_model_at_most="none"), True, False),
        (Policy(language_model_at_most="device"), True, False),
        (Policy(language_model_at_most="any", endpoints_allowed=("https://*",)), False, True),
    ],
)
def test_how_far_times_may_travel_is_as_far_as_questions(policy: Policy, near: bool, far: bool) -> None:  # noqa: FBT001
    assert policy.lets_trace("http://127.0.0.1:4318") is near
    assert policy.lets_trace("https://collector.example.org") is far


def test_times_of_turns_go_nowhere_where_that_is_forbidden() -> None:
    policy = Policy(traces_allowed=False)
    assert not policy.lets_trace("http://127.0.0.1:4318")
    assert policy.applied(Settings(traces_address="http://127.0.0.1:4318")).traces_address == ""
    assert Policy(traces_allowed=True).lets_trace("http://127.0.0.1:4318")
