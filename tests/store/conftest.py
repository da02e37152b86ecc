"""Stores for the tests: SQLite always, PostgreSQL where there is one (see tests/conftest.py)."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.config import read_settings
from bot.store import Store


class Time:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def url(request: pytest.FixtureRequest) -> str | None:
    """The address of an empty database, as Store.open takes it; None: SQLite in `tmp_path`."""
    if request.param == "SQLite":
        return None
    emptied: str = request.getfixturevalue("empty_postgres")
    return emptied


@pytest.fixture
def empty_postgres(postgres: str) -> str:
    """The address of the worker's PostgreSQL, without tables."""
    url = read_settings({"DATABASE_URL": postgres}).database_url
    assert url is not None
    asyncio.run(_empty(url))
    return url


async def _empty(url: str) -> None:
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.execute(text("DROP SCHEMA public CASCADE"))
        await connection.execute(text("CREATE SCHEMA public"))
    await engine.dispose()


@pytest_asyncio.fixture
async def store(url: str | None, tmp_path: Path, time: Time) -> AsyncIterator[Store]:
    """An empty store."""
    opened = await Store.open(tmp_path / "data", url, clock=time)
    yield opened
    await opened.close()
