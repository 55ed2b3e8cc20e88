"""Addresses as they are said and typed, and what only looks like one."""

from __future__ import annotations

import pytest

from sottovoce.agent.addresses import address_in


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
