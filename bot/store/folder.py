"""Remembers the files of the folder of knowledge as they were last seen, so that an edit is known after a restart.

Called by bot.chat, which takes in what changed since then and nothing else.
"""

from collections.abc import Mapping

from bot.store.clock import Clock
from bot.store.database import Database
from bot.store.schema import FolderRow

_ONLY = 1


class Folder:
    """The folder's last state; every method raises StoreError."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def seen(self) -> Mapping[str, str] | None:
        """File name -> SHA-256 of its bytes when the folder was last looked at; None before the first time."""
        async with self._database.session("读取文件夹记录") as session:
            row = await session.get(FolderRow, _ONLY)
        return dict(row.digests) if row is not None else None

    async def see(self, digests: Mapping[str, str]) -> None:
        """Remembers the folder's state from now on."""
        async with self._database.session("记录文件夹") as session:
            values = {"id": _ONLY, "digests": dict(digests), "looked": self._clock()}
            await self._database.put(session, FolderRow, values)
