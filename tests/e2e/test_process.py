"""The process: how it starts, what it says when it can't, how it ends."""

import signal
import socket
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import httpx
import pytest

from tests.e2e.processes import (
    TOKEN,
    BotProcess,
    People,
    Process,
    SandboxProcess,
    buttons,
    labels,
    marked,
    until,
)
from tests.e2e.test_private import TEXTS

NOWHERE = "http://127.0.0.1:9"


@pytest.fixture(scope="module")
def refused(
    sandbox: SandboxProcess, small: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, BotProcess]]:
    """Bots that can't start, each for a reason of its own; all at once, because each takes seconds."""
    knowledge, data, fine = (tmp_path_factory.mktemp(name) for name in ("knowledge", "data", "fine"))
    (knowledge / "plan_x.yaml").write_text("id: x\nyear: 明年\n", encoding="utf-8")
    (data / "bot.db").write_text("这不是数据库" * 1000, encoding="utf-8")
    taken = sandbox.url.removeprefix("http://")
    with ExitStack() as stack:
        yield {
            "token": stack.enter_context(
                BotProcess(sandbox.url, fine, {"KNOWLEDGE_DIR": str(small), "TELEGRAM_TOKEN": "123:wrong-secret"})
            ),
            "knowledge": stack.enter_context(BotProcess(NOWHERE, fine, {"KNOWLEDGE_DIR": str(knowledge)})),
            "port": stack.enter_context(
                BotProcess(sandbox.url, fine, {"KNOWLEDGE_DIR": str(small), "HEALTH_LISTEN": taken})
            ),
            "database": stack.enter_context(BotProcess(NOWHERE, data, {"KNOWLEDGE_DIR": str(small)})),
        }


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@pytest.mark.usefixtures("slow")
def test_sigterm_in_the_middle_answers_first(tmp_path: Path, small: Path) -> None:
    """The question in hand is answered, then the process ends with 0 within seconds; nothing would be fetched twice."""
    with SandboxProcess() as sandbox, BotProcess(sandbox.url, tmp_path, {"KNOWLEDGE_DIR": str(small)}) as bot:
        bot.ready()
        people = People(sandbox.url)
        people.fault("sendMessage", "delay", seconds=1.5)
        asked = people.write(people.staff, "第11条")
        assert until(lambda: people.get("calls", method="sendChatAction")["calls"])
        time.sleep(0.3)
        begun = time.monotonic()
        bot.signal(signal.SIGTERM)
        assert bot.ends() == 0
        assert time.monotonic() - begun < 8
        assert marked(people.reply_to(asked), "expandable_blockquote") == [TEXTS[11]]
        waiting = httpx.get(f"{sandbox.url}/bot{TOKEN}/getWebhookInfo").json()["result"]["pending_update_count"]
        assert waiting == 0
        people.close()


@pytest.mark.usefixtures("slow")
def test_a_webhook_takes_only_what_has_the_secret_and_only_allowed_chats_are_served(
    tmp_path: Path, small: Path
) -> None:
    """Deliveries without the secret are refused; a stranger gets one line with their id, a strange group nothing.

    At start privacy mode is warned of.
    """
    with SandboxProcess() as sandbox:
        people = People(sandbox.url)
        people.post("privacy", reads_all=False)
        hook, health = free_port(), free_port()
        settings = {
            "WEBHOOK_URL": f"http://127.0.0.1:{hook}/telegram",
            "WEBHOOK_LISTEN": f"127.0.0.1:{hook}",
            "WEBHOOK_SECRET": "a-long-random-word",
            "HEALTH_LISTEN": f"127.0.0.1:{health}",
            "ALLOWED_CHATS": str(people.forum),
            "ADMIN_IDS": str(people.admin),
        }
        with BotProcess(sandbox.url, tmp_path, {"KNOWLEDGE_DIR": str(small), **settings}) as bot:
            bot.ready().wait_for("隐私模式")
            assert marked(people.ask("/item 11", people.forum), "expandable_blockquote") == [TEXTS[11]]
            assert marked(people.ask("第11条", person=people.admin), "expandable_blockquote") == [TEXTS[11]]
            assert str(people.staff) in people.ask("第11条")["text"]
            assert people.is_silent(people.write(people.group, f"@{people.bot} 第11条"))
            forged = {"X-Telegram-Bot-Api-Secret-Token": "guess"}
            assert httpx.post(settings["WEBHOOK_URL"], json={"update_id": 1}, headers=forged).status_code == 403
            assert httpx.get(f"http://127.0.0.1:{health}/health").status_code == 200
            bot.signal(signal.SIGTERM)
            assert bot.ends() == 0
            assert "a-long-random-word" not in bot.output
        people.close()


