"""The knowledge in service: built from a release off the event loop, and swapped by one assignment."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.answer.knowledge import Knowledge, knowledge_of
from bot.chat import wording
from bot.errors import DamagedReleaseError, KnowledgeError, ReleaseError
from bot.plan.reading import read_files
from bot.store import Change, Release, Releases

logger = logging.getLogger(__name__)

LOOKED_BACK = 200
"""Changes of releases looked through for one that can be served, where the active one can't."""


@dataclass(frozen=True, slots=True)
class InService:
    """What answers questions: the knowledge, the files that it was built from, and the release's number."""

    knowledge: Knowledge
    files: Mapping[str, bytes]
    release: int


class Serving:
    """Holds the one value that every handler reads once per question."""

    def __init__(self, in_service: InService, trouble: str | None = None) -> None:
        self._in_service = in_service
        self.trouble = trouble
        """What admins have to know of the start: another release than the active one is served."""

    @classmethod
    async def load(cls, releases: Releases, directory: Path) -> "Serving":
        """The store's active release; at the very first start the folder, which becomes the first release.

        Where the active one is damaged or can't be built any more, the last one in service before it that can.
        Raises KnowledgeProblems or StoreError.
        """
        active = await releases.active_number()
        if active is None:
            return cls(await _begin(releases, directory))
        try:
            return cls(await build(await releases.get(active)))
        except (DamagedReleaseError, KnowledgeError) as error:
            return await cls._fall_back(releases, active, error)

    @classmethod
    async def _fall_back(cls, releases: Releases, active: int, error: Exception) -> "Serving":
        async for number in _before(releases, active):
            try:
                built = await build(await releases.get(number))
                await releases.activate(number, None, active)
            except (DamagedReleaseError, KnowledgeError, ReleaseError):
                continue
            trouble = wording.FELL_BACK.format(broken=active, number=number, error=error)
            logger.warning("release %d can't be served; release %d is", active, number)
            return cls(built, trouble)
        raise error

    @property
    def knowledge(self) -> Knowledge:
        """What answers questions now."""
        return self._in_service.knowledge

    @property
    def now(self) -> InService:
        """What is in service, with its files and number."""
        return self._in_service

    @property
    def release(self) -> int:
        """The number of the release in service here."""
        return self._in_service.release

    def swap(self, in_service: InService) -> None:
        """Puts it into service: the next question is answered from it."""
        self._in_service = in_service


async def build(release: Release) -> InService:
    """The knowledge of a release, built in a thread. Raises KnowledgeProblems."""
    return InService(await asyncio.to_thread(knowledge_of, release.files), release.files, release.number)


async def _begin(releases: Releases, directory: Path) -> InService:
    files = await asyncio.to_thread(read_files, directory)
    knowledge = await asyncio.to_thread(knowledge_of, files)  # Checked before it is written down.
    release = await releases.begin(files)
    if dict(release.files) != files:  # Another process began first.
        return await build(release)
    return InService(knowledge, files, release.number)


async def _before(releases: Releases, active: int) -> AsyncIterator[int]:
    """The releases that were in service before, the last one first."""
    told = {active}
    for event in await releases.history(LOOKED_BACK):
        if event.change is Change.ACTIVATED and event.release not in told:
            told.add(event.release)
            yield event.release
