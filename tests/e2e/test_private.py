"""In private: every message is answered, once, with the fact first and the paragraph word for word."""

from pathlib import Path

import pytest

from bot.plan.reading import read_plan
from tests.e2e.processes import PROJECT, People, labels, marked, until

PLAN = read_plan(PROJECT / "knowledge" / "plan_2023.yaml")
TEXTS = {key.point: point.text for key, point in PLAN.numbered_points()}


def test_the_fact_comes_first_then_the_paragraph_then_its_source(people: People) -> None:
    """First line bold, the paragraph verbatim in an expandable quote with its sentence marked, the source last."""
    reply = people.ask("课后服务谁牵头")
    lines = reply["text"].splitlines()
    assert "教育科" in lines[0]
    assert marked(reply, "bold")[0] == lines[0]
    assert marked(reply, "expandable_blockquote") == [TEXTS[10]]
    assert marked(reply, "bold")[1] in TEXTS[10]
    assert lines[-1].startswith("《2023年海沧区教育工作要点》厦海教工委〔2023〕16号")
    assert lines[-1].endswith("第10条")
    assert labels(reply) == ["上一条", "下一条", "有用", "没用"]


def test_typing_is_shown_before_the_answer(people: People) -> None:
    """Somebody who waits sees that the bot is at work."""
    since = people.get("state")["last_event"]
    people.ask("德育科管哪些")
    kinds = [event["kind"] for event in people.get("wait", after=since, chat_id=people.staff)["events"]]
    assert kinds.index("typing") < len(kinds) - 1 - kinds[::-1].index("message")


def test_a_follow_up_is_understood(people: People) -> None:
    """目标呢 after a question is about that question's point."""
    people.ask("今年竣工多少个教育项目")
    reply = people.ask("还有谁参与")
    assert marked(reply, "expandable_blockquote") == [TEXTS[11]]


def test_one_person_s_messages_are_answered_in_order(people: People) -> None:
    """Five questions in a row get five answers in the same order."""
    items = [3, 7, 1, 9, 5]
    asked = [people.write(people.staff, f"第{number}条") for number in items]
    last = asked[-1]["message_id"]
    replies = until(lambda: found if len(found := people.replies(people.staff, last)) == len(items) else None)
    assert replies is not None
    assert [marked(reply, "expandable_blockquote")[0] for reply in replies] == [TEXTS[number] for number in items]


def test_an_edited_question_gets_its_answer_in_place(people: People) -> None:
    """The reply that is there is changed; none is added."""
    asked = people.write(people.staff, "第3条")
    reply = people.reply_to(asked)
    people.edit(asked, "第4条")
    number = reply["message_id"]
    assert until(lambda: TEXTS[4] in people.message(people.staff, number)["text"])
    assert len(people.replies(people.staff, asked["message_id"])) == 1


def test_what_is_delivered_twice_is_answered_once(people: People) -> None:
    """A webhook that answered too late gets the same update again."""
    last = people.ask("第1条")
    chat = {"id": people.staff, "type": "private", "first_name": "陈"}
    sender = {"id": people.staff, "is_bot": False, "first_name": "陈"}
    for _ in range(2):
        people.update(message={"message_id": 900_010, "date": 5, "chat": chat, "from": sender, "text": "第2条"})
    people.write(people.staff, "第3条")

    def texts() -> list[str]:
        return [reply["text"] for reply in people.replies(people.staff, last["message_id"])]

    assert until(lambda: any(TEXTS[3] in text for text in texts()))
    assert len(texts()) == 2


def test_an_edit_that_changes_nothing_is_left_alone(people: People) -> None:
    """Telegram reports a link's preview as an edit; the answer stands already."""
    asked = people.write(people.staff, "第6条")
    people.reply_to(asked)
    calls = len(people.get("calls", method="editMessageText")["calls"])
    people.edit(asked, "第6条")
    assert people.ask("第7条")
    assert len(people.get("calls", method="editMessageText")["calls"]) == calls


@pytest.mark.parametrize("command", ["/start", "/help", "/HELP", "/start hello"])
def test_help_says_how_to_ask(people: People, command: str) -> None:
    """/start and /help show examples."""
    assert "课后服务谁牵头" in people.ask(command)["text"]