@pytest.mark.usefixtures("slow")
def test_a_server_that_is_not_there_yet_is_waited_for(tmp_path: Path, small: Path) -> None:
    """Then health is 200, and the journal keeps the question and no person."""
    port, health = free_port(), free_port()
    settings = {"KNOWLEDGE_DIR": str(small), "HEALTH_LISTEN": f"127.0.0.1:{health}"}
    with BotProcess(f"http://127.0.0.1:{port}", tmp_path, settings) as bot:
        bot.wait_for("连不上")
        with SandboxProcess(port) as sandbox:
            people = People(sandbox.url)
            people.press(people.ask("第11条是什么"), "有用")
            assert httpx.get(f"http://127.0.0.1:{health}/health").json() == {"status": "ok"}
            people.close()
            bot.signal(signal.SIGTERM)
            assert bot.ends() == 0
    with closing(sqlite3.connect(tmp_path / "bot.db")) as connection:
        rows = connection.execute("select place, question, outcome, useful from journal").fetchall()
        columns = [row[1] for row in connection.execute("pragma table_info(journal)")]
    assert rows == [("private", "第11条是什么", "answer", 1)]
    assert columns == ["id", "asked", "place", "question", "outcome", "points", "useful"]


RESTARTING = """
id: plan_2031
title: 2031年某区教育工作要点
year: 2031
lead_rule: first_listed
departments: [教务科, 总务科]
sections:
  - number: 1
    title: 教学
    points:
      - {number: 1, title: 改进课堂教学, text: 改进课堂教学。每月听课4次。（教务科）, departments: [教务科]}
      - {number: 2, title: 丰富课外阅读, text: 丰富课外阅读。每班建图书角。（教务科）, departments: [教务科]}
  - number: 2
    title: 后勤
    points:
      - {number: 1, title: 改造学校食堂, text: 改造学校食堂。改造3所食堂。（总务科）, departments: [总务科]}
      - {number: 2, title: 更新体育器材, text: 更新体育器材。更新20套器材。（总务科）, departments: [总务科]}
"""


def test_without_a_token_the_sandbox_starts(tmp_path: Path) -> None:
    """The page's address is printed, its admin is an admin, and SIGTERM ends both.

    With a plan whose sections each count from one: two readings become buttons, and the one taken its answer.
    """
    (tmp_path / "plan_2031.yaml").write_text(RESTARTING, encoding="utf-8")
    (tmp_path / "lexicon.yaml").write_text("departments:\n  教务科: [教务]\n", encoding="utf-8")
    settings = {"KNOWLEDGE_DIR": str(tmp_path), "DATA_DIR": str(tmp_path), "cwd": str(tmp_path)}
    with Process("bot", **settings) as bot:
        people = People("http:" + bot.wait_for("已启动本地沙盒").partition("http:")[2].rstrip("/"))
        assert "完全相同" in people.ask("/reload", person=people.admin)["text"]
        offered = people.ask("/item 2")
        assert [label.split()[-1] for label in labels(offered)] == ["丰富课外阅读", "更新体育器材"]
        data = buttons(offered)[1]["callback_data"]
        people.press_data(offered, data)
        number = offered["message_id"]
        assert until(lambda: "更新20套器材" in people.message(people.staff, number)["text"])
        assert labels(people.message(people.staff, number)) == ["上一条", "有用", "没用"]
        assert people.press_data(offered, data) == "这个按钮已经失效，请重新提问。"
        people.close()
        bot.signal(signal.SIGTERM)
        assert bot.ends() == 0


@pytest.mark.usefixtures("slow")
def test_a_refused_token_is_one_line(refused: dict[str, BotProcess]) -> None:
    """It names the setting, not the token."""
    bot = refused["token"]
    assert bot.ends() == 2
    assert len(bot.lines) == 1
    assert "TELEGRAM_TOKEN" in bot.output
    assert "wrong-secret" not in bot.output


@pytest.mark.usefixtures("slow")
def test_broken_knowledge_is_told_with_its_line(refused: dict[str, BotProcess]) -> None:
    """File, line and reason at the start too."""
    bot = refused["knowledge"]
    assert bot.ends() == 1
    assert "plan_x.yaml:2:" in bot.output
    assert "Traceback" not in bot.output


@pytest.mark.usefixtures("slow")
def test_a_port_that_is_taken_is_one_line(refused: dict[str, BotProcess]) -> None:
    """It names the setting."""
    bot = refused["port"]
    assert bot.ends() == 2
    assert any("HEALTH_LISTEN" in line for line in bot.lines)


@pytest.mark.usefixtures("slow")
def test_a_broken_database_is_one_line(refused: dict[str, BotProcess]) -> None:
    """A file that is no database is left as it is, and named."""
    bot = refused["database"]
    assert bot.ends() == 1
    assert len(bot.lines) == 1
    assert "bot.db" in bot.output


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_TOKEN", "secret-nonsense"),
        ("TELEGRAM_API_URL", "secret-nonsense"),
        ("ADMIN_IDS", "secret-nonsense"),
        ("KNOWLEDGE_DIR", "/secret-nonsense"),
        ("DATABASE_URL", "mysql://secret-nonsense"),
    ],
)
def test_a_wrong_setting_is_one_line(tmp_path: Path, name: str, value: str) -> None:
    """It names the setting and what to write; the value is not shown; exit code 2."""
    with BotProcess(NOWHERE, tmp_path, {name: value}) as bot:
        assert bot.ends() == 2
        assert len(bot.lines) == 1
        assert name in bot.output
        assert "secret-nonsense" not in bot.output
