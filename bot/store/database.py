"""Opens the database and turns its errors into StoreError; used by the other files of bot.store.

SQLite in DATA_DIR without any set-up, or what DATABASE_URL names. Statements' values never reach a message or a log.
"""

import asyncio
import errno
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from bot.errors import StoreError, StoreNotWritableError
from bot.store.schema import Base

FILE = "bot.db"
CREATE_PAUSES = (0.1, 0.3)
"""Seconds before tables are created again."""
BUSY_SECONDS = 10
"""How long a write waits for another process on the same SQLite file."""

_FULL = "磁盘已满或空间配额用完，没有写入，原有内容不受影响；请腾出空间后重试"
_READ_ONLY = "数据库或所在文件夹是只读的，没有写入，原有内容不受影响；请允许机器人写入后重试"
_NOT_WRITABLE = {
    "SQLITE_FULL": _FULL,
    "SQLITE_IOERR_WRITE": _FULL,  # Also how SQLite tells of a quota or a limit of the file's size.
    "SQLITE_IOERR_SHMSIZE": _FULL,
    "SQLITE_IOERR_FSYNC": _FULL,
    "SQLITE_READONLY": _READ_ONLY,
    "53100": _FULL,  # https://www.postgresql.org/docs/current/errcodes-appendix.html: disk_full
    "25006": _READ_ONLY,  # read_only_sql_transaction: a standby, or default_transaction_read_only
    "42501": _READ_ONLY,  # insufficient_privilege
    "ENOSPC": _FULL,
    "EDQUOT": _FULL,
    "EFBIG": _FULL,
    "EROFS": _READ_ONLY,
}
"""What the drivers' codes begin with, and what the admin reads."""


class Database:
    """An open database; `session` is one transaction."""

    def __init__(self, engine: AsyncEngine, place: str) -> None:
        self._engine = engine
        self._place = place
        self._sessions = async_sessionmaker(engine, expire_on_commit=False)

    @classmethod
    async def open(cls, data_dir: Path, url: str | None = None) -> "Database":
        """Connects and creates what tables are missing; raises StoreError."""
        place = "DATABASE_URL" if url else str(data_dir / FILE)
        database = cls(_engine(data_dir, url), place)
        try:
            await database._prepare()
        except StoreError:
            await database.close()
            raise
        return database

    async def _prepare(self) -> None:
        """Creates what tables are missing; replicas that start at once trip over each other and try again."""
        for pause in (*CREATE_PAUSES, None):
            try:
                async with self._refusals("打不开数据库"), self._engine.begin() as connection:
                    await connection.run_sync(Base.metadata.create_all)
            except StoreError:
                if pause is None:
                    raise
                await asyncio.sleep(pause)
            else:
                return

    async def close(self) -> None:
        """Ends every connection; without it the process would wait for SQLite's threads."""
        await self._engine.dispose()

    @asynccontextmanager
    async def session(self, operation: str) -> AsyncIterator[AsyncSession]:
        """One transaction, committed at its end; raises StoreError, which names the `operation`."""
        async with self._refusals(operation), self._sessions.begin() as session:
            yield session

    async def put(self, session: AsyncSession, row: type[Base], values: Mapping[str, Any]) -> None:
        """Writes a row, in place of one with the same key; two writers at once are no error."""
        table = row.__table__
        keys = [column.name for column in table.primary_key]
        rest = {name: value for name, value in values.items() if name not in keys}
        if self._engine.dialect.name == "postgresql":
            await session.execute(
                postgresql.insert(row).values(**values).on_conflict_do_update(index_elements=keys, set_=rest)
            )
        else:
            await session.execute(
                sqlite.insert(row).values(**values).on_conflict_do_update(index_elements=keys, set_=rest)
            )

    @asynccontextmanager
    async def _refusals(self, operation: str) -> AsyncIterator[None]:
        try:
            yield
        except (SQLAlchemyError, OSError) as error:
            if words := _not_writable(error):
                raise StoreNotWritableError(f"{operation}({self._place}): {words}") from error
            raise StoreError(f"{operation}({self._place}): {_reason(error)}") from error


def _engine(data_dir: Path, url: str | None) -> AsyncEngine:
    try:
        if url is not None:
            return _prepared(create_async_engine(url, hide_parameters=True, pool_pre_ping=True))
        data_dir.mkdir(parents=True, exist_ok=True)
        file = URL.create("sqlite+aiosqlite", database=str(data_dir / FILE))
        return _prepared(create_async_engine(file, hide_parameters=True))
    except OSError as error:
        raise StoreError(f"建不了文件夹 DATA_DIR({data_dir}): {error.strerror}") from error
    except ModuleNotFoundError as error:
        raise StoreError("要用 PostgreSQL，请先安装 asyncpg(pip install asyncpg)") from error
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise StoreError("DATABASE_URL 读不懂，请写 postgresql://用户:密码@主机:5432/库名") from error


def _prepared(engine: AsyncEngine) -> AsyncEngine:
    if engine.dialect.name == "sqlite":
        event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _entry: ConnectionPoolEntry) -> None:
    """Readers and a writer at once, and a short wait instead of "database is locked"."""
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")  # What an admin was told is in service still is after a power cut.
    cursor.close()


def _not_writable(error: BaseException) -> str | None:
    """What an admin has to do where only writing fails; None where it is something else."""
    origin = getattr(error, "orig", None) or error
    codes = (_code(origin), _code(origin.__cause__))
    return next((words for code in codes for prefix, words in _NOT_WRITABLE.items() if code.startswith(prefix)), None)


def _code(error: BaseException | None) -> str:
    """The driver's code: SQLite's name, PostgreSQL's SQLSTATE, the system's errno."""
    if isinstance(error, OSError):
        return errno.errorcode.get(error.errno or 0, "")
    return str(getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None) or "")


def _reason(error: BaseException) -> str:
    """The driver's own words, which hold no values; SQLAlchemy's would add the statement."""
    origin = getattr(error, "orig", None) or error
    words = str(origin).strip().splitlines()
    return words[0] if words else type(origin).__name__
