"""Who is meant, over the shapes of messages that Telegram sends."""

from typing import Any

import pytest
from telegram import Message, User

from bot.chat.addressing import person_of, question_in

BOT = User(7_000_000_001, "工作要点助手", is_bot=True, username="WorkPlan_Bot")
STAFF = {"id": 5_200_000_001, "is_bot": False, "first_name": "陈"}
OTHER = {"id": 5_200_000_002, "is_bot": False, "first_name": "林"}
GROUP = {"id": -1_001_700_000_001, "type": "supergroup", "title": "群"}
PRIVATE = {"id": STAFF["id"], "type": "private", "first_name": "陈"}


def message(text: str, /, *entities: tuple[str, str], chat: dict[str, Any] = GROUP, **more: Any) -> Message:
    """A message whose entities are given by kind and covered text."""
    spans = [
        {
            "type": kind,
            "offset": len(text[: text.index(covered)].encode("utf-16-le")) // 2,
            "length": len(covered.encode("utf-16-le")) // 2,
        }
        for kind, covered in entities
    ]
    fields = {"message_id": 1, "date": 1, "chat": chat, "from": STAFF, "text": text, "entities": spans, **more}
    return Message.de_json(fields, None)


def quoting(sender: dict[str, Any], text: str, **more: Any) -> dict[str, Any]:
    """The message that is replied to."""
    return {"reply_to_message": {"message_id": 9, "date": 1, "chat": GROUP, "from": sender, "text": text, **more}}


BOT_JSON = {"id": BOT.id, "is_bot": True, "first_name": "工作要点助手", "username": "WorkPlan_Bot"}


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("@WorkPlan_Bot 课后服务谁牵头", "@WorkPlan_Bot"),
        ("@workplan_bot 课后服务谁牵头", "@workplan_bot"),
        ("课后服务谁牵头 @WORKPLAN_BOT", "@WORKPLAN_BOT"),
        ("@WorkPlan_Bot，课后服务谁牵头", "@WorkPlan_Bot"),
        ("@WorkPlan_Bot：\n课后服务谁牵头", "@WorkPlan_Bot"),
    ],
)
def test_a_tag_is_recognised_and_cut_out(text: str, tag: str) -> None:
    """At either end, in any case, with what people put behind a name."""
    assert question_in(message(text, ("mention", tag)), BOT) == "课后服务谁牵头"


def test_offsets_count_utf_16_units() -> None:
    """Emoji before the tag are two units, a family of four eleven."""
    text = "😀👨‍👩‍👧‍👦 请问 @WorkPlan_Bot 课后服务𠮷谁牵头"
    assert question_in(message(text, ("mention", "@WorkPlan_Bot")), BOT) == "😀👨‍👩‍👧‍👦 请问   课后服务𠮷谁牵头"


def test_every_tag_is_cut_out() -> None:
    """Twice tagged, once asked."""
    text = "@WorkPlan_Bot 课后服务谁牵头 @workplan_bot"
    tagged = message(text, ("mention", "@WorkPlan_Bot"), ("mention", "@workplan_bot"))
    assert question_in(tagged, BOT) == "课后服务谁牵头"


def test_a_tag_by_name_is_a_tag() -> None:
    """Clients write a mention without a user name as text_mention."""
    fields = {"type": "text_mention", "offset": 0, "length": 4, "user": BOT_JSON}
    assert question_in(message("要点助手 第11条", entities=[fields]), BOT) == "第11条"
    assert question_in(message("要点助手 第11条", entities=[{**fields, "user": OTHER}]), BOT) is None


def test_a_tag_glued_to_chinese_is_a_tag() -> None:
    """Telegram marks no mention where Chinese stands beside it; the person meant one."""
    assert question_in(message("请@WorkPlan_Bot说说课后服务谁牵头"), BOT) == "请 说说课后服务谁牵头"


