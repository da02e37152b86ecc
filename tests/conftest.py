"""What the tests of several rooms share: a real browser, a PostgreSQL, and what is too slow for every day.

Where there is no Chromium its tests are skipped, unless REQUIRE_BROWSER is set, as .ci/run does: there they fail. The
same goes for PostgreSQL: TEST_DATABASE_URL names one (scripts/with-postgres starts one), REQUIRE_POSTGRES makes it a
must. Tests that take long run in CI, or with --slow.
"""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright
from sqlalchemy import text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import create_async_engine

from bot.config import read_settings

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Chromium asks its maker for updates and settings at every start; a test talks to this machine only.
_QUIET = ("--disable-background-networking", "--disable-component-update", "--disable-quic", "--disable-sync")


def pytest_addoption(parser: pytest.Parser) -> None:
    """--slow: also the tests that take too long for every day."""
    parser.addoption("--slow", action="store_true", help="also run the tests that CI alone runs otherwise")


@pytest.fixture(scope="session")
def slow(pytestconfig: pytest.Config) -> None:
    """What a test needs that takes long (a virtual environment, processes killed at every step): CI, or --slow."""
    if not (os.environ.get("CI") or pytestconfig.getoption("--slow")):
        pytest.skip("takes long: runs in CI, or with scripts/test --slow")


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium (CHROMIUM, else the first found); skips the test without one, or fails it in CI."""
    named = os.environ.get("CHROMIUM")
    found = next(filter(None, map(shutil.which, (named,) if named else _NAMES)), None)
    if found is None:
        reason = "no Chromium here (Debian: apt-get install chromium fonts-noto-cjk; another place: CHROMIUM=/path)"
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(f"REQUIRE_BROWSER is set, but there is {reason}", pytrace=False)
        pytest.skip(reason)
    return found


@pytest_asyncio.fixture
async def browser(chromium: str) -> AsyncIterator[Browser]:
    """A headless Chromium of the test's own; `await browser.new_page()` opens a page in it."""
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-first-run", *_QUIET],
            chromium_sandbox=os.getuid() != 0,  # Chromium's own sandbox refuses to run as root
        )
        yield started
        await started.close()


@pytest.fixture(scope="session")
def postgres() -> str:
    """The DATABASE_URL of a database that only this worker of pytest uses, new at the start of the tests.

    Made on the server of TEST_DATABASE_URL, whose role needs the right to create databases.
    """
    given = os.environ.get("TEST_DATABASE_URL")
    if not given:
        reason = "TEST_DATABASE_URL names no PostgreSQL (scripts/with-postgres scripts/test starts one)"
        if os.environ.get("REQUIRE_POSTGRES"):
            pytest.fail(f"REQUIRE_POSTGRES is set, but {reason}", pytrace=False)
        pytest.skip(reason)
    url = make_url(read_settings({"DATABASE_URL": given}).database_url or "")
    own = f"workplan_tests_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    asyncio.run(_create_database(url, own))
    return url.set(drivername="postgresql", database=own).render_as_string(hide_password=False)


async def _create_database(server: URL, name: str) -> None:
    engine = create_async_engine(server, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        await connection.execute(text(f"CREATE DATABASE {name}"))
    await engine.dispose()


@pytest.fixture(autouse=True)
def _rare(request: pytest.FixtureRequest) -> None:
    """A test marked `rare` runs in CI, or with --slow."""
    if request.node.get_closest_marker("rare"):
        request.getfixturevalue("slow")
