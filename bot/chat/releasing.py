"""Releases from proposal to service: builds candidates, tries them, puts them into service, takes them back.

Knows the store and what is in service, no Telegram: the handlers in release_handlers.py and the watchers call it.
Changes of this process come one after the other; those of other processes are kept apart by the store.
"""

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.answer.knowledge import Knowledge, knowledge_of
from bot.answer.trial import Trial, try_out
from bot.chat import release_report
from bot.chat.release_report import Candidate
from bot.chat.serving import InService, Serving, build
from bot.errors import OvertakenError, ReleaseStateError
from bot.plan.golden_file import golden_of
from bot.plan.incoming import take_in
from bot.plan.notice import Draft
from bot.store import Person, Release, ReleaseState, ReleaseSummary, Source, Store

REMEMBERED = 3
"""Candidates whose knowledge is kept ready, so that putting one into service takes no time."""
LOOKED_BACK = 60
"""Releases among which a folder's content is looked for."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A candidate that waits for a decision, and the report on it."""

    number: int
    expected: int
    """The release that it was compared with: it goes into service only in that one's place."""
    report: str


@dataclass(frozen=True, slots=True)
class Served:
    """A release that was just put into service, and the one that it took the place of."""

    number: int
    former: int
    report: str


class Releasing:
    """Proposes, activates, takes back; see each method for what it raises. Whatever fails leaves the old in service."""

    def __init__(self, serving: Serving, store: Store) -> None:
        self.serving = serving
        self._releases = store.releases
        self._proposing = asyncio.Lock()
        self._changing = asyncio.Lock()
        self._built: dict[int, InService] = {}

    async def propose_file(self, name: str, data: bytes, by: Person) -> Proposal | None:
        """What a file that was sent would change; None where it changes nothing.

        Raises KnowledgeError or StoreError.
        """
        async with self._proposing:
            now = self.serving.now
            incoming = await asyncio.to_thread(take_in, name, data, now.files)
            note = f"发来文件 {name}" if incoming.draft else f"发来 {incoming.changed}"
            return await self._propose(now, incoming.files, by, note, source=Source(name, data), draft=incoming.draft)

    async def propose_folder(self, files: Mapping[str, bytes], by: Person) -> Proposal | None:
        """What the folder's files would change; None where they are in service. Raises KnowledgeError or StoreError."""
        async with self._proposing:
            return await self._propose(self.serving.now, files, by, "/reload 载入文件夹")

    async def _propose(
        self,
        now: InService,
        files: Mapping[str, bytes],
        by: Person | None,
        note: str,
        *,
        source: Source | None = None,
        draft: Draft | None = None,
    ) -> Proposal | None:
        """Checks, builds and tries a candidate beside what is in service `now`, and keeps it in the store.

        None where it equals that. Raises KnowledgeError or StoreError.
        """
        if dict(files) == dict(now.files):
            return None
        knowledge = await asyncio.to_thread(knowledge_of, files)
        tried = await asyncio.to_thread(_try, now, files, knowledge=knowledge)
        release = await self._releases.propose(files, by, note, source)
        self._remember(InService(knowledge, release.files, release.number))
        candidate = Candidate(release.number, note, now.knowledge, knowledge, tried, draft)
        return Proposal(release.number, now.release, await asyncio.to_thread(release_report.report, candidate))

    async def activate(self, number: int, expected: int, by: Person | None) -> Served:
        """Puts a release into service in place of the `expected` one.

        Raises ReleaseError, KnowledgeError or StoreError.
        """
        async with self._changing:
            built = self._built.get(number) or await build(await self._releases.get(number))
            await self._releases.activate(number, by, expected)
            before = self.serving.now
            self.serving.swap(built)
        self._remember(before)
        changes = await asyncio.to_thread(release_report.differences, before.knowledge, built.knowledge)
        return Served(number, expected, changes)

    async def roll_back(self, by: Person) -> Served:
        """Puts the release that was in service before back there. Raises as `activate` does."""
        active = await self._releases.active_number() or self.serving.release
        previous = await self._releases.previous()
        if previous is None:
            raise ReleaseStateError(active, ReleaseState.ACTIVE, None, 0.0, "之前没有别的版本，退不回去")
        return await self.activate(previous.number, active, by)

    async def discard(self, number: int, by: Person) -> None:
        """Marks a candidate as not wanted. Raises ReleaseError or StoreError."""
        await self._releases.discard(number, by)
        self._built.pop(number, None)

    async def take_over(self, release: Release) -> None:
        """Serves the release that another process put into service. Raises KnowledgeError or StoreError."""
        async with self._changing:
            if release.number == self.serving.release:
                return
            built = self._built.get(release.number) or await build(release)
            if await self._releases.active_number() == release.number:
                self.serving.swap(built)

    async def serve_folder(self, files: Mapping[str, bytes]) -> Served | None:
        """Puts a folder's edited files into service by themselves; None where they were a release already.

        What was proposed, discarded or taken back once is not put into service again without an admin. Raises
        KnowledgeError, ReleaseError or StoreError.
        """
        async with self._proposing:
            if await self._is_known(files):
                return None
            now = self.serving.now
            proposal = await self._propose(now, files, None, f"文件夹里有改动：{_changed_names(now.files, files)}")
            if proposal is None:
                return None
            try:
                return await self.activate(proposal.number, proposal.expected, None)
            except OvertakenError:  # Another process saw the same edit, or an admin was faster.
                return None

    async def _is_known(self, files: Mapping[str, bytes]) -> bool:
        """Whether these very files are a release already, in whatever state."""
        wanted = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
        releases = await self._releases.latest(LOOKED_BACK)
        return any({file.name: file.digest for file in release.files} == wanted for release in releases)

    async def latest(self, count: int) -> Sequence[ReleaseSummary]:
        """The last releases, the newest first. Raises StoreError."""
        return await self._releases.latest(count)

    def _remember(self, built: InService) -> None:
        self._built.pop(built.release, None)
        self._built[built.release] = built
        while len(self._built) > REMEMBERED:
            self._built.pop(next(iter(self._built)))


def _try(now: InService, files: Mapping[str, bytes], *, knowledge: Knowledge) -> Trial:
    return try_out(golden_of(files), now.knowledge, knowledge)


def _changed_names(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> str:
    names = [name for name in sorted({*old, *new}) if old.get(name) != new.get(name)]
    return "、".join(names)
