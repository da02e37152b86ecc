"""Releases while questions are asked, over two processes on one store, and when the active one can't be served."""

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.processes import BotProcess, People, SandboxProcess, until
from tests.e2e.test_admin import ADMIN, NOTICE, next_to, sent

WITHIN_SECONDS = 5.0
"""Two processes on one database serve the same release within five seconds."""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[SandboxProcess]:
    with SandboxProcess() as process:
        yield process


@pytest.fixture
def settings(small: Path, tmp_path: Path) -> dict[str, str]:
    return {"KNOWLEDGE_DIR": str(small), "ADMIN_IDS": str(ADMIN)}


def test_questions_are_answered_while_a_release_is_made(
    sandbox: SandboxProcess, settings: dict[str, str], tmp_path: Path
) -> None:
    """From the old knowledge, before the report is there."""
    with BotProcess(sandbox.url, tmp_path, settings) as bot:
        bot.ready()
        people = People(sandbox.url)
        upload = people.upload(people.admin, "n.txt", NOTICE.encode(), people.admin)
        first = people.reply_to(upload)
        assert "8280" in people.ask("今年新增多少学位")["text"]
        report = next_to(people, first)
        assert "3600个" in report["text"] or "2024年" in report["text"]
        assert "8280" in people.ask("今年新增多少学位")["text"]
        people.close()


@pytest.mark.usefixtures("slow")
def test_two_processes_on_one_store_serve_the_same(
    sandbox: SandboxProcess, settings: dict[str, str], tmp_path: Path
) -> None:
    """What an admin puts into service at one is served by the other within five seconds."""
    with SandboxProcess() as other_sandbox, BotProcess(sandbox.url, tmp_path, settings) as one:
        one.ready()
        with BotProcess(other_sandbox.url, tmp_path, settings) as two:
            two.ready()
            here, there = People(sandbox.url), People(other_sandbox.url)
            assert "8280" in there.ask("今年新增多少学位")["text"]
            report = sent(here, "n.txt", NOTICE.encode())
            here.press(report, "启用", here.admin)
            next_to(here, report)
            begun = time.monotonic()
            found = until(lambda: "3600个" in there.ask("今年新增多少学位")["text"] or None)
            assert found
            assert time.monotonic() - begun < WITHIN_SECONDS
            here.close()
            there.close()


@pytest.mark.usefixtures("slow")
def test_an_active_release_that_cannot_be_served_falls_back(
    sandbox: SandboxProcess, settings: dict[str, str], tmp_path: Path
) -> None:
    """The bot starts on the release before it, and the admins are told."""
    with BotProcess(sandbox.url, tmp_path, settings) as bot:
        bot.ready()
        people = People(sandbox.url)
        report = sent(people, "n.txt", NOTICE.encode())
        people.press(report, "启用", people.admin)
        served = next_to(people, report)
    _damage(tmp_path / "bot.db", b"3600")
    with BotProcess(sandbox.url, tmp_path, settings) as bot:
        bot.ready()
        told = until(
            lambda: next((m for m in people.replies(people.admin, served["message_id"]) if "用不了" in m["text"]), None)
        )
        assert told is not None
        assert "第2版用不了，已改用第1版" in told["text"]
        assert "8280" in people.ask("今年新增多少学位")["text"]
        people.close()


def _damage(database: Path, piece: bytes) -> None:
    """Changes the stored bytes that hold `piece`."""
    with sqlite3.connect(database) as connection:
        (table,) = connection.execute(
            "select name from sqlite_master where type = 'table' and sql like '%BLOB%'"
        ).fetchone()
        columns = [row[1] for row in connection.execute(f"pragma table_info({table})")]
        blob = next(name for name in columns if name in ("data", "content", "bytes"))
        rows = connection.execute(f"select rowid, {blob} from {table}").fetchall()  # noqa: S608 -- a test's own tables
        for rowid, data in rows:
            if piece in data:
                connection.execute(f"update {table} set {blob} = ? where rowid = ?", (data[:-1], rowid))  # noqa: S608
