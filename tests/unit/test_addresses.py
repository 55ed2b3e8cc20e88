"""Addresses as they are said and typed, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.agent.slots.addresses import address_in


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("example dot org", "https://example.org"),
        ("Wikipedia punkt org", "https://wikipedia.org"),
        ("my dash site dot co dot uk slash a slash b", "https://my-site.co.uk/a/b"),
        ("example.org", "https://example.org"),
        ("www.example.museum", "https://www.example.museum"),
        ("http://example.org/A?b=C", "http://example.org/A?b=C"),
        ("https://intern.firma/x", "https://intern.firma/x"),
        ("example.org:8080/x", "https://example.org:8080/x"),
        ("budget.ods", None),
        ("the door", None),
        ("dot", None),
        ("slash dot", None),
        ("1.5", None),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("example.org rm", None),
        ("", None),
        ("a dot org " * 100, None),
    ],
)
def test_an_address(words: str, address: str | None) -> None:
    assert address_in(words) == address


_PIECES = ("dot", "slash", ".", "/", ":", "example", "org", "javascript", "file", "http", " ", "--", "punkt", "\n", '"')


@given(st.lists(st.sampled_from(_PIECES) | st.text(max_size=4), max_size=12).map(" ".join) | st.text(max_size=60))
def test_whatever_is_said_an_address_is_one_of_the_web(words: str) -> None:
    found = address_in(words)
    assert found is None or (found.startswith(("https://", "http://")) and not set(found) & set(" \n\t\"'<>\\"))
