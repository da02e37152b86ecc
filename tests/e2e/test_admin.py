"""Admins bring new knowledge into service from the chat: a report first, then one tap, and one tap back."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.processes import BotProcess, People, SandboxProcess, labels, marked, until
from tests.e2e.test_private import TEXTS

ADMIN = 5_200_000_002
NOTICE = """2024年海沧区教育工作要点
厦海教〔2024〕9号
各中小学、幼儿园：
2024年全区教育工作的总体要求是：办好人民满意的教育。
一、增加学位供给
1. 加快学校建设。2024年竣工项目4个，新增学位3600个。（基建办、教育科）
2. 提升课后服务品质。课后服务参与率达到90%以上。（教育科、教师进修学校）
二、加强教师队伍
3. 培养名优教师。评选市级“师德标兵”20名。（综合科）
厦门市海沧区教育局
2024年3月5日
"""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[SandboxProcess]:
    """A sandbox that no other test's bot polls."""
    with SandboxProcess() as process:
        yield process


@pytest.fixture
def people(sandbox: SandboxProcess, small: Path, tmp_path: Path) -> Iterator[People]:
    """A bot of its own for each test, with a folder that the test may change."""
    folder = tmp_path / "knowledge"
    folder.mkdir()
    for file in small.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    settings = {"KNOWLEDGE_DIR": str(folder), "ADMIN_IDS": str(ADMIN), "DATA_DIR": str(tmp_path / "data")}
    with BotProcess(sandbox.url, tmp_path / "data", settings) as process:
        process.ready()
        people = People(sandbox.url)
        yield people
        people.clear_faults()
        people.close()


def test_a_notice_is_read_reported_and_put_into_service(people: People) -> None:
    """An admin sends a notice, reads what was understood, taps 启用: the new year answers; one tap takes it back."""
    report = sent(people, "通知2024.txt", NOTICE.encode())
    assert "《2024年海沧区教育工作要点》2 部分，3 条，4 个科室" in report["text"]
    assert "新的一份，3条" in report["text"]
    assert labels(report) == ["启用", "放弃"]
    assert "8280" in people.ask("今年新增多少学位")["text"]
    people.press(report, "启用", people.admin)
    served = next_to(people, report)
    assert "第2版已启用" in served["text"]
    assert labels(served) == ["退回第1版"]
    assert not people.message(people.admin, report["message_id"]).get("reply_markup")
    answer = people.ask("今年新增多少学位")
    assert "3600个" in answer["text"]
    assert "8280" not in answer["text"]
    assert "8280" in people.ask("2023年新增多少学位")["text"]
    people.press(served, "退回第1版", people.admin)
    assert "第1版已启用" in next_to(people, served)["text"]
    assert "8280" in people.ask("今年新增多少学位")["text"]


@pytest.mark.usefixtures("slow")
def test_an_edited_plan_tells_what_changes(people: People, tmp_path: Path) -> None:
    """Leads and figures stand in the report old -> new, the text with its marks."""
    plan = (tmp_path / "knowledge" / "plan_2023.yaml").read_text("utf-8")
    plan = plan.replace("可新增学位8280个", "可新增学位9000个").replace("value: 8280个", "value: 9000个")
    report = sent(people, "plan_2023.yaml", plan.encode())
    assert "8280个 → 9000个" in report["text"]
    assert "第11条" in report["text"]
    people.press(report, "放弃", people.admin)
    assert "第2版已放弃" in next_to(people, report)["text"]
    assert "8280" in people.ask("今年新增多少学位")["text"]


@pytest.mark.usefixtures("slow")
def test_releases_are_listed_rolled_back_and_exported(people: People, tmp_path: Path) -> None:
    """/releases tells who did what; /rollback takes the last step back; /export sends files and the table."""
    report = sent(people, "n.txt", NOTICE.encode())
    people.press(report, "启用", people.admin)
    next_to(people, report)
    listing = people.ask("/releases", person=people.admin)
    assert "第2版 使用中：发来文件 n.txt" in listing["text"]
    assert "第1版 用过：初始知识" in listing["text"]
    assert labels(listing) == ["退回第1版"]
    assert "第1版已启用" in people.ask("/rollback", person=people.admin)["text"]
    asked = people.write(people.admin, "/export", people.admin)
    files = until(lambda: documents(people, asked) if len(documents(people, asked)) >= 3 else None)
    assert files is not None
    assert files["plan_2023.yaml"] == (tmp_path / "knowledge" / "plan_2023.yaml").read_bytes()
    table = files["要点表.csv"]
    assert table.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"))))
    assert {row["条"] for row in rows} == {str(number) for number in range(1, 26)}


