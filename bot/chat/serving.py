"""The knowledge in service: built from a release off the event loop, and swapped by one assignment."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.answer.knowledge import Knowledge, knowledge_of
from bot.errors import DamagedReleaseError
from bot.plan.reading import read_files
from bot.store import Release, Releases, ReleaseState

FALLBACKS = 20
"""Releases looked through for one that is whole, where the active one is damaged."""


@dataclass(frozen=True, slots=True)
class InService:
    """What answers questions: the knowledge, the files that it was built from, and the release's number."""

    knowledge: Knowledge
    files: Mapping[str, bytes]
    release: int


class Serving:
    """Holds the one value that every handler reads once per question."""

    def __init__(self, in_service: InService) -> None:
        self._in_service = in_service

    @classmethod
    async def load(cls, releases: Releases, directory: Path) -> "Serving":
        """The store's active release; at the very first start the folder, which becomes the first release.

        Raises KnowledgeProblems or StoreError.
        """
        release = await _active(releases)
        if release is not None:
            return cls(await build(release))
        files = await asyncio.to_thread(read_files, directory)
        knowledge = await asyncio.to_thread(knowledge_of, files)  # Checked before it is written down.
        release = await releases.begin(files)
        if dict(release.files) != files:  # Another process began first.
            return cls(await build(release))
        return cls(InService(knowledge, files, release.number))

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


async def _active(releases: Releases) -> Release | None:
    """The active release; where its bytes are damaged, the last one that was in service and is whole."""
    try:
        return await releases.active()
    except DamagedReleaseError as damaged:
        for summary in await releases.latest(FALLBACKS):
            if summary.state is not ReleaseState.FORMER:
                continue
            try:
                return await releases.activate(summary.number, None, damaged.number)
            except DamagedReleaseError:
                continue
        raise
