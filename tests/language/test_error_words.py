"""What people are shown of errors: the same failure told elsewhere, and words for every kind in every language."""

from __future__ import annotations

import pytest

from sottovoce.domain.errors import MicrophoneMissing, SottovoceError, StoreFull, Trouble
from sottovoce.domain.said import said


@pytest.mark.parametrize(
    "error",
    [
        StoreFull(),
        StoreFull(said("error-store-emptied")),
        MicrophoneMissing("It is gone.", "Bring it back."),
        Trouble(remedy=said("error-store-full.remedy")),
    ],
)
def test_the_same_failure_again_has_the_same_words_and_no_trace(error: SottovoceError) -> None:
    with pytest.raises(type(error)) as caught:
        raise error from OSError()
    again = caught.value.again()
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert again.__traceback__ is None
    assert again.__cause__ is None
