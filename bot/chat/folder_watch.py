"""Watches the folder of knowledge: a good edit goes into service, a bad one is reported; called by running.py."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from pathlib import Path

from watchfiles import awatch

from bot.chat import release_report, wording
from bot.chat.failures import safe_trace
from bot.chat.releasing import FolderEdit, Releasing, digest_of
from bot.errors import KnowledgeError, StoreError, WorkPlanError
from bot.plan.reading import read_files
from bot.store import Store

logger = logging.getLogger(__name__)

QUIET_MS = 1500
"""Milliseconds without a change after which an edit counts as finished."""
LOOK_MS = 5_000
"""Milliseconds after which the folder is looked at again without an event.

Network folders give none, and an edit between the first look and the start of the watching gives none either.
"""
AGAIN_SECONDS = 10.0
"""Pause before a folder that can't be watched (it is gone, or another stands in its place) is watched again."""

Tell = Callable[[str, FolderEdit | None], Awaitable[None]]


class FolderWatch:
    """Takes in what changes in the folder. `tell` gets what admins are to read.

    What was edited while the bot was not running is proposed, never put into service by itself.
    """

    def __init__(self, directory: Path, releasing: Releasing, store: Store, tell: Tell) -> None:
        self._directory = directory
        self._releasing = releasing
        self._folder = store.folder
        self._tell = tell
        self._seen: Mapping[str, str] | None = None
        self._base: dict[str, str] = {}
        """Of each file, what folder and release had in common last."""
        self._pending: int | None = None
        """The candidate of an edit that waits for an admin."""
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
                place = self._directory.stat().st_ino
                async for _ in awatch(
                    self._directory, recursive=False, step=QUIET_MS, rust_timeout=LOOK_MS, yield_on_timeout=True
                ):
                    await self._look()
                    if self._directory.stat().st_ino != place:
                        break  # Another folder stands in its place.
                else:
                    await asyncio.sleep(AGAIN_SECONDS)
            except Exception as error:  # noqa: BLE001, RUF100 -- whatever the watcher raises, the watching goes on
                logger.warning("the folder of knowledge can't be watched (%s)", type(error).__name__)
                await asyncio.sleep(AGAIN_SECONDS)

    async def _look(self) -> None:
        """Takes in what changed since the last look, or tells why not; the same fault is told once."""
        try:
            files = await asyncio.to_thread(read_files, self._directory)
            await self._take(files)
        except KnowledgeError as refused:
            await self._complain(release_report.refusal(refused, wording.FOLDER_REFUSED))
        except WorkPlanError as error:
            await self._complain(f"{wording.FOLDER_REFUSED}\n{error}")
        except Exception as error:  # noqa: BLE001, RUF100 -- whatever it is, the old release stays in service
            logger.error("the folder's knowledge could not be built\n%s", safe_trace(error))
            await self._complain(wording.RELOAD_BROKE)

    async def _take(self, files: Mapping[str, bytes]) -> None:
        digests = {name: digest_of(data) for name, data in files.items()}
        running = self._seen is not None
        if not running:
            self._base = dict(await self._last_seen(digests))
        self._agree(digests)
        if digests == (self._seen if running else self._base):
            self._seen = digests
            await self._well()
            return
        withdrawn = await self._withdraw()
        edit = await self._releasing.take_edit(files, self._base, by_itself=running)
        self._seen = digests
        self._agree(digests)
        with suppress(StoreError):
            await self._folder.see(digests)
        if edit is None:
            if withdrawn is not None:
                self._told = ""
                await self._tell(wording.FOLDER_BACK.format(number=withdrawn), None)
            await self._well()
            return
        self._told = ""
        if edit.served is not None:
            changes = edit.served.changes
            await self._tell(wording.FOLDER_SERVED.format(number=edit.served.number, changes=changes), edit)
        else:
            self._pending = edit.proposal.number
            reasons = "；".join(edit.reasons)
            await self._tell(wording.FOLDER_PROPOSED.format(reasons=reasons, report=edit.proposal.report), edit)

    def _agree(self, digests: Mapping[str, str]) -> None:
        """Remembers of each file when the folder and the release in service last had the same."""
        for name, data in self._releasing.serving.now.files.items():
            if digests.get(name) == digest_of(data):
                self._base[name] = digests[name]

    async def _withdraw(self) -> int | None:
        """Takes back what an earlier edit proposed: the folder has changed since."""
        pending, self._pending = self._pending, None
        if pending is None or pending == self._releasing.serving.release:
            return None
        await self._releasing.withdraw(pending)
        return pending

    async def _last_seen(self, digests: Mapping[str, str]) -> Mapping[str, str]:
        """The folder's state as the store remembers it; at the very first start as it is now."""
        seen = await self._folder.seen()
        if seen is None:
            await self._folder.see(digests)
            return digests
        return seen

    async def _complain(self, text: str) -> None:
        if text != self._told:
            self._told = text
            await self._tell(text, None)

    async def _well(self) -> None:
        """What was complained of is mended."""
        if self._told:
            self._told = ""
            await self._tell(wording.FOLDER_WELL, None)
