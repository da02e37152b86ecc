"""Notices when another process has put a release into service; started by bot.chat.running, one per process."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

from bot.errors import WorkPlanError
from bot.store.release import Release
from bot.store.releases import Releases

logger = logging.getLogger(__name__)

POLL_SECONDS = 2.0
"""Every replica serves the new release within five seconds: this, and the time to build it."""
READ_SECONDS = 10.0
"""How long reading may take: a database that was cut off without a word must not hold the watching up for ever."""
LONGEST_PAUSE = 60.0
"""Seconds between attempts to take over a release that can't be taken over: building costs seconds of CPU."""


class ReleaseWatcher:
    """Polls the active release's number, and hands the release over when this process serves another one.

    `serving` tells the number that this process serves. `changed` puts the release into service here; while it
    fails, `serving` stays behind, so it is called again after a pause that grows to a minute. A failure is logged
    once, and again only after something else happened.
    """

    def __init__(
        self,
        releases: Releases,
        serving: Callable[[], int | None],
        changed: Callable[[Release], Awaitable[object]],
        seconds: float = POLL_SECONDS,
    ) -> None:
        self._releases = releases
        self._serving = serving
        self._changed = changed
        self._seconds = seconds
        self._task: asyncio.Task[None] | None = None
        self._told: str | None = None
        self._refused: _Refused | None = None

    def start(self) -> None:
        """Begins to poll; the first time at once."""
        if self._task is None:
            self._task = asyncio.create_task(self._watch(), name="release watcher")

    async def stop(self) -> None:
        """Polls no more; a release that is just being taken over is dropped."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _watch(self) -> None:
        while True:
            await self._look()
            await asyncio.sleep(self._seconds)

    async def _look(self) -> None:
        """Looks once; whatever fails, the watching goes on."""
        try:
            async with asyncio.timeout(READ_SECONDS):
                number = await self._releases.active_number()
                if number is None or number == self._serving():
                    self._well()
                    return
                if self._refused is not None and self._refused.waits(number):
                    return
                release = await self._releases.get(number)
        except WorkPlanError as error:
            self._tell(f"现用版本读不出来，继续用原来的：{error}")
        except Exception as error:  # noqa: BLE001, RUF100 -- TimeoutError, or what a driver never raised before
            self._tell(f"现用版本读不出来，继续用原来的：{type(error).__name__}")
        else:
            await self._hand_over(release)

    async def _hand_over(self, release: Release) -> None:
        try:
            await self._changed(release)
        except Exception as error:  # noqa: BLE001, RUF100 -- whatever it is, the old release stays in service here
            # Its words may quote what the files say, so only its name goes into the log.
            self._tell(f"第{release.number}版没能投入使用，继续用原来的：{type(error).__name__}")
            self._refused = _Refused.again(release.number, self._refused, self._seconds)
        else:
            self._well()

    def _well(self) -> None:
        self._refused = None
        if self._told is not None:
            self._told = None
            logger.info("现用版本又能正常读取")

    def _tell(self, words: str) -> None:
        if words != self._told:
            self._told = words
            logger.warning("%s", words)


@dataclass(frozen=True, slots=True)
class _Refused:
    """A release that could not be taken over, and when that is tried again."""

    number: int
    pause: float
    due: float
    """By time.monotonic."""

    def waits(self, number: int) -> bool:
        """Whether this release is not to be tried yet; another one is tried at once."""
        return number == self.number and time.monotonic() < self.due

    @classmethod
    def again(cls, number: int, before: "_Refused | None", seconds: float) -> "_Refused":
        """Twice the pause of the attempt before, where that was for the same release."""
        same = before is not None and before.number == number
        pause = min(before.pause * 2, LONGEST_PAUSE) if before and same else seconds
        return cls(number, pause, time.monotonic() + pause)
