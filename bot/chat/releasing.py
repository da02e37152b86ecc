"""Releases from proposal to service: builds candidates, tries them, puts them into service, takes them back.

Knows the store and what is in service, no Telegram: the handlers in release_handlers.py and the watchers call it.
Changes of this process come one after the other; those of other processes are kept apart by the store.
"""

import asyncio
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from bot.answer.knowledge import knowledge_of
from bot.answer.trial import try_out
from bot.chat import release_report
from bot.chat.release_report import Candidate
from bot.chat.serving import InService, Serving, build
from bot.errors import OvertakenError, ReleaseError, ReleaseStateError
from bot.plan.differences import compare
from bot.plan.golden_file import golden_of
from bot.plan.incoming import take_in
from bot.plan.notice import Draft
from bot.store import Person, Release, ReleaseState, ReleaseSummary, Source, Store

REMEMBERED = 3
"""Candidates whose knowledge is kept ready, so that putting one into service takes no time."""
TRIES = 3
"""How often an edit on disk is built anew because another release went into service meanwhile."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A candidate that waits for a decision, and the report on it."""

    number: int
    expected: int
    """The release that it was compared with: it goes into service only in that one's place."""
    report: str
    harmless: bool
    """Nothing is taken away, and no golden question is answered worse."""


@dataclass(frozen=True, slots=True)
class Served:
    """A release that was just put into service, and the one that it took the place of."""

    number: int
    former: int
    changes: str
    """What changed, in one line."""


@dataclass(frozen=True, slots=True)
class FolderEdit:
    """What became of an edit on disk: served by itself, or proposed for an admin to decide."""

    proposal: Proposal
    served: Served | None
    reasons: tuple[str, ...] = ()
    """Why it was not served by itself, in Chinese."""


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
        """What the folder's files would change; what only the release has stays. None where nothing changes.

        Raises KnowledgeError or StoreError.
        """
        async with self._proposing:
            now = self.serving.now
            return await self._propose(now, {**now.files, **files}, by, "/reload 载入文件夹")

    async def take_edit(
        self, files: Mapping[str, bytes], before: Mapping[str, str], *, by_itself: bool
    ) -> FolderEdit | None:
        """Takes in what changed in the folder since it agreed with what is in service, as `before` (digests).

        None where that is in service.

        It goes into service by itself where that is wanted, takes nothing away, answers no golden question worse and
        touches no file that was changed from the chat; otherwise it waits for an admin. Raises KnowledgeError,
        ReleaseError or StoreError.
        """
        async with self._proposing:
            for attempt in range(TRIES):
                now = self.serving.now
                changed = {name: data for name, data in files.items() if before.get(name) != digest_of(data)}
                removed = [name for name in before if name not in files and name in now.files]
                candidate = {name: data for name, data in {**now.files, **changed}.items() if name not in removed}
                names = "、".join(sorted({*changed, *removed}))
                proposal = await self._propose(now, candidate, None, f"文件夹里有改动：{names}")
                if proposal is None:
                    return None
                by_chat = [n for n in changed if n in now.files and digest_of(now.files[n]) != before.get(n)]
                reasons = tuple(_reasons(by_chat, removed, by_itself=by_itself, harmless=proposal.harmless))
                if reasons:
                    return FolderEdit(proposal, None, reasons)
                try:
                    return FolderEdit(proposal, await self.activate(proposal.number, proposal.expected, None))
                except OvertakenError:  # An admin, or another process with the same edit, was faster.
                    await self.withdraw(proposal.number)
                    if attempt == TRIES - 1:
                        raise
            return None

    async def withdraw(self, number: int) -> None:
        """Discards a candidate that the folder does not stand for any more; one that was decided stays as it is."""
        with suppress(ReleaseError):
            await self._releases.discard(number, None)
        self._built.pop(number, None)

    async def review(self, number: int) -> Proposal:
        """A release that is there already, compared with what is in service now. Raises as `activate` does."""
        async with self._proposing:
            now = self.serving.now
            release = await self._releases.get(number)
            built = self._built.get(number) or await build(release)
            return await self._report(now, built, release.note, None)

    async def activate(self, number: int, expected: int, by: Person | None) -> Served:
        """Puts a release into service in place of the `expected` one.

        Raises ReleaseError, KnowledgeError or StoreError.
        """
        async with self._changing:
            built = await self._ready(number)
            await self._releases.activate(number, by, expected)
            before = self.serving.now
            self.serving.swap(built)
        self._remember(before)
        changes = await asyncio.to_thread(release_report.in_one_line, before.knowledge, built.knowledge)
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

    async def latest(self, count: int) -> Sequence[ReleaseSummary]:
        """The last releases, the newest first; the one in service and the one before it are always among them.

        Raises StoreError.
        """
        releases = list(await self._releases.latest(count))
        previous = await self._releases.previous()
        listed = {release.number for release in releases}
        if self.serving.release not in listed:
            releases += [r for r in await self._releases.latest(1000) if r.number == self.serving.release]
        if previous is not None and previous.number not in listed:
            releases.append(previous)
        return releases

    async def previous(self) -> int | None:
        """The number of the release that was in service before. Raises StoreError."""
        found = await self._releases.previous()
        return found.number if found else None

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
        release = await self._releases.propose(files, by, note, source)
        built = InService(knowledge, release.files, release.number)
        self._remember(built)
        return await self._report(now, built, note, draft)

    async def _report(self, now: InService, built: InService, what: str, draft: Draft | None) -> Proposal:
        """The report on a release that is built."""

        def tried() -> Candidate:
            golden = golden_of(built.files)
            trial = try_out(golden, now.knowledge, built.knowledge)
            changes = compare(
                now.knowledge.plans, built.knowledge.plans, now.knowledge.lexicon, built.knowledge.lexicon
            )
            added = len(golden) - len(golden_of(now.files))
            return Candidate(built.release, what, now.knowledge, built.knowledge, changes, trial, added, draft)

        candidate = await asyncio.to_thread(tried)
        warned = release_report.warnings(candidate)
        return Proposal(built.release, now.release, release_report.report(candidate, warned), not warned)

    async def _ready(self, number: int) -> InService:
        return self._built.get(number) or await build(await self._releases.get(number))

    def _remember(self, built: InService) -> None:
        self._built.pop(built.release, None)
        self._built[built.release] = built
        while len(self._built) > REMEMBERED:
            self._built.pop(next(iter(self._built)))


def _reasons(by_chat: Sequence[str], removed: Sequence[str], *, by_itself: bool, harmless: bool) -> Iterator[str]:
    """Why an edit of the folder waits for an admin."""
    if not by_itself:
        yield "改动是在机器人没有运行的时候做的"
    if removed:
        yield f"文件夹里少了 {'、'.join(removed)}"
    if by_chat:
        yield f"{'、'.join(by_chat)} 在聊天里改过，启用会盖掉那次改动"
    if not harmless:
        yield "见报告里的 ⚠"


def digest_of(data: bytes) -> str:
    """The SHA-256 of a file, as the store knows it."""
    return hashlib.sha256(data).hexdigest()
