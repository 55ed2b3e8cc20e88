"""Saved behind the callers' backs: few writes, nothing lost, trouble told once and tried again. In virtual time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.domain.contexts import UserContext
from sottovoce.domain.errors import Bug, SottovoceError, StoreFailed, StoreFull
from sottovoce.memory.autosave import RETRY, AutoSave
from tests.virtual_time import START_S, run_virtual, settle

if TYPE_CHECKING:
    from collections.abc import Iterator

INTERVAL_S = 5.0


def now() -> float:
    return asyncio.get_running_loop().time()


class Shelf:
    """What snapshots are saved on: notes each try with its time, fails and waits as told."""

    def __init__(self, *, takes_s: float = 0.0) -> None:
        self.takes_s = takes_s
        self.trouble: Exception | None = None
        self.refused: set[str] = set()
        self.tries: list[float] = []
        self.kept: dict[str, UserContext] = {}
        self.saves = 0
        self.begun = asyncio.Event()
        self.told: list[SottovoceError] = []

    async def save(self, context: UserContext) -> None:
        self.tries.append(now())
        self.begun.set()
        await asyncio.sleep(self.takes_s)
        if self.trouble is not None:
            raise self.trouble
        if context.user_id in self.refused:
            raise StoreFailed
        self.saves += 1
        self.kept[context.user_id] = context

    def autosave(self, interval_s: float = INTERVAL_S) -> AutoSave:
        return AutoSave(self.save, interval_s=interval_s, clock=now, on_trouble=self.told.append)


def versions(user: str = "me") -> Iterator[UserContext]:
    return (UserContext(user_id=user, version=number) for number in range(1, 10_000))


def test_many_marks_are_one_save() -> None:
    async def main() -> None:
        shelf, changes = Shelf(), versions()
        saving = shelf.autosave()
        assert (saving.last_save, saving.trouble, saving.waiting) == (None, None, 0)
        for _ in range(100):
            saving.mark(next(changes))
        assert (saving.waiting, saving.holds("me"), saving.holds("anna")) == (1, True, False)
        await asyncio.sleep(INTERVAL_S + 1)
        assert (shelf.saves, shelf.kept["me"].version, shelf.tries) == (1, 100, [START_S + INTERVAL_S])
        assert (saving.waiting, saving.last_save) == (0, START_S + INTERVAL_S)
        await asyncio.sleep(1000)
        assert shelf.saves == 1
        await saving.close()

    run_virtual(main())


def test_changes_all_the_time_are_a_save_each_interval() -> None:
    async def main() -> None:
        shelf, changes = Shelf(takes_s=0.5), versions()
        saving = shelf.autosave()
        for _ in range(1000):
            saving.mark(next(changes))
            await asyncio.sleep(0.1)
        assert 100 / (INTERVAL_S + 0.5) - 1 <= shelf.saves <= 100 / INTERVAL_S
        await saving.close()
        assert shelf.kept["me"].version == 1000

    run_virtual(main())


def test_a_newer_one_that_comes_during_a_save_is_saved_too() -> None:
    async def main() -> None:
        shelf, changes = Shelf(takes_s=2), versions()
        saving = shelf.autosave()
        saving.mark(next(changes))
        await shelf.begun.wait()
        saving.mark(next(changes))
        await asyncio.sleep(3)
        assert (shelf.kept["me"].version, saving.holds("me")) == (1, True)
        await asyncio.sleep(INTERVAL_S + 2)
        assert (shelf.kept["me"].version, saving.waiting, shelf.saves) == (2, 0, 2)
        await saving.close()

    run_virtual(main())


def test_a_flush_saves_what_was_marked_before_it_and_does_not_wait_for_later_marks() -> None:
    async def main() -> None:
        shelf, mine, hers = Shelf(takes_s=1), versions(), versions("anna")
        saving = shelf.autosave(interval_s=1000)
        saving.mark(next(mine))
        saving.mark(next(hers))
        flushing = asyncio.create_task(saving.flush())
        await settle()
        while not flushing.done():
            saving.mark(next(mine))
            await asyncio.sleep(0.3)
        assert {user: context.version for user, context in shelf.kept.items()} == {"me": 1, "anna": 1}
        assert (saving.last_save, saving.waiting, shelf.saves) == (START_S, 1, 2)
        await saving.flush()
        assert saving.waiting == 0
        await saving.close()

    run_virtual(main())


def test_two_flushes_at_once_save_once() -> None:
    async def main() -> None:
        shelf = Shelf(takes_s=1)
        saving = shelf.autosave(interval_s=1000)
        saving.mark(next(versions()))
        await asyncio.gather(saving.flush(), saving.flush())
        assert shelf.saves == 1
        await saving.close()

    run_virtual(main())


def test_trouble_is_told_once_tried_again_with_growing_pauses_and_over_in_the_end() -> None:
    async def main() -> None:
        shelf = Shelf()
        shelf.trouble = StoreFull()
        saving = shelf.autosave()
        saving.mark(next(versions()))
        await asyncio.sleep(3600)
        pauses = [later - earlier for earlier, later in zip(shelf.tries, shelf.tries[1:], strict=False)]
        assert pauses[:3] == [
            pytest.approx(INTERVAL_S + pause) for pause in (RETRY.first_s, 2 * RETRY.first_s, 4 * RETRY.first_s)
        ]
        assert pauses == sorted(pauses)
        assert pauses[-1] == pytest.approx(INTERVAL_S + RETRY.longest_s)
        assert (shelf.told, saving.trouble) == ([shelf.trouble], shelf.trouble)
        assert saving.last_save is None
        other = shelf.trouble = StoreFailed()
        await asyncio.sleep(1000)
        assert [error.code for error in shelf.told] == [StoreFull.code, other.code]
        shelf.trouble = None
        await asyncio.sleep(1000)
        assert (shelf.saves, saving.trouble, saving.waiting) == (1, None, 0)
        shelf.trouble = other
        shelf.tries.clear()
        saving.mark(next(versions()))
        await asyncio.sleep(INTERVAL_S + INTERVAL_S + RETRY.first_s + 1)
        assert len(shelf.tries) == 2  # from the shortest pause again
        assert len(shelf.told) == 3  # it had been over meanwhile
        shelf.trouble = None
        await saving.close()

    run_virtual(main())


def test_a_flush_that_fails_says_so_and_what_waits_goes_on_waiting() -> None:
    async def main() -> None:
        shelf = Shelf()
        saving = shelf.autosave()
        saving.mark(next(versions()))
        shelf.trouble = StoreFull()
        with pytest.raises(StoreFull):
            await saving.flush()
        assert (saving.waiting, saving.trouble) == (1, shelf.trouble)
        shelf.trouble = None
        await saving.flush()
        assert (saving.waiting, saving.trouble, saving.last_save) == (0, None, START_S)
        await saving.close()

    run_virtual(main())


def test_a_mistake_of_ours_does_not_end_the_saving(caplog: pytest.LogCaptureFixture) -> None:
    async def main() -> None:
        shelf = Shelf()
        shelf.trouble = ZeroDivisionError()
        saving = shelf.autosave()
        saving.mark(next(versions()))
        await asyncio.sleep(INTERVAL_S + 1)
        assert [type(error) for error in shelf.told] == [Bug]
        shelf.trouble = None
        await asyncio.sleep(INTERVAL_S + RETRY.first_s)
        assert (saving.waiting, saving.trouble) == (0, None)
        await saving.close()

    run_virtual(main())
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize("cancelled", [False, True])
def test_closing_saves_all_also_when_it_is_cancelled(cancelled: bool) -> None:  # noqa: FBT001 - a case
    async def main() -> None:
        shelf = Shelf(takes_s=3)
        saving = shelf.autosave()
        for user in ("me", "anna", "ben"):
            saving.mark(UserContext(user_id=user, version=7))
        closing = asyncio.create_task(saving.close())
        if cancelled:
            for _ in range(3):
                await shelf.begun.wait()
                closing.cancel()
                await settle()
            with pytest.raises(asyncio.CancelledError):
                await closing
        await closing if not cancelled else None
        assert set(shelf.kept) == {"me", "anna", "ben"}
        assert asyncio.all_tasks() == {asyncio.current_task()}

    run_virtual(main())


def test_closing_in_the_middle_of_a_save_saves_it() -> None:
    async def main() -> None:
        shelf = Shelf(takes_s=3)
        saving = shelf.autosave()
        saving.mark(next(versions()))
        await shelf.begun.wait()
        await saving.close()
        assert (shelf.kept["me"].version, saving.waiting) == (1, 0)
        assert asyncio.all_tasks() == {asyncio.current_task()}

    run_virtual(main())


def test_closing_again_or_unused_does_nothing_and_a_mark_after_it_starts_no_task() -> None:
    async def main() -> None:
        shelf, changes = Shelf(), versions()
        saving = shelf.autosave()
        await saving.close()
        saving.mark(next(changes))
        await settle()
        assert asyncio.all_tasks() == {asyncio.current_task()}
        await saving.close()  # what came late is saved nevertheless
        await saving.close()
        assert (shelf.saves, saving.waiting) == (1, 0)

    run_virtual(main())


def test_closing_on_a_failing_store_ends_and_logs_the_loss(caplog: pytest.LogCaptureFixture) -> None:
    async def main() -> None:
        shelf = Shelf()
        shelf.trouble = StoreFull()
        saving = shelf.autosave()
        saving.mark(next(versions()))
        await saving.close()
        assert shelf.tries == [START_S]
        assert asyncio.all_tasks() == {asyncio.current_task()}

    run_virtual(main())
    assert "are lost: store-full" in caplog.text


def test_one_user_s_trouble_keeps_nobody_else_s_changes_from_being_saved(caplog: pytest.LogCaptureFixture) -> None:
    async def main() -> None:
        shelf = Shelf()
        shelf.refused = {"eve", "zoe"}
        saving = shelf.autosave()
        for user in ("eve", "anna", "zoe", "ben"):
            saving.mark(UserContext(user_id=user))
        await asyncio.sleep(INTERVAL_S + 1)
        assert (set(shelf.kept), saving.waiting) == ({"anna", "ben"}, 2)
        assert [error.code for error in shelf.told] == [StoreFailed.code]
        saving.mark(UserContext(user_id="anna", version=2))
        await saving.flush("anna")
        assert (shelf.kept["anna"].version, saving.trouble is None) == (2, False), "and eve's trouble still is one"
        for user in ("anna", "ben"):
            saving.mark(UserContext(user_id=user, version=3))
        await saving.flush("ben")
        assert (saving.holds("anna"), saving.last_save) == (True, None), "not all is durable"
        await saving.flush("anna")
        with pytest.raises(StoreFailed):
            await saving.flush("eve")
        await saving.close()
        assert saving.waiting == 2

    run_virtual(main())
    assert "are lost: store-failed" in caplog.text


def test_what_comes_while_it_closes_is_saved_and_what_comes_later_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    async def main() -> None:
        shelf, changes = Shelf(takes_s=1), versions()
        saving = shelf.autosave()
        saving.mark(next(changes))
        closing = asyncio.create_task(saving.close())
        await shelf.begun.wait()
        saving.mark(next(changes))
        saving.mark(UserContext(user_id="anna"))
        await closing
        assert {user: context.version for user, context in shelf.kept.items()} == {"me": 2, "anna": 0}
        assert caplog.text == ""
        saving.mark(next(changes))
        assert "is not saved" in caplog.text

    run_virtual(main())


def test_a_mistake_of_ours_does_not_keep_it_from_closing(caplog: pytest.LogCaptureFixture) -> None:
    async def main() -> None:
        shelf = Shelf()
        shelf.trouble = ZeroDivisionError()
        saving = shelf.autosave()
        saving.mark(next(versions()))
        await saving.close()

    run_virtual(main())
    assert "are lost: bug" in caplog.text


def test_what_was_dropped_is_not_saved_not_even_in_the_middle_of_a_flush() -> None:
    async def main() -> None:
        shelf = Shelf(takes_s=1)
        saving = shelf.autosave()
        for user in ("me", "anna"):
            saving.mark(UserContext(user_id=user))
        flushing = asyncio.create_task(saving.flush())
        await settle()
        saving.drop()
        await flushing
        await asyncio.sleep(100)
        assert set(shelf.kept) == {"me"}  # had begun
        await saving.close()

    run_virtual(main())


@pytest.mark.parametrize("interval_s", [0, -1])
def test_an_interval_that_makes_no_sense(interval_s: float) -> None:
    async def save(_: UserContext) -> None:
        """Nobody is saved here."""

    with pytest.raises(ValueError, match="positive"):
        AutoSave(save, interval_s=interval_s)


STEPS = st.lists(
    st.tuples(st.sampled_from(["mark", "flush", "fail", "recover"]), st.sampled_from("ab"), st.integers(0, 30)),
    max_size=25,
)


@given(STEPS, st.integers(0, 4))
def test_the_newest_of_each_user_is_saved_in_the_end(steps: list[tuple[str, str, int]], takes_s: int) -> None:
    async def main() -> None:
        shelf = Shelf(takes_s=takes_s)
        saving = shelf.autosave()
        newest: dict[str, int] = {}
        for what, user, pause in steps:
            if what == "mark":
                newest[user] = newest.get(user, 0) + 1
                saving.mark(UserContext(user_id=user, version=newest[user]))
            elif what == "flush" and shelf.trouble is None:
                marked = dict(newest)
                await saving.flush()
                assert all(shelf.kept[one].version >= version for one, version in marked.items())
            elif what in {"fail", "recover"}:
                shelf.trouble = StoreFull() if what == "fail" else None
            await asyncio.sleep(pause)
        shelf.trouble = None
        await saving.close()
        assert {user: context.version for user, context in shelf.kept.items()} == newest
        assert saving.waiting == 0

    run_virtual(main())
