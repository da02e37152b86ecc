"""Keeps the releases: which knowledge is in service, what was before, and what is proposed.

bot.chat proposes what an admin sent, activates it when the admin says so, and builds the knowledge of what is active.
Every change is one transaction that first takes the lock of the one row of `service`, so that changes of several
processes come one after the other, and a process that dies leaves the old state or the new one.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import OvertakenError, ReleaseStateError
from bot.store import contents, release_rows
from bot.store.clock import Clock
from bot.store.database import Database
from bot.store.release import Change, Event, Person, Release, ReleaseState, ReleaseSummary, Source
from bot.store.release_limits import NAME_LIMIT, NOTE_LIMIT, check, name_of, one_line
from bot.store.release_rows import CANDIDATE, DISCARDED, SERVED, SERVICE
from bot.store.schema import ReleaseEventRow, ReleaseFileRow, ReleaseRow, ServiceRow

FIRST_NOTE = "初始知识"
BACK_NOTE = "退回到第{number}版"
KEEP_CANDIDATES = 30 * 24 * 3600
"""Seconds that a release which never was in service is kept."""


class Releases:
    """The releases; every method raises StoreError, and StoreNotWritableError where writing alone fails."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def begin(self, files: Mapping[str, bytes]) -> Release:
        """The release in service; where there is none, `files` become the first one, made by nobody.

        Processes that begin at once on an empty store get the same release. Raises KnowledgeProblems.
        """
        check(files, None)
        async with self._change("记录初始知识") as session:
            active = await release_rows.active_number(session)
            if active is None:
                active = await self._add(session, files, None, FIRST_NOTE, None)
                await self._serve(session, active, None, "")
            return await release_rows.release(session, active)

    async def propose(
        self, files: Mapping[str, bytes], by: Person | None, note: str, source: Source | None = None
    ) -> Release:
        """Keeps a candidate, not in service; raises KnowledgeProblems where a name or a size can't be stored."""
        check(files, source)
        async with self._change("保存新版本") as session:
            await self._prune(session)
            number = await self._add(session, files, by, note, source)
            return await release_rows.release(session, number)

    async def activate(self, number: int, by: Person | None, expected_active: int | None) -> Release:
        """Puts a candidate or a former release into service, as long as `expected_active` is the one there now.

        Raises OvertakenError, ReleaseMissingError, ReleaseStateError (discarded, or active already) or
        DamagedReleaseError; then the old release stays in service.
        """
        async with self._change("投入使用") as session:
            await self._expect(session, expected_active)
            return await self._activate(session, number, by)

    async def rollback(self, by: Person | None, expected_active: int) -> Release:
        """Puts the release that was in service before back there (see `previous`); raises as `activate` does.

        ReleaseStateError also where there is none before.
        """
        async with self._change("退回上一版") as session:
            await self._expect(session, expected_active)
            number = await release_rows.before_active(session)
            if number is None:
                raise await _refusal(session, expected_active, ReleaseState.ACTIVE, "之前没有别的版本，退不回去")
            return await self._activate(session, number, by)

    async def discard(self, number: int, by: Person | None) -> None:
        """Marks a candidate as not wanted; raises ReleaseMissingError or ReleaseStateError where it is no candidate."""
        async with self._change("放弃新版本") as session:
            row = await release_rows.row_of(session, number)
            state = release_rows.state_of(row, await release_rows.active_number(session))
            if state is not ReleaseState.CANDIDATE:
                words = "已经放弃了" if state is ReleaseState.DISCARDED else "已经投入使用，不能放弃"
                raise await _refusal(session, number, state, words)
            row.state = DISCARDED
            self._note(session, number, Change.DISCARDED, by, "")

    async def active_number(self) -> int | None:
        """The number of the release in service; None before the first. One row is read, however large it is."""
        async with self._database.session("读取现用版本") as session:
            return await release_rows.active_number(session)

    async def active(self) -> Release | None:
        """The release in service with its verified bytes; raises DamagedReleaseError."""
        async with self._database.session("读取现用版本") as session:
            number = await release_rows.active_number(session)
            return await release_rows.release(session, number) if number is not None else None

    async def get(self, number: int) -> Release:
        """Any release with its verified bytes; raises ReleaseMissingError or DamagedReleaseError."""
        async with self._database.session("读取版本") as session:
            return await release_rows.release(session, number)

    async def previous(self) -> ReleaseSummary | None:
        """Where `rollback` would lead; None where the release in service is the first."""
        async with self._database.session("读取上一版") as session:
            number = await release_rows.before_active(session)
            if number is None:
                return None
            found = await release_rows.summaries(session, select(ReleaseRow).where(ReleaseRow.number == number))
            return found[0] if found else None

    async def latest(self, limit: int) -> Sequence[ReleaseSummary]:
        """The last `limit` releases, candidates and discarded ones among them, the newest first."""
        async with self._database.session("读取版本记录") as session:
            chosen = select(ReleaseRow).order_by(ReleaseRow.number.desc()).limit(limit)
            return await release_rows.summaries(session, chosen)

    async def history(self, limit: int) -> Sequence[Event]:
        """The last `limit` changes of all releases, the newest first."""
        async with self._database.session("读取版本记录") as session:
            last = select(ReleaseEventRow.id).order_by(ReleaseEventRow.id.desc()).limit(limit)
            chosen = select(ReleaseEventRow).where(ReleaseEventRow.id.in_(last))
            return (await release_rows.events(session, chosen))[::-1]

    async def tidy(self) -> None:
        """Deletes candidates that were not put into service for a month, and bytes that no release has."""
        async with self._change("整理版本") as session:
            await self._prune(session)

    @asynccontextmanager
    async def _change(self, operation: str) -> AsyncIterator[AsyncSession]:
        """One transaction that no other change of the releases runs beside, in whatever process."""
        async with self._database.session(operation) as session:
            # Must be the first statement: SQLite would otherwise read before it has the lock.
            await self._database.put(session, ServiceRow, {"id": SERVICE, "changing": self._clock()})
            yield session

    async def _add(
        self, session: AsyncSession, files: Mapping[str, bytes], by: Person | None, note: str, source: Source | None
    ) -> int:
        """Writes a candidate; returns its number."""
        row = ReleaseRow(
            made=self._clock(),
            person=by.id if by else None,
            person_name=name_of(by),
            note=one_line(note, NOTE_LIMIT),
            state=CANDIDATE,
            source_name=one_line(source.name, NAME_LIMIT) if source else None,
            source_digest=await contents.keep(self._database, session, source.data) if source else None,
        )
        session.add(row)
        await session.flush()
        for name, data in files.items():
            digest = await contents.keep(self._database, session, data)
            session.add(ReleaseFileRow(release=row.number, name=name, digest=digest))
        self._note(session, row.number, Change.PROPOSED, by, row.note)
        await session.flush()
        return row.number

    async def _expect(self, session: AsyncSession, expected: int | None) -> None:
        active = await release_rows.active_number(session)
        if active == expected:
            return
        event = await release_rows.last_event(session, active) if active is not None else None
        by = event.by.name if event and event.by else None
        raise OvertakenError(active, expected, by, event.at if event else None)

    async def _activate(self, session: AsyncSession, number: int, by: Person | None) -> Release:
        """Puts the release into service where its state allows it and its bytes are whole."""
        found = await release_rows.release(session, number)
        if found.state is ReleaseState.DISCARDED:
            raise await _refusal(session, number, found.state, "已经放弃，不能投入使用")
        if found.state is ReleaseState.ACTIVE:
            raise await _refusal(session, number, found.state, "已经在使用")
        again = found.state is ReleaseState.FORMER
        await self._serve(session, number, by, BACK_NOTE.format(number=number) if again else "")
        return replace(found, state=ReleaseState.ACTIVE, history=await release_rows.history(session, number))

    async def _serve(self, session: AsyncSession, number: int, by: Person | None, note: str) -> None:
        """Marks the release as the one in service."""
        await session.execute(update(ReleaseRow).where(ReleaseRow.number == number).values(state=SERVED))
        await session.execute(update(ServiceRow).where(ServiceRow.id == SERVICE).values(number=number))
        self._note(session, number, Change.ACTIVATED, by, note)
        await session.flush()

    def _note(self, session: AsyncSession, number: int, change: Change, by: Person | None, note: str) -> None:
        """Adds a line to the history."""
        session.add(
            ReleaseEventRow(
                release=number,
                change=change.value,
                at=self._clock(),
                person=by.id if by else None,
                person_name=name_of(by),
                note=note,
            )
        )

    async def _prune(self, session: AsyncSession) -> None:
        old = select(ReleaseRow.number).where(
            ReleaseRow.state != SERVED, ReleaseRow.made < self._clock() - KEEP_CANDIDATES
        )
        numbers = (await session.scalars(old)).all()
        if numbers:
            await session.execute(delete(ReleaseFileRow).where(ReleaseFileRow.release.in_(numbers)))
            await session.execute(delete(ReleaseEventRow).where(ReleaseEventRow.release.in_(numbers)))
            await session.execute(delete(ReleaseRow).where(ReleaseRow.number.in_(numbers)))
            await contents.tidy(session)


async def _refusal(session: AsyncSession, number: int, state: ReleaseState, words: str) -> ReleaseStateError:
    """The error that tells who brought the release into its state."""
    event = await release_rows.last_event(session, number)
    by = event.by.name if event and event.by else None
    return ReleaseStateError(number, state.value, by, event.at if event else 0.0, words)
