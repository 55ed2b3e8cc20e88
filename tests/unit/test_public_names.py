"""What `sottovoce.memory` offers is there, and nothing else is made up."""

import pytest

import sottovoce.memory


@pytest.mark.parametrize("name", sottovoce.memory.__all__)
def test_each_public_name_can_be_had(name: str) -> None:
    assert callable(getattr(sottovoce.memory, name))


def test_a_name_that_is_not_there_is_told_as_usual() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        sottovoce.memory.nothing  # noqa: B018 - asked for
