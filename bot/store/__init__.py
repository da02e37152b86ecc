"""What must survive a restart or be shared by replicas; opened by bot.__main__, used by bot.chat.

- `conversations`: what each person's conversation is about, for half an hour
- `folder`: the state of the folder of knowledge when it was last looked at
- `journal`: the questions asked and whether the answers were useful, without who asked
- `releases`: the knowledge in service, what was before and what is proposed; `ReleaseWatcher` notices a new one
- `replies`: what the buttons under the bot's replies do, for a month
"""

import logging
import time
from pathlib import Path

from bot.errors import StoreError, StoreNotWritableError
from bot.store.clock import Clock
from bot.store.conversations import Conversations, Place
from bot.store.database import Database
from bot.store.folder import Folder
from bot.store.journal import Entry, Journal, Where
from bot.store.release import Change, Event, Person, Release, ReleaseState, ReleaseSummary, Source, StoredFile
from bot.store.releases import Releases
from bot.store.replies import ID_LIMIT, Question, Replies, Reply, new_id
from bot.store.watching import ReleaseWatcher

__all__ = [
    "ID_LIMIT",
    "Change",
    "Entry",
    "Event",
    "Person",
    "Place",
    "Question",
    "Release",
    "ReleaseState",
    "ReleaseSummary",
    "ReleaseWatcher",
    "Releases",
    "Reply",
    "Source",
    "Store",
    "StoredFile",
    "Where",
    "new_id",
]

logger = logging.getLogger(__name__)


class Store:
    """An open store; every method of its parts raises StoreError."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self.conversations = Conversations(database, clock)
        self.folder = Folder(database, clock)
        self.journal = Journal(database, clock)
        self.releases = Releases(database, clock)
        self.replies = Replies(database, clock)

    @classmethod
    async def open(cls, data_dir: Path, url: str | None = None, clock: Clock = time.time) -> "Store":
        """Opens SQLite in `data_dir`, or the database at `url`, and deletes what is out of date; raises StoreError.

        A full disk is no reason not to start: the release in service can still be read.
        """
        store = cls(await Database.open(data_dir, url), clock)
        try:
            for part in (store.conversations, store.releases, store.replies):
                await part.tidy()
        except StoreNotWritableError as error:
            logger.warning("%s", error)
        except StoreError:
            await store.close()
            raise
        return store

    async def close(self) -> None:
        """Ends every connection."""
        await self._database.close()