def test_departments(people: People) -> None:
    """/depts lists every department."""
    text = people.ask("/depts")["text"]
    assert all(name in text for name in PLAN.departments)


@pytest.mark.parametrize(("written", "number"), [("11", 11), ("3-10", 10), ("１１", 11), ("第11条", 11), ("十一", 11)])
def test_item_shows_the_point_word_for_word(people: People, written: str, number: int) -> None:
    """/item takes a number, section and number, full width and Chinese numerals."""
    assert marked(people.ask(f"/item {written}"), "expandable_blockquote") == [TEXTS[number]]


@pytest.mark.parametrize("written", ["", "0", "999", "-1", "1-11", "9" * 300, "<b>", "../../etc/passwd", "11; DROP"])
def test_item_with_anything_else_says_what_to_write(people: People, written: str) -> None:
    """Hostile arguments get one polite line, and no quotation."""
    reply = people.ask(f"/item {written}")
    assert not marked(reply, "expandable_blockquote")
    assert "/item 11" in reply["text"] or "没有第" in reply["text"]


def test_an_unknown_command_is_pointed_to_help(people: People) -> None:
    """In private nobody else can be meant."""
    assert "/help" in people.ask("/nosuch")["text"]


def test_what_is_no_text_gets_one_polite_line(people: People) -> None:
    """A sticker is answered; the pictures of an album are not answered one by one."""
    chat = {"id": people.staff, "type": "private", "first_name": "陈"}
    sender = {"id": people.staff, "is_bot": False, "first_name": "陈"}
    before = people.ask("第1条")
    voice = {"file_id": "v", "file_unique_id": "v", "duration": 1}
    body = {"message_id": 900_001, "date": before["date"], "chat": chat, "from": sender}
    people.update(message={**body, "voice": voice, "media_group_id": "album"})
    people.update(message={**body, "message_id": 900_002, "voice": voice})
    replies = until(lambda: people.replies(people.staff, before["message_id"]))
    assert replies is not None
    assert ["文字" in reply["text"] for reply in replies] == [True]


def test_a_caption_is_a_question(people: People) -> None:
    """A picture or file with a question under it is asked with the question."""
    chat = {"id": people.staff, "type": "private", "first_name": "陈"}
    sender = {"id": people.staff, "is_bot": False, "first_name": "陈"}
    before = people.ask("第1条")
    document = {"file_id": "d", "file_unique_id": "d", "file_name": "a.pdf"}
    caption = {"document": document, "caption": "第12条"}
    people.update(message={"message_id": 900_003, "date": 1, "chat": chat, "from": sender, **caption})
    replies = until(lambda: people.replies(people.staff, before["message_id"]))
    assert replies is not None
    assert marked(replies[0], "expandable_blockquote") == [TEXTS[12]]


@pytest.mark.parametrize("length", [4096, 10_000])
def test_a_very_long_message_is_answered_politely(people: People, length: int) -> None:
    """Ten thousand characters neither stop the bot nor get a made-up answer."""
    chat = {"id": people.staff, "type": "private", "first_name": "陈"}
    sender = {"id": people.staff, "is_bot": False, "first_name": "陈"}
    before = people.ask("第1条")
    people.update(
        message={"message_id": 910_000 + length, "date": 1, "chat": chat, "from": sender, "text": "课" * length}
    )
    replies = until(lambda: people.replies(people.staff, before["message_id"]))
    assert replies is not None
    assert not marked(replies[0], "expandable_blockquote")


def test_updates_of_unknown_kinds_are_ignored(people: People, bot: object) -> None:
    """What Telegram invents next year, or what can't be read at all, stops nothing."""
    people.update(brand_new_thing={"id": "1", "text": "你好"})
    people.update(message={"message_id": "not even a message"})
    people.update(poll={"id": "1"})
    assert people.ask("第2条")


def test_the_journal_learns_without_knowing_who(people: People, tmp_path: Path) -> None:
    """有用 and 没用 say thanks, as often as one changes one's mind."""
    reply = people.ask("课后服务谁牵头")
    assert people.press(reply, "有用") == "谢谢，记下了。"
    assert people.press(reply, "没用") == "记下了，我们会改进。"
