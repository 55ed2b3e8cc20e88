import os
from pathlib import Path

import pytest

from sottovoce.adapters.settings_file import read_settings, write_setting, write_settings
from sottovoce.domain.errors import SettingsUnusable
from sottovoce.domain.settings import Settings, parse
from sottovoce.language import shown


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "settings.toml").strict() == Settings()


def test_what_is_written_is_read_and_comments_stay(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('# mine\nhotkey = "F9"  # the big one\nunknown = 1\n')
    write_settings(file, Settings(hotkey="F10", speech_rate=200))
    text = file.read_text()
    assert '# mine\nhotkey = "F10"  # the big one' in text
    assert read_settings(file).settings == Settings(hotkey="F10", speech_rate=200)
    assert "volume" not in text, "a default stays out of the file"
    assert file.stat().st_mode & 0o777 == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["settings.toml"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "dotfiles.toml", tmp_path / "settings.toml"
    real.write_text("volume = 50\n")
    link.symlink_to(real)
    write_settings(link, Settings(volume=60))
    assert link.is_symlink()
    assert real.read_text() == "volume = 60\n"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\nhotkey = [1 2]", "line 2"),
        (b"# \xc3\xa9\n# \xc3\xa9\xe9", "UTF-8 text .at line 2, column 4"),
        (b'a = "private words', "valid TOML"),
    ],
)
def test_a_file_that_is_no_toml_is_told_without_its_words(tmp_path: Path, content: bytes, told: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(content)
    with pytest.raises(SettingsUnusable, match=told) as caught:
        read_settings(file)
    assert "private" not in str(caught.value)
    with pytest.raises(SettingsUnusable, match=told):
        write_settings(file, Settings(hotkey="F10"))
    assert file.read_bytes() == content


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").mkdir()
    with pytest.raises(SettingsUnusable, match="cannot be read"):
        read_settings(tmp_path / "settings.toml")


def test_a_file_that_can_not_be_replaced_stays_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    with pytest.raises(SettingsUnusable, match="could not be changed"):
        write_settings(folder / "settings.toml", Settings(hotkey="F10"))
    assert not folder.exists()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "content",
    [
        "hotkey = " + "[" * 3000 + "]" * 3000,
        "hotkey = " + "{a=" * 2000 + "1" + "}" * 2000,
        "speech_rate = " + "9" * 5000,
        "speech_rate = 0x" + "f" * 5000 + "\nvolume = " + "1" * 4400,
        'user = "' + "x" * 2_000_000 + '"',
        "[" * 5000,
    ],
    ids=["brackets", "tables", "digits", "hexadecimal", "long", "open"],
)
def test_what_no_setting_is_is_told_in_a_sentence(tmp_path: Path, content: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(content)
    with pytest.raises(SettingsUnusable, match=r"settings\.toml"):
        read_settings(file)
    with pytest.raises(SettingsUnusable, match="could not be changed"):
        write_setting(file, "volume", 50)
    assert file.read_text() == content


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a name")
def test_a_pipe_in_the_settings_place_is_not_waited_for(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    os.mkfifo(file)
    with pytest.raises(SettingsUnusable, match="not a plain file"):
        read_settings(file)
    with pytest.raises(SettingsUnusable, match="not a plain file"):
        write_setting(file, "volume", 50)


@pytest.mark.parametrize("value", ["a\x00b", "a\x07", "a\nb", "\ud800", "x" * 5000, "a\u2028b"])
@pytest.mark.parametrize("name", ["hotkey", "model", "voice", "microphone", "user", "language_model_name"])
def test_a_text_that_is_no_line_of_text_is_a_mistake(name: str, value: str) -> None:
    parsed = parse({name: value})
    assert [shown(one.said) for one in parsed.mistakes] == [f"`{name}` must be one short line of text"]
    assert parsed.settings == Settings()


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('user = "anna"\n', "utf-8-sig")
    assert read_settings(file).settings.user == "anna"
    assert [shown(one.said) for one in parse({"user": "  "}).mistakes] == ["`user` must not be empty"]
