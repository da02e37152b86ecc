"""A process that is killed at every step of a release, and another one that looks what it left.

Started by test_release_deaths.py as python -m tests.store.dying, with what to do, the folder and the address ("":
SQLite in the folder). It forks before anything is opened, so every child is as a fresh process, without the second that
importing costs. For each child it prints a line of JSON: the step, whether the child came to its end, and the stamp of
the release in service, all of whose files were read and are whole.
"""

import asyncio
import json
import os
import resource
import signal
import sys
import traceback
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.orm import configure_mappers
from sqlalchemy.pool import Pool

from bot.errors import StoreNotWritableError
from bot.store import Person, Source, Store

BY = Person(1, "甲")
STEPS = 500
"""More than any of these takes; an endless loop would tell nothing."""
Act = Callable[[Store], Awaitable[object]]


def files_of(stamp: int) -> dict[str, bytes]:
    """The files of a release that its stamp goes through."""
    return {
        "golden.jsonl": b"the same in all",
        "lexicon.yaml": f"{stamp}\n".encode() * 20_000,
        "plan_2023.yaml": f"{stamp} ".encode() * 10_000,
    }


async def release(store: Store, stamp: int) -> None:
    """The whole way of a release: kept, then put into service."""
    active = await store.releases.active_number()
    source = Source("通知.txt", f"{stamp}|".encode() * 10_000)
    made = await store.releases.propose(files_of(stamp), BY, "发来文件", source)
    await store.releases.activate(made.number, BY, active)


async def begin(store: Store) -> None:
    """The first release."""
    await store.releases.begin(files_of(0))


def die_at(step: int) -> None:
    """Kills this process at the `step`-th time that a statement or the end of a transaction is due, or is through."""
    left = step

    def count(*_: Any) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    for moment in ("before_cursor_execute", "commit", "rollback"):
        event.listen(Engine, moment, count)
    event.listen(Pool, "checkin", count)  # Behind a commit: all is written, but nobody was told.


def die_beyond(size: int) -> None:
    """Lets the kernel kill this process in the middle of a write, where a file would grow beyond `size` bytes."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def in_child(act: Callable[[], None]) -> bool:
    """Whether the child came to its end; a failure of its own ends this process too."""
    child = os.fork()
    if child == 0:
        _act_and_exit(act)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status):
        if os.WEXITSTATUS(status):
            raise SystemExit(1)
        return True
    return False


def _act_and_exit(act: Callable[[], None]) -> NoReturn:
    code = 0
    try:
        act()
    except BaseException:  # noqa: BLE001, RUF100 -- a forked child must never go on in its parent's code
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    os._exit(code)


def opened(place: tuple[Path, str | None], act: Act, before: Callable[[], None] = lambda: None) -> None:
    """Opens the store, calls `before`, then acts."""

    async def run() -> None:
        store = await Store.open(*place)
        before()
        await act(store)
        await store.close()

    asyncio.run(run())


def tell(place: tuple[Path, str | None], step: int, *, finished: bool) -> None:
    """Prints what a fresh process finds in service; fails where it is half a release."""

    async def look(store: Store) -> None:
        active = await store.releases.active()
        stamp = int(active.files["plan_2023.yaml"].split()[0]) if active else None
        if active and stamp is not None:
            assert active.files == files_of(stamp)
            assert active.number == await store.releases.active_number()
            assert [event.change.value for event in active.history].count("activated") == 1
        for kept in await store.releases.latest(2):
            whole = await store.releases.get(kept.number)
            assert whole.files == files_of(int(whole.files["plan_2023.yaml"].split()[0]))
        print(json.dumps({"step": step, "finished": finished, "stamp": stamp}))  # noqa: T201 -- what the test reads

    opened(place, look)


def at_every_step_of_a_release(place: tuple[Path, str | None]) -> None:
    """Dies at the first step, at the second, and so on, until a release is through."""
    in_child(partial(opened, place, begin))
    for step in range(1, STEPS):
        finished = in_child(partial(opened, place, partial(release, stamp=step), partial(die_at, step)))
        in_child(partial(tell, place, step, finished=finished))
        if finished:
            return


def at_every_step_of_the_first_start(place: tuple[Path, str | None]) -> None:
    """Dies at the first statement on an empty database, at the second, and so on, until the first release is there."""
    for step in range(1, STEPS):

        def start(at: int = step) -> None:
            die_at(at)
            opened(place, begin)

        finished = in_child(start)
        in_child(partial(tell, place, step, finished=finished))
        if finished:
            return


def in_the_middle_of_writes(place: tuple[Path, str | None]) -> None:
    """Dies where a file of SQLite would grow beyond a size, larger each time, until a release is through."""
    for step in range(1, STEPS):
        fresh = (place[0] / str(step), place[1])
        in_child(partial(opened, fresh, begin))
        size = 36_000 + step * 12_000  # The file of SQLite's shared memory has 32 KiB and comes before all.
        finished = in_child(partial(opened, fresh, partial(release, stamp=step), partial(die_beyond, size)))
        in_child(partial(tell, fresh, step, finished=finished))
        if finished:
            return


def on_a_full_disk(place: tuple[Path, str | None]) -> None:
    """No file may grow: releases are refused with their own error, the old one is served; then there is space."""

    async def fill(store: Store) -> None:
        await store.releases.begin(files_of(0))
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, limits[1]))
        with pytest.raises(StoreNotWritableError, match="磁盘已满"):
            await release(store, 1)
        active = await store.releases.active()
        assert active is not None
        assert active.files == files_of(0)
        again = await Store.open(*place)  # A start on a full disk.
        assert await again.releases.active_number() == active.number
        await again.close()
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        await release(store, 1)

    in_child(lambda: opened(place, fill))
    in_child(lambda: tell(place, 1, finished=True))


if __name__ == "__main__":
    for driver in ("sqlite+aiosqlite", "postgresql+asyncpg"):
        make_url(f"{driver}://").get_dialect().import_dbapi()  # Here once, rather than in every child.
    configure_mappers()
    globals()[sys.argv[1]]((Path(sys.argv[2]), sys.argv[3] or None))
