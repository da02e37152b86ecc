"""In groups: the bot answers whoever tags it, replies to it or commands it, once, there; otherwise it is silent."""

import pytest

from tests.e2e.processes import People, marked
from tests.e2e.test_private import TEXTS


def test_what_is_not_for_the_bot_is_left_alone(people: People) -> None:
    """Talk among people, other people's tags, other bots' commands, and the bot's name without a tag."""
    for text in (
        "课后服务谁牵头",
        "@lin_zhuren 课后服务谁牵头",
        "/item@other_bot 11",
        f"{people.bot} 第11条",
        "/nosuch",
    ):
        people.write(people.group, text)
    assert people.is_silent(people.write(people.group, f"a@{people.bot}.com 第11条"))


@pytest.mark.parametrize("text", ["@{} 第11条", "第11条 @{}", "👨‍👩‍👧😀请问 @{} 第11条", "@{}，第11条", "@{}第11条"])
def test_a_tag_anywhere_is_answered(people: People, text: str) -> None:
    """In front, behind, after emoji that are two units long, with a comma, without a space."""
    assert marked(people.ask(text.format(people.bot), people.group), "expandable_blockquote") == [TEXTS[11]]


def test_a_tag_in_any_case_is_answered_under_the_question(people: People) -> None:
    """Telegram compares names without case; the answer quotes the message that asked."""
    asked = people.write(people.group, f"@{people.bot.upper()} 第11条")
    assert people.reply_to(asked)["reply_to_message"]["message_id"] == asked["message_id"]


def test_a_reply_to_the_bot_is_for_the_bot(people: People) -> None:
    """Whoever replies to an answer goes on from that answer, also somebody else than the person who asked."""
    first = people.ask(f"@{people.bot} 第12条", people.group)
    reply = people.ask("它是第几条", people.group, people.admin, reply_to=first["message_id"])
    assert "第12条" in reply["text"]


def test_a_reply_may_be_quicker_than_the_bot_s_own_notes(people: People) -> None:
    """People see an answer a moment before Telegram tells the bot its number: who replies at once is understood."""
    people.fault("sendMessage", "delay_after", seconds=1)
    first = people.ask(f"@{people.bot} 第12条", people.group)
    reply = people.ask("它是第几条", people.group, people.admin, reply_to=first["message_id"])
    assert "第12条" in reply["text"]


def test_a_tag_under_somebody_s_question_asks_that_question(people: People) -> None:
    """Nothing but the tag, in reply to a question: the question is meant."""
    question = people.write(people.group, "第13条", people.admin)
    reply = people.ask(f"@{people.bot}", people.group, reply_to=question["message_id"])
    assert marked(reply, "expandable_blockquote") == [TEXTS[13]]


def test_a_tag_alone_is_told_how_to_ask(people: People) -> None:
    """No question, nobody's question above: one line."""
    assert "课后服务谁牵头" in people.ask(f"@{people.bot}", people.group)["text"]


def test_a_tag_added_by_an_edit_is_answered(people: People) -> None:
    """Who forgot the tag adds it."""
    asked = people.write(people.group, "第14条")
    people.edit(asked, f"@{people.bot} 第14条")
    assert marked(people.reply_to(asked), "expandable_blockquote") == [TEXTS[14]]


@pytest.mark.parametrize("command", ["/item 11", "/item@{} 11"])
def test_commands_work_in_groups(people: People, command: str) -> None:
    """With and without the bot's name; also in privacy mode."""
    for chat in (people.group, people.forum):
        assert marked(people.ask(command.format(people.bot), chat), "expandable_blockquote") == [TEXTS[11]]


def test_a_topic_keeps_its_answers(people: People) -> None:
    """The answer comes in the topic, and the conversation there is one of its own."""
    first = people.ask("/item 11", people.forum, thread_id=people.topic)
    assert first["message_thread_id"] == people.topic
    second = people.ask("下一条", people.forum, reply_to=first["message_id"], thread_id=people.topic)
    assert second["message_thread_id"] == people.topic
    assert marked(second, "expandable_blockquote") == [TEXTS[12]]


def test_other_bots_and_channels_are_ignored(people: People) -> None:
    """Two bots must not talk to each other for ever; a channel is nobody."""
    chat = {"id": people.group, "type": "supergroup", "title": "群"}
    mention = {"type": "mention", "offset": 0, "length": len(people.bot) + 1}
    asked = {"date": 1, "chat": chat, "text": f"@{people.bot} 第11条", "entities": [mention]}
    other_bot = {"id": 99, "is_bot": True, "first_name": "另一个", "username": "other_bot"}
    channel = {"id": -1009, "type": "channel", "title": "频道"}
    last = people.write(people.group, "随便说一句")
    people.update(message={**asked, "message_id": 900_001, "from": other_bot})
    people.update(message={**asked, "message_id": 900_002, "sender_chat": channel, "from": other_bot})
    people.update(channel_post={**asked, "message_id": 900_003, "chat": channel, "sender_chat": channel})
    assert people.is_silent(last)


def test_an_anonymous_admin_is_a_person(people: People) -> None:
    """Telegram shows a bot's account where an admin of the group writes anonymously."""
    chat = {"id": people.group, "type": "supergroup", "title": "群"}
    mention = {"type": "mention", "offset": 0, "length": len(people.bot) + 1}
    nobody = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    last = people.write(people.group, "随便说一句")
    asked = {"date": 1, "chat": chat, "text": f"@{people.bot} 第11条", "entities": [mention]}
    people.update(message={**asked, "message_id": 900_004, "from": nobody, "sender_chat": chat})
    assert marked(people.reply_to(last), "expandable_blockquote") == [TEXTS[11]]