@pytest.mark.usefixtures("slow")
def test_the_second_admin_tap_is_refused(people: People) -> None:
    """Two candidates at once: the second is told that another release is in service by now, and nothing changes."""
    first = sent(people, "a.txt", NOTICE.encode())
    second = sent(people, "b.txt", NOTICE.replace("3600", "3700").encode())
    people.press(first, "启用", people.admin)
    assert "第2版已启用" in next_to(people, second)["text"]
    before = next_to(people, second)
    people.press(second, "启用", people.admin)
    refused = next_to(people, before)
    assert "现在使用的已经是第2版" in refused["text"]
    assert labels(refused) == ["重新看第3版"]
    assert "3600个" in people.ask("今年新增多少学位")["text"]
    people.press(first, "启用", people.admin)
    assert "第2版已经在使用" in next_to(people, refused)["text"]


@pytest.mark.usefixtures("slow")
def test_a_good_edit_of_the_folder_goes_into_service(people: People, tmp_path: Path) -> None:
    """The admins are told, with a button to take it back; a mended edit is taken in as well."""
    file = tmp_path / "knowledge" / "plan_2023.yaml"
    whole = file.read_text("utf-8")
    before = people.write(people.admin, "你好", people.admin)
    file.write_text(whole.replace("8280个", "8300个"), "utf-8")
    told = told_of(people, before, "已自动启用")
    assert "文件夹里有改动" in told["text"]
    assert "8300" in people.ask("今年新增多少学位")["text"]
    people.press(told, "退回第1版", people.admin)
    back = next_to(people, told)
    assert "8280" in people.ask("今年新增多少学位")["text"]
    file.write_text(whole.replace("8280个", "8400个"), "utf-8")
    again = told_of(people, back, "文件夹里有改动")
    assert labels(again) == ["启用", "放弃"], "what was taken back by an admin is not overwritten by itself"
    people.press(again, "启用", people.admin)
    next_to(people, again)
    assert "8400" in people.ask("今年新增多少学位")["text"]


@pytest.mark.usefixtures("slow")
def test_an_edit_that_takes_something_away_waits_for_an_admin(people: People, tmp_path: Path) -> None:
    """A plan that was saved by half loses points: it is proposed with a warning, and answers stay as they were."""
    file = tmp_path / "knowledge" / "plan_2023.yaml"
    whole = file.read_text("utf-8")
    before = people.write(people.admin, "你好", people.admin)
    file.write_text(whole[: whole.index("      - number: 25")], "utf-8")
    told = told_of(people, before, "没有自动启用")
    assert "⚠ 2023年的要点会少1条" in told["text"]
    assert labels(told) == ["启用", "放弃"]
    assert "第25条" in people.ask("/item 25")["text"]
    file.write_text(whole, "utf-8")
    back = told_of(people, told, "改回去了")
    people.press(told, "启用", people.admin)
    assert "已经放弃" in next_to(people, back)["text"]
    assert "第25条" in people.ask("/item 25")["text"]
    file.write_text(whole.replace("8280个", "8300个"), "utf-8")
    assert "8300" in people.ask("今年新增多少学位")["text"] or told_of(people, back, "已自动启用")


@pytest.mark.usefixtures("slow")
def test_an_edit_of_the_folder_keeps_what_came_by_chat(people: People, tmp_path: Path) -> None:
    """A plan that was put into service from the chat stays there when another file is edited on disk."""
    report = sent(people, "n.txt", NOTICE.encode())
    people.press(report, "启用", people.admin)
    served = next_to(people, report)
    lexicon = tmp_path / "knowledge" / "lexicon.yaml"
    lexicon.write_text("departments:\n  教育科: [教科, 教育口]\n", "utf-8")
    told = told_of(people, served, "已自动启用")
    assert "整份撤下" not in told["text"]
    assert "3600个" in people.ask("今年新增多少学位")["text"]
    assert "教育科牵头" in people.ask("2023年教育口牵头哪几条")["text"]


@pytest.mark.usefixtures("slow")
def test_a_bad_edit_of_the_folder_is_reported(people: People, tmp_path: Path) -> None:
    """File, line and reason; the old knowledge answers on."""
    file = tmp_path / "knowledge" / "plan_2023.yaml"
    lines = file.read_text("utf-8").splitlines()
    number = next(index for index, line in enumerate(lines, 1) if line.startswith("year:"))
    lines[number - 1] = "year: 明年"
    before = people.write(people.admin, "你好", people.admin)
    file.write_text("\n".join(lines), "utf-8")
    told = told_of(people, before, "有错")
    assert f"plan_2023.yaml:{number}:" in told["text"]
    assert f"plan_2023.yaml:{number}:" in people.ask("/reload", person=people.admin)["text"]
    assert marked(people.ask("/item 10"), "expandable_blockquote") == [TEXTS[10]]


