"""What is seen of a key that is tried, and what opens the microphone, in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.domain.errors import HotkeyUnknown
from sottovoce.domain.hotkeys import Edge, KeyProof, Modifier, how_to_talk, parse, shown_key
from sottovoce.language import language

PRESS, RELEASE, REPEAT = Edge


def proved(*edges: Edge) -> KeyProof:
    proof = KeyProof()
    for edge in edges:
        proof = proof.seen(edge)
    return proof


@pytest.mark.parametrize(
    ("edges", "counts", "modes"),
    [
        ((), (0, 0, 0), ()),
        ((PRESS,), (1, 0, 0), ("toggle",)),
        ((PRESS, RELEASE), (1, 1, 0), ("hold", "toggle")),
        ((PRESS, PRESS, PRESS, RELEASE), (1, 1, 2), ("hold", "toggle")),  # a desktop that repeats its binding
        ((PRESS, REPEAT, REPEAT), (1, 0, 2), ("toggle",)),
        ((RELEASE,), (0, 0, 0), ()),  # what was held before it was tried
        ((REPEAT, RELEASE), (0, 1, 1), ()),
    ],
)
def test_only_what_was_seen_is_offered(
    edges: tuple[Edge, ...], counts: tuple[int, int, int], modes: tuple[str, ...]
) -> None:
    proof = proved(*edges)
    assert (proof.presses, proof.releases, proof.repeats) == counts
    assert proof.modes == modes


@given(st.lists(st.sampled_from(Edge)))
def test_holding_is_never_offered_without_a_release(edges: list[Edge]) -> None:
    proof = proved(*edges)
    assert ("hold" in proof.modes) == (proof.presses > 0 and proof.releases > 0)
    assert proof.down == (bool(edges) and edges[-1] is not RELEASE)


def test_what_opens_the_microphone_is_told_for_every_choice() -> None:
    assert language("en").render(how_to_talk("Pause", "hold")) == "Hold Pause and talk, then let go; or press Talk."
    assert (
        language("en").render(how_to_talk("Pause", "toggle")) == "Press Pause, talk, and press it again; or press Talk."
    )
    assert "sottovoce toggle" in language("en").render(how_to_talk("", "hold"))


@pytest.mark.parametrize("text", ["RightCtrl", "ctrl_r", "AltGr", "RCtrl", "RightCmd"])
def test_a_modifier_at_the_right_may_be_the_key(text: str) -> None:
    name = parse(text)
    assert name.is_modifier
    assert not name.modifiers
    assert parse(str(name)) == name


def test_a_modifier_is_taken_alone() -> None:
    with pytest.raises(HotkeyUnknown, match="taken alone"):
        parse("Ctrl+RightAlt")


def test_for_a_moment_any_key_may_be_taken() -> None:
    assert str(parse("esc", passing=True)) == "Escape"
    assert parse("a", passing=True).key == "A"
    with pytest.raises(HotkeyUnknown):
        parse("a")


def test_letters_of_any_script_are_keys() -> None:
    assert str(parse("ctrl+ф")) == "Ctrl+Ф"
    assert parse("Ctrl+ß").key == "ß"
    assert parse("Ctrl+ß").modifiers == {Modifier.CTRL}


@pytest.mark.parametrize(("text", "name"), [("ctrl+f12", "Ctrl+F12"), ("Ctrl+XF86AudioPlay", "Ctrl+XF86AudioPlay")])
def test_keys_without_a_letter_have_their_usual_names(text: str, name: str) -> None:
    assert str(parse(text)) == name


@pytest.mark.parametrize("text", ["Hyper+A", "Ctrl+Nothing", "Ctrl+é́", "Ctrl+"])
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(HotkeyUnknown):
        parse(text)


@pytest.mark.parametrize(
    ("name", "english", "german"),
    [
        ("Ctrl+Alt+Space", "Ctrl+Alt+Space", "Strg+Alt+Leertaste"),
        ("Ctrl++", "Ctrl++", "Strg++"),
        ("F12", "F12", "F12"),
        ("XF86AudioPlay", "XF86AudioPlay", "XF86AudioPlay"),
    ],
)
def test_keys_are_called_as_on_the_keyboard(name: str, english: str, german: str) -> None:
    assert [language(tag).render(shown_key(name)) for tag in ("en", "de")] == [english, german]
