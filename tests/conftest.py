"""What the tests of several rooms share: a real browser, and what is too slow for every day.

Where there is no Chromium its tests are skipped, unless REQUIRE_BROWSER is set, as .ci/run does: there they fail. Tests
that install the project anew run in CI, or with --slow.
"""

import os
import shutil
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Chromium asks its maker for updates and settings at every start; a test talks to this machine only.
_QUIET = ("--disable-background-networking", "--disable-component-update", "--disable-quic", "--disable-sync")


def pytest_addoption(parser: pytest.Parser) -> None:
    """--slow: also the tests that set up virtual environments."""
    parser.addoption("--slow", action="store_true", help="also run the tests that install the project anew")


@pytest.fixture(scope="session")
def slow(pytestconfig: pytest.Config) -> None:
    """What a test needs that sets up a virtual environment: CI, or --slow; it is skipped elsewhere."""
    if not (os.environ.get("CI") or pytestconfig.getoption("--slow")):
        pytest.skip("sets up a virtual environment: runs in CI, or with scripts/test --slow")


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
