"""Before a home is open, everything is shown in the language of the machine."""

from __future__ import annotations

import plistlib
from typing import TYPE_CHECKING

import pytest

from sottovoce.adapters.machine_language import apple_languages, machine_language, show_machine_language
from sottovoce.language import display

if TYPE_CHECKING:
    from pathlib import Path

GERMAN = "de_DE.UTF-8"


@pytest.mark.parametrize(
    ("environment", "tag"),
    [
        ({"LANG": GERMAN}, "de-DE"),
        ({"LANG": "de"}, "de"),
        ({"LANG": "de_AT@euro"}, "de-AT"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": GERMAN}, "de-DE"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": ""}, "en-US"),
        ({"LANG": "en_US.UTF-8", "LC_TIME": GERMAN}, "en-US"),
        ({"LANG": GERMAN, "LC_ALL": "C"}, "en"),
        ({"LANG": GERMAN, "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": GERMAN, "LC_MESSAGES": "POSIX"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8", "LANGUAGE": "fr:de_CH:en"}, "de-CH"),
        ({"LANG": GERMAN, "LANGUAGE": "en"}, "en"),
        ({"LANG": "C.UTF-8", "LANGUAGE": "de"}, "en"),
        ({"LANG": "/usr/share/nonsense"}, "en"),
    ],
)
def test_the_locale_says_which_language(environment: dict[str, str], tag: str) -> None:
    assert machine_language(environment) == tag


def test_it_is_shown_then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", GERMAN)
    show_machine_language()
    assert display.shown_in().tag == "de"


@pytest.mark.parametrize("form", [plistlib.FMT_XML, plistlib.FMT_BINARY])
def test_a_mac_keeps_it_in_a_file(tmp_path: Path, form: plistlib.PlistFormat) -> None:
    assert apple_languages(tmp_path) == ()
    file = tmp_path / "Library" / "Preferences" / ".GlobalPreferences.plist"
    file.parent.mkdir(parents=True)
    file.write_bytes(plistlib.dumps({"AppleLanguages": ["de-DE", "en-GB", 7]}, fmt=form))
    assert apple_languages(tmp_path) == ("de-DE", "en-GB")
    file.write_bytes(b"bplist00 nothing")
    assert apple_languages(tmp_path) == ()