@pytest.mark.parametrize(
    "text", ["课后服务谁牵头", "@WorkPlan_Bot2 第11条", "x@WorkPlan_Bot.cn", "me@WorkPlan_Bot 第11条", "WorkPlan_Bot"]
)
def test_what_only_looks_like_a_tag_is_none(text: str) -> None:
    """Another name that begins the same, an address, the name alone."""
    assert question_in(message(text), BOT) is None


def test_a_tag_inside_something_else_is_none() -> None:
    """In code or a link Telegram marks something else there."""
    assert question_in(message("见 @WorkPlan_Bot 好", ("code", "@WorkPlan_Bot")), BOT) is None


def test_another_s_tag_is_not_ours() -> None:
    """Also where the bot has spoken before."""
    assert question_in(message("@lin 第11条", ("mention", "@lin")), BOT) is None


def test_a_caption_s_tag_counts() -> None:
    """A picture with the question under it."""
    tag = [{"type": "mention", "offset": 0, "length": 13}]
    fields: dict[str, Any] = {
        "text": None,
        "entities": None,
        "caption": "@WorkPlan_Bot 第11条",
        "caption_entities": tag,
    }
    assert question_in(message("", **fields), BOT) == "第11条"


def test_a_reply_to_the_bot_is_meant_for_it() -> None:
    """And a reply to somebody else is not."""
    assert question_in(message("目标呢", **quoting(BOT_JSON, "教育科牵头")), BOT) == "目标呢"
    assert question_in(message("目标呢", **quoting(OTHER, "教育科牵头")), BOT) is None


def test_a_topic_that_the_bot_opened_is_no_reply() -> None:
    """There every message refers to the topic's first one."""
    topic = {"forum_topic_created": {"name": "学位", "icon_color": 1}}
    assert question_in(message("大家好", **quoting(BOT_JSON, "", **topic)), BOT) is None


def test_a_tag_alone_asks_the_question_above() -> None:
    """The message replied to, or the part of it that is quoted."""
    tag = ("mention", "@WorkPlan_Bot")
    above = quoting(OTHER, "课后服务谁牵头？另外明天开会")
    assert question_in(message("@WorkPlan_Bot", tag, **above), BOT) == "课后服务谁牵头？另外明天开会"
    quote = {"quote": {"text": "课后服务谁牵头？", "position": 0}}
    assert question_in(message("@WorkPlan_Bot !", tag, **above, **quote), BOT) == "课后服务谁牵头？"
    assert question_in(message("@WorkPlan_Bot"), BOT) == ""


def test_in_private_everything_is_meant() -> None:
    """With or without a tag; what is no text gives no question."""
    assert question_in(message("课后服务谁牵头", chat=PRIVATE), BOT) == "课后服务谁牵头"
    assert question_in(message("@WorkPlan_Bot 第11条", ("mention", "@WorkPlan_Bot"), chat=PRIVATE), BOT) == "第11条"
    assert question_in(message("", chat=PRIVATE, text=None), BOT) == ""


def test_half_a_surrogate_pair_is_no_question_of_its_own() -> None:
    """What JSON can carry and no database can."""
    assert question_in(message("第11条\ud83d\x00", chat=PRIVATE), BOT) == "第11条\ufffd"


def test_persons() -> None:
    """People and anonymous admins are persons; other bots, channels and forwarded channel posts are not."""
    channel = {"id": -1009, "type": "channel", "title": "频道"}
    robot = {"id": 99, "is_bot": True, "first_name": "x"}
    assert person_of(message("x")) == STAFF["id"]
    assert person_of(message("x", **{"from": robot, "sender_chat": GROUP})) == GROUP["id"]
    assert person_of(message("x", **{"from": robot})) is None
    assert person_of(message("x", **{"from": robot, "sender_chat": channel})) is None
    assert person_of(message("x", sender_chat=channel, is_automatic_forward=True)) is None
    assert person_of(message("x", chat=channel, **{"from": None})) is None
