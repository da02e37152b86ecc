"""The bytes of files, each content once under its SHA-256; used by bot.store.releases alone.

Bytes are verified whenever they are read: a row that was damaged is an error, never knowledge.
"""

import hashlib
from collections.abc import Iterable, Mapping

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import DamagedContentError
from bot.store.database import Database
from bot.store.schema import ContentRow, ReleaseFileRow, ReleaseRow


async def keep(database: Database, session: AsyncSession, data: bytes) -> str:
    """Stores the bytes unless they are there already, and mends a damaged row; returns their digest."""
    digest = hashlib.sha256(data).hexdigest()
    stored = await session.scalar(select(ContentRow.data).where(ContentRow.digest == digest))
    if stored != data:
        await database.put(session, ContentRow, {"digest": digest, "size": len(data), "data": data})
    return digest


async def read(session: AsyncSession, digests: Iterable[str]) -> Mapping[str, bytes]:
    """Digest -> bytes, of each; raises DamagedContentError."""
    wanted = frozenset(digests)
    rows = await session.execute(select(ContentRow.digest, ContentRow.data).where(ContentRow.digest.in_(wanted)))
    found = {digest: bytes(data) for digest, data in rows}
    for digest in sorted(wanted):
        if digest not in found or hashlib.sha256(found[digest]).hexdigest() != digest:
            raise DamagedContentError(digest)
    return found


async def tidy(session: AsyncSession) -> None:
    """Deletes the bytes that no release has any more."""
    files = select(ReleaseFileRow.digest)
    sources = select(ReleaseRow.source_digest).where(ReleaseRow.source_digest.is_not(None))
    await session.execute(delete(ContentRow).where(ContentRow.digest.not_in(files), ContentRow.digest.not_in(sources)))