BAD_FILES = [
    ("plan.yaml", b"a: &a [1]\nb: *a\n", "锚"),
    ("plan.yaml", b"title: 1\n", "缺少"),
    ("../../etc/plan.docx", b"PK\x03\x04broken", ""),
    ("photo.pdf", b"%PDF-1.4 nothing", ""),
    ("golden.jsonl", b"{}\n", "缺少 q"),
    ("empty.txt", b" \n", ""),
    ("old.doc", b"\xd0\xcf\x11\xe0" + bytes(600), "docx"),
]


def test_a_bad_file_is_refused(people: People) -> None:
    """Why, in Chinese, and that the old knowledge stays; no path of the server is told."""
    for name, data, reason in BAD_FILES:
        told = sent(people, name, data)
        assert "仍用原来的工作要点" in told["text"], name
        assert reason in told["text"], told["text"]
        assert "/etc" not in told["text"]
    assert "8280" in people.ask("今年新增多少学位")["text"]


@pytest.mark.usefixtures("slow")
def test_others_may_not(people: People) -> None:
    """A member of staff is told so, in private and in a group; a file of theirs is no candidate; nor is a tap."""
    for command in ("/reload", "/releases", "/rollback", "/export", "/journal"):
        assert "只有管理员" in people.ask(command)["text"]
    assert "只有管理员" in people.ask("/reload", people.group)["text"]
    for command in ("/reload", "/journal", "/releases"):
        assert "请私聊" in people.ask(command, people.group, people.admin)["text"]
    upload = people.upload(people.staff, "n.txt", NOTICE.encode(), people.staff)
    assert "文字" in people.reply_to(upload)["text"]
    listing = people.ask("/releases", person=people.admin)
    assert "第2版" not in listing["text"]
    assert "只有管理员" in (people.press_data(people.reply_to(upload), "rel:back:1:1", people.staff) or "")


@pytest.mark.usefixtures("slow")
def test_the_journal_shows_what_was_not_answered(people: People) -> None:
    """Declined questions are listed; a useful answer becomes a golden question that can be sent back."""
    people.ask("食堂的菜谁做")
    answer = people.ask("课后服务谁牵头")
    people.press(answer, "有用")
    asked = people.write(people.admin, "/journal", people.admin)
    assert "食堂的菜谁做" in people.reply_to(asked)["text"]
    files = until(lambda: documents(people, asked) or None)
    assert files is not None
    assert "课后服务谁牵头" in files["golden.jsonl"].decode()
    assert "启用" in labels(sent(people, "golden.jsonl", files["golden.jsonl"]))


@pytest.mark.usefixtures("slow")
def test_commands_are_offered(people: People) -> None:
    """Everybody is offered the commands, admins theirs as well; the descriptions are Chinese."""

    def offered(person: int) -> set[str]:
        listed = people.get("commands", chat_id=person, person_id=person)["commands"]
        return {command["command"] for command in listed}

    assert offered(people.staff) == {"item", "depts", "help"}
    assert offered(people.admin) == {"item", "depts", "help", "reload", "releases", "rollback", "export", "journal"}
    assert "工作要点" in people.get("state")["bot"]["description"]


def sent(people: People, name: str, data: bytes) -> dict[str, Any]:
    """What the bot says in the end to a file from the admin."""
    message = people.upload(people.admin, name, data, people.admin)
    first = people.reply_to(message)
    return next_to(people, first) if "正在读取" in first["text"] else first


def told_of(people: People, before: dict[str, Any], text: str) -> dict[str, Any]:
    """What the bot told the admin of its own accord, behind a message."""

    def look() -> dict[str, Any] | None:
        found = people.replies(people.admin, before["message_id"])
        return next((message for message in found if text in message.get("text", "")), None)

    told = until(look)
    assert told is not None, f"nothing told of {text}"
    return told


def next_to(people: People, message: dict[str, Any]) -> dict[str, Any]:
    """The bot's first message behind this one."""
    return people.reply_to(message)


def documents(people: People, message: dict[str, Any]) -> dict[str, bytes]:
    """The files that the bot sent behind a message."""
    replies = people.replies(message["chat"]["id"], message["message_id"])
    found = [reply["document"] for reply in replies if "document" in reply]
    return {document["file_name"]: people.download(document["file_id"]) for document in found}
