import ast
import dataclasses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sottovoce
from sottovoce.domain.errors import SettingsUnusable
from sottovoce.domain.said import said
from sottovoce.domain.settings import Declared, Settings, _mistake, declared, parse, with_setting
from sottovoce.language import language


def test_nothing_said_means_the_defaults() -> None:
    assert parse({}).strict() == Settings()


def test_all_mistakes_are_told_together_and_keep_their_defaults() -> None:
    parsed = parse({"speech_rate": "fast", "volume": 300, "speak": 1, "user": "", "colour": 1, "voice": "en"})
    assert parsed.settings == Settings(voice="en")
    assert len(parsed.mistakes) == 5
    with pytest.raises(SettingsUnusable, match=r"speech_rate.*whole number") as caught:
        parsed.strict()
    assert caught.value.exit_code == 3
    assert "fast" not in str(caught.value)


def test_no_key_is_a_choice() -> None:
    assert parse({"hotkey": ""}).strict().hotkey == ""


def test_a_whole_number_is_a_number_but_true_is_not() -> None:
    assert parse({"overlay_s": 5}).strict().overlay_s == 5.0
    assert parse({"overlay_s": True}).mistakes
    assert parse({"speech_rate": True}).mistakes
    assert parse({"speech_rate": 100.0}).mistakes


def test_every_setting_is_declared_with_words() -> None:
    assert [setting.name for setting in declared()] == [f.name for f in dataclasses.fields(Settings)]
    assert all(language("en").render(setting.meaning).endswith(".") for setting in declared())
    assert all(language("en").render(setting.title) != setting.words for setting in declared())


def test_words_of_zero_and_of_choices_are_the_settings_own() -> None:
    by_name = {setting.name: setting for setting in declared()}
    days, volume, music = by_name["keep_days"], by_name["volume"], by_name["media_while_listening"]
    assert days.zero is not None
    assert days.zero_within is not None
    assert [language("en").render(one) for one in (days.zero, days.zero_within)] == ["For ever", "for ever"]
    assert (volume.zero, volume.zero_within) == (None, None)
    assert language("en").render(music.choice_title("lower")) == "Made quieter"
    assert language("en").render(volume.hint).startswith("Of the voice alone")
    assert [setting.name for setting in declared() if setting.erases] == ["keep_days"]


def test_a_setting_of_a_few_words_takes_no_other() -> None:
    one = Declared("mode", str, "hold", "How.", None, None, "", ("hold", "toggle"))
    assert _mistake(one, "toggle", "") is None
    assert _mistake(one, "both", "") == said("must-be-one-of", choices="hold, toggle")


def test_a_setting_can_be_declared_with_another_usual_value() -> None:
    usual = dataclasses.replace(Settings(), keep_days=30)
    (kept,) = [one for one in declared() if one.name == "keep_days"]
    assert kept.usual(usual).default == 30
    assert kept.default != 30


VALUES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text() | st.lists(st.integers())


@given(st.dictionaries(st.sampled_from([s.name for s in declared()]) | st.text(), VALUES))
def test_any_table_gives_usable_settings(raw: dict[str, object]) -> None:
    parsed = parse(raw)
    for setting in declared():
        value = getattr(parsed.settings, setting.name)
        assert type(value) is setting.kind
        if setting.low is not None and setting.high is not None:
            assert isinstance(value, (int, float))
            assert setting.low <= value <= setting.high


def test_one_setting_is_judged_beside_the_others() -> None:
    changed = with_setting(Settings(), "keep_days", 30)
    assert (changed.keep_days, changed.user) == (30, Settings().user)
    with pytest.raises(SettingsUnusable, match="keep_days"):
        with_setting(Settings(), "keep_days", "soon")


@pytest.mark.parametrize("text", ["calendars", "~/calendars", "./calendars", "C:calendars"])
def test_a_folder_is_a_whole_path(text: str) -> None:
    with pytest.raises(SettingsUnusable) as told:
        with_setting(Settings(), "calendars", text)
    assert told.value.sentence.endswith("must be an absolute path.")


def test_a_folder_may_be_none(tmp_path: Path) -> None:
    for text in ("", str(tmp_path)):
        assert with_setting(Settings(), "calendars", text).calendars == text


def _asks_by_name(tree: ast.AST, names: frozenset[str]) -> bool:
    """Whether code compares the name of something with that of a setting."""
    return any(
        isinstance(node, ast.Compare)
        and isinstance(node.left, ast.Attribute)
        and node.left.attr == "name"
        and any(
            isinstance(one, ast.Constant) and one.value in names for side in node.comparators for one in ast.walk(side)
        )
        for node in ast.walk(tree)
    )


def test_nothing_asks_for_a_setting_by_its_name() -> None:
    """What is so of a setting is declared of it (`Declared`), and holds of the next one, too."""
    names = frozenset(one.name for one in declared())
    package = Path(sottovoce.__file__).parent
    special = [file for file in package.rglob("*.py") if _asks_by_name(ast.parse(file.read_text()), names)]
    assert not special
    assert _asks_by_name(ast.parse('one.name not in {"keep_days"}'), names)
    assert _asks_by_name(ast.parse('one.name == "keep_days"'), names)
