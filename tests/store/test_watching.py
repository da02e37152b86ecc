"""Several processes on one store serve the same release, soon after it was put into service by one of them."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import text

from bot.store import Person, Release, ReleaseWatcher, Store

WANG = Person(1, "王老师")
SOON = 0.02
"""Seconds between looks; two in service."""


class Replica:
    """A process that serves releases: fails at `failing`, and notes what it took over."""

    def __init__(self, number: int | None) -> None:
        self.number = number
        self.taken: list[int] = []
        self.tries = 0
        self.failing = False

    async def take(self, release: Release) -> None:
        self.tries += 1
        if self.failing:
            raise RuntimeError("天王盖地虎")
        self.number = release.number
        self.taken.append(release.number)


async def until(reached: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not reached():  # noqa: ASYNC110 -- another process's doing, as it were: nothing tells us of it
            await asyncio.sleep(0.01)


async def put(store: Store, data: bytes) -> int:
    """Puts a release into service, as an admin does through another process."""
    active = await store.releases.active_number()
    made = await store.releases.propose({"plan.yaml": data}, WANG, "发来文件")
    return (await store.releases.activate(made.number, WANG, active)).number


@pytest_asyncio.fixture
async def other(url: str | None, tmp_path: Path, store: Store) -> AsyncIterator[Store]:
    """The store of another process, on the same database."""
    opened = await Store.open(tmp_path / "data", url)
    yield opened
    await opened.close()


async def test_a_release_of_another_process_is_taken_over(store: Store, other: Store) -> None:
    """Once for each release, with its bytes, going back too; after the end no more."""
    first = (await store.releases.begin({"plan.yaml": b"1"})).number
    replica = Replica(first)
    watcher = ReleaseWatcher(store.releases, lambda: replica.number, replica.take, SOON)
    watcher.start()
    second = await put(other, b"2")
    await until(lambda: replica.number == second)
    await other.releases.rollback(WANG, second)
    await until(lambda: replica.number == first)
    await watcher.stop()
    await watcher.stop()
    await put(other, b"3")
    await asyncio.sleep(5 * SOON)
    assert replica.taken == [second, first]


async def test_what_this_process_put_into_service_itself_is_not_taken_over_again(store: Store) -> None:
    """It serves that release already."""
    replica = Replica((await store.releases.begin({"plan.yaml": b"1"})).number)
    watcher = ReleaseWatcher(store.releases, lambda: replica.number, replica.take, SOON)
    watcher.start()
    await asyncio.sleep(5 * SOON)
    await watcher.stop()
    assert replica.tries == 0


async def test_a_release_that_can_not_be_taken_over_is_tried_again(
    store: Store, other: Store, caplog: pytest.LogCaptureFixture
) -> None:
    """Ever more seldom and logged once, without what the error says; another release is tried at once."""
    replica = Replica((await store.releases.begin({"plan.yaml": b"1"})).number)
    replica.failing = True
    watcher = ReleaseWatcher(store.releases, lambda: replica.number, replica.take, SOON)
    with caplog.at_level(logging.INFO, "bot.store.watching"):
        watcher.start()
        await put(other, b"2")
        await until(lambda: replica.tries >= 3)
        await asyncio.sleep(20 * SOON)
        assert replica.tries <= 7  # 20 looks and more.
        assert len(caplog.records) == 1
        assert "RuntimeError" in caplog.text
        assert "天王盖地虎" not in caplog.text
        replica.failing = False
        third = await put(other, b"3")
        await until(lambda: replica.number == third)
        await watcher.stop()
    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO"]


async def test_a_store_that_can_not_be_read_is_logged_once(
    store: Store, other: Store, caplog: pytest.LogCaptureFixture
) -> None:
    """The watching goes on, and takes the release over once the store is back."""
    replica = Replica((await store.releases.begin({"plan.yaml": b"1"})).number)
    watcher = ReleaseWatcher(store.releases, lambda: replica.number, replica.take, SOON)
    with caplog.at_level(logging.INFO, "bot.store.watching"):
        watcher.start()
        await execute(other, "ALTER TABLE service RENAME TO elsewhere")
        await until(lambda: bool(caplog.records))
        await asyncio.sleep(10 * SOON)
        assert len(caplog.records) == 1
        await execute(other, "ALTER TABLE elsewhere RENAME TO service")
        second = await put(other, b"2")
        await until(lambda: replica.number == second and len(caplog.records) > 1)
        await watcher.stop()
    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO"]


async def execute(store: Store, statement: str) -> None:
    async with store._database.session("test") as session:
        await session.execute(text(statement))


async def test_the_end_does_not_wait_for_a_release_that_is_being_built(store: Store) -> None:
    """Building takes seconds; the process that ends needs it no more."""
    await store.releases.begin({"plan.yaml": b"1"})
    began = asyncio.Event()

    async def build(_release: Release) -> None:
        began.set()
        await asyncio.sleep(60)

    watcher = ReleaseWatcher(store.releases, lambda: None, build, SOON)
    watcher.start()
    async with asyncio.timeout(5):
        await began.wait()
        await watcher.stop()
