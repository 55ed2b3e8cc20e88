"""What an erasure tells that it took."""

import pytest

from sottovoce.domain.erasing import Erased


@pytest.mark.parametrize("field", ["messages", "conversations", "memories", "records"])
def test_it_is_true_where_anything_was_taken(field: str) -> None:
    assert not Erased()
    assert Erased(**{field: 1})
    assert Erased(**{field: 1}) + Erased(**{field: 2}) == Erased(**{field: 3})
