"""Watches the folder of knowledge: a good edit goes into service, a bad one is reported; called by running.py."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

from watchfiles import awatch

from bot.chat import release_report, wording
from bot.chat.failures import safe_trace
from bot.chat.releasing import Releasing, Served
from bot.errors import KnowledgeError, WorkPlanError
from bot.plan.reading import read_files

logger = logging.getLogger(__name__)

QUIET_MS = 700
"""Milliseconds without a change after which an edit counts as finished."""
AGAIN_SECONDS = 30.0
"""Pause before a folder that can't be watched (it is gone) is watched again."""

Tell = Callable[[str, Served | None], Awaitable[None]]


class FolderWatch:
    """Looks at the folder at the start and whenever it changes. `tell` gets what admins are to read."""

    def __init__(self, directory: Path, releasing: Releasing, tell: Tell) -> None:
        self._directory = directory
        self._releasing = releasing
        self._tell = tell
        self._told = ""
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begins to watch."""
        self._task = asyncio.create_task(self._watch(), name="folder watch")

    async def stop(self) -> None:
        """Watches no more."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _watch(self) -> None:
        while True:
            try:
                await self._look()
                async for _ in awatch(self._directory, recursive=False, step=QUIET_MS):
                    await self._look()
            except OSError as error:
                logger.warning("the folder of knowledge can't be watched (%s)", type(error).__name__)
            await asyncio.sleep(AGAIN_SECONDS)

    async def _look(self) -> None:
        """Puts what changed into service, or tells why not; the same fault is told once."""
        try:
            files = await asyncio.to_thread(read_files, self._directory)
            served = await self._releasing.serve_folder(files)
        except KnowledgeError as refused:
            await self._complain(release_report.refusal(refused, wording.FOLDER_REFUSED))
        except WorkPlanError as error:
            await self._complain(f"{wording.FOLDER_REFUSED}\n{error}")
        except Exception as error:  # noqa: BLE001, RUF100 -- whatever it is, the old release stays in service
            logger.error("the folder's knowledge could not be built\n%s", safe_trace(error))
            await self._complain(wording.RELOAD_BROKE)
        else:
            self._told = ""
            if served is not None:
                text = wording.FOLDER_SERVED.format(number=served.number, changes=served.report)
                await self._tell(text, served)

    async def _complain(self, text: str) -> None:
        if text != self._told:
            self._told = text
            await self._tell(text, None)
