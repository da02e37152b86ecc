"""Reads releases from their rows, within a transaction of bot.store.releases."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import DamagedContentError, DamagedReleaseError, ReleaseMissingError
from bot.store import contents
from bot.store.release import Change, Event, Person, Release, ReleaseState, ReleaseSummary, Source, StoredFile
from bot.store.schema import ContentRow, ReleaseEventRow, ReleaseFileRow, ReleaseRow, ServiceRow

SERVICE = 1
"""The only id in the table `service`."""
CANDIDATE, SERVED, DISCARDED = "candidate", "served", "discarded"
"""What ReleaseRow.state holds."""


async def active_number(session: AsyncSession) -> int | None:
    """The release in service; None before the first."""
    number: int | None = await session.scalar(select(ServiceRow.number).where(ServiceRow.id == SERVICE))
    return number


async def row_of(session: AsyncSession, number: int) -> ReleaseRow:
    """The release's row; raises ReleaseMissingError."""
    row = await session.get(ReleaseRow, number) if 0 < number < 2**31 else None  # PostgreSQL refuses to compare more.
    if row is None:
        raise ReleaseMissingError(number)
    return row


async def release(session: AsyncSession, number: int) -> Release:
    """The release with its verified bytes; raises ReleaseMissingError or DamagedReleaseError."""
    row = await row_of(session, number)
    digests = await _digests(session, number)
    source = {row.source_digest: row.source_name or ""} if row.source_digest else {}
    found = await _verified(session, number, {**{digest: name for name, digest in digests.items()}, **source})
    return Release(
        number=row.number,
        made=row.made,
        by=_person(row.person, row.person_name),
        note=row.note,
        state=state_of(row, await active_number(session)),
        files=MappingProxyType({name: found[digest] for name, digest in digests.items()}),
        source=Source(row.source_name or "", found[row.source_digest]) if row.source_digest else None,
        history=await history(session, number),
    )


async def summaries(session: AsyncSession, chosen: Select[ReleaseRow]) -> tuple[ReleaseSummary, ...]:
    """The chosen releases without their bytes."""
    rows = (await session.scalars(chosen)).all()
    numbers = [row.number for row in rows]
    files = await _stored_files(session, numbers)
    activations = select(ReleaseEventRow).where(
        ReleaseEventRow.release.in_(numbers), ReleaseEventRow.change == Change.ACTIVATED.value
    )
    activated = {event.release: event for event in await events(session, activations)}
    active = await active_number(session)
    return tuple(
        ReleaseSummary(
            number=row.number,
            made=row.made,
            by=_person(row.person, row.person_name),
            note=row.note,
            state=state_of(row, active),
            files=tuple(files[row.number]),
            source_name=row.source_name,
            activated=activated.get(row.number),
        )
        for row in rows
    )


async def events(session: AsyncSession, chosen: Select[ReleaseEventRow]) -> tuple[Event, ...]:
    """The chosen events, the oldest first."""
    rows = await session.scalars(chosen.order_by(ReleaseEventRow.id))
    return tuple(
        Event(row.release, Change(row.change), row.at, _person(row.person, row.person_name), row.note) for row in rows
    )


async def history(session: AsyncSession, number: int) -> tuple[Event, ...]:
    """All that happened to the release, the oldest first."""
    return await events(session, select(ReleaseEventRow).where(ReleaseEventRow.release == number))


async def last_event(session: AsyncSession, number: int) -> Event | None:
    """What happened last to the release: who brought it to its state."""
    last = select(func.max(ReleaseEventRow.id)).where(ReleaseEventRow.release == number)
    found = await events(session, select(ReleaseEventRow).where(ReleaseEventRow.id == last.scalar_subquery()))
    return found[0] if found else None


async def before_active(session: AsyncSession) -> int | None:
    """The release that 退回 leads to; None where the one in service is the first."""
    activations = select(ReleaseEventRow.release).where(ReleaseEventRow.change == Change.ACTIVATED.value)
    numbers = (await session.scalars(activations.order_by(ReleaseEventRow.id))).all()
    return below_top(numbers)


def below_top(activated: Sequence[int]) -> int | None:
    """What stood in service below the last of `activated` (releases in the order of their activations).

    Going back takes a step back, and twice takes two: after 1 2 3 and back to 2, the next step leads to 1, not to 3.
    """
    pile: list[int] = []
    for number in activated:
        if number in pile:
            del pile[pile.index(number) :]
        pile.append(number)
    return pile[-2] if len(pile) > 1 else None


def state_of(row: ReleaseRow, active: int | None) -> ReleaseState:
    """The release's state as others see it."""
    if row.number == active:
        return ReleaseState.ACTIVE
    return {CANDIDATE: ReleaseState.CANDIDATE, SERVED: ReleaseState.FORMER}.get(row.state, ReleaseState.DISCARDED)


async def _digests(session: AsyncSession, number: int) -> Mapping[str, str]:
    """File name -> digest, in the order of names."""
    chosen = select(ReleaseFileRow.name, ReleaseFileRow.digest).where(ReleaseFileRow.release == number)
    found = dict((await session.execute(chosen)).all())
    if not found:  # Every release has files: it was pruned between two readings.
        raise ReleaseMissingError(number)
    return {name: found[name] for name in sorted(found)}


async def _verified(session: AsyncSession, number: int, names: Mapping[str, str]) -> Mapping[str, bytes]:
    """Digest -> bytes, of the digests in `names` (digest -> file name); raises DamagedReleaseError."""
    try:
        return await contents.read(session, names)
    except DamagedContentError as error:
        raise DamagedReleaseError(number, names[error.digest]) from error


async def _stored_files(session: AsyncSession, numbers: Iterable[int]) -> Mapping[int, list[StoredFile]]:
    """Release -> its files, in the order of names; a file whose bytes are lost has the size 0."""
    chosen = (
        select(ReleaseFileRow.release, ReleaseFileRow.name, ContentRow.size, ReleaseFileRow.digest)
        .outerjoin(ContentRow, ContentRow.digest == ReleaseFileRow.digest)
        .where(ReleaseFileRow.release.in_(numbers))
    )
    files: defaultdict[int, list[StoredFile]] = defaultdict(list)
    for number, name, size, digest in await session.execute(chosen):
        files[number].append(StoredFile(name, size or 0, digest))
    for stored in files.values():
        stored.sort(key=lambda file: file.name)
    return files


def _person(number: int | None, name: str) -> Person | None:
    return Person(number, name) if number is not None else None
