"""A release when the process dies in the middle of it, and when nothing can be written."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.errors import StoreNotWritableError
from bot.store import Store
from tests.store.dying import BY, files_of, release

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Left:
    """What a fresh process found after a death (see dying.py)."""

    step: int
    finished: bool
    stamp: int | None


def deaths(how: str, folder: Path, url: str | None) -> list[Left]:
    """Runs dying.py to its end."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.dying", how, folder, url or ""],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return [Left(**json.loads(line)) for line in done.stdout.splitlines()]


@pytest.mark.usefixtures("slow")
def test_a_release_that_is_killed_leaves_the_old_or_the_new(tmp_path: Path, url: str | None) -> None:
    """Killed at every statement and commit: what is in service is whole, and the old one or the new one."""
    found = deaths("at_every_step_of_a_release", tmp_path, url)
    assert len(found) > 30
    stamps = [left.stamp for left in found]
    before: list[int | None] = [0, *stamps]
    assert all(stamp in {old, left.step} for stamp, old, left in zip(stamps, before, found, strict=False))
    assert {left.stamp == left.step for left in found if not left.finished} == {False, True}
    assert found[-1].finished
    assert stamps[-1] == found[-1].step


@pytest.mark.usefixtures("slow")
def test_a_first_start_that_is_killed_leaves_nothing_or_the_first_release(tmp_path: Path, url: str | None) -> None:
    """Killed at every statement from an empty database on: no release in service, or all of the first."""
    found = deaths("at_every_step_of_the_first_start", tmp_path, url)
    stamps = [left.stamp for left in found]
    assert len(found) > 10
    assert stamps == [None] * stamps.count(None) + [0] * stamps.count(0)
    assert found[-1].finished
    assert found[-1].stamp == 0


@pytest.mark.usefixtures("slow")
def test_a_release_that_is_killed_while_it_writes_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    """SQLite's files torn at every size that they grow through: what is in service is whole, the old or the new one."""
    found = deaths("in_the_middle_of_writes", tmp_path, None)
    assert len(found) > 10
    assert all(left.stamp in {0, left.step} for left in found)
    assert found[0].stamp == 0
    assert found[-1].finished
    assert found[-1].stamp == found[-1].step


def test_a_full_disk_refuses_the_release_and_keeps_the_old(tmp_path: Path) -> None:
    """The error says that the disk is full; the old release is read, a start succeeds, and space mends it all."""
    assert deaths("on_a_full_disk", tmp_path, None) == [Left(1, True, 1)]


async def test_a_read_only_database_refuses_the_release_and_keeps_the_old(tmp_path: Path, empty_postgres: str) -> None:
    """A PostgreSQL that takes no writes (a standby): the error says so, the old release is read."""
    store = await Store.open(tmp_path, empty_postgres)
    await store.releases.begin(files_of(0))
    await store.close()
    database = empty_postgres.rpartition("/")[2]
    await _execute(empty_postgres, f"ALTER DATABASE {database} SET default_transaction_read_only = on")
    try:
        store = await Store.open(tmp_path, empty_postgres)
        with pytest.raises(StoreNotWritableError, match="只读"):
            await release(store, 1)
        active = await store.releases.active()
        assert active is not None
        assert active.files == files_of(0)
        await store.close()
    finally:
        await _execute(empty_postgres, f"ALTER DATABASE {database} RESET default_transaction_read_only")


async def _execute(url: str, statement: str) -> None:
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.execute(text("SET TRANSACTION READ WRITE"))
        await connection.execute(text(statement))
    await engine.dispose()


async def test_a_full_sqlite_refuses_the_release_and_keeps_the_old(tmp_path: Path) -> None:
    """SQLite's own word for a full disk, in the middle of a file's bytes."""
    store = await Store.open(tmp_path)
    await store.releases.begin(files_of(0))
    async with store._database.session("test") as session:
        await session.execute(text("PRAGMA max_page_count=1"))  # As many as there are.
    with pytest.raises(StoreNotWritableError, match="磁盘已满"):
        await store.releases.propose(files_of(1), BY, "发来文件")
    active = await store.releases.active()
    assert active is not None
    assert active.files == files_of(0)
    assert len(await store.releases.latest(9)) == 1
    await store.close()
