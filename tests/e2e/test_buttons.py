"""The buttons under a reply: they do what they say, for the person who asked, and trust nothing they are given."""

from tests.e2e.processes import People, buttons, labels, marked, until
from tests.e2e.test_private import TEXTS


def test_a_neighbour_comes_as_a_message_of_its_own_and_is_turned_over_there(people: People) -> None:
    """The answer stays to be forwarded; turning further changes the second message in place."""
    reply = people.ask("第11条")
    people.press(reply, "下一条")
    second = people.reply_to(reply)
    assert marked(second, "expandable_blockquote") == [TEXTS[12]]
    assert labels(second) == ["上一条", "下一条"]
    people.press(second, "下一条")
    number = second["message_id"]
    assert until(lambda: TEXTS[13] in people.message(people.staff, number)["text"])
    people.press(people.message(people.staff, number), "上一条")
    assert until(lambda: TEXTS[12] in people.message(people.staff, number)["text"])
    assert TEXTS[11] in people.message(people.staff, reply["message_id"])["text"]
    assert len(people.replies(people.staff, reply["message_id"])) == 1


def test_the_ends_have_one_button(people: People) -> None:
    """Nothing stands before the first and behind the last point."""
    assert "上一条" not in labels(people.ask("第1条"))
    assert "下一条" not in labels(people.ask("第25条"))


def test_a_follow_up_is_about_the_point_turned_to(people: People) -> None:
    """The conversation goes on from what is shown last."""
    reply = people.ask("第11条")
    people.press(reply, "下一条")
    second = people.reply_to(reply)
    assert "第12条" in people.reply_to(second | people.write(people.staff, "它第几条"))["text"]


def test_forged_and_stale_data_gets_a_polite_toast(people: People) -> None:
    """What the store does not know does nothing."""
    reply = people.ask("第11条")
    for data in ("next:1", f"good:{'f' * 16}", "pick:1:9", "x", "next:", "next:zz", "drop table", "\u202e", "n" * 64):
        assert people.press_data(reply, data) == "这个按钮已经失效，请重新提问。"
    assert people.is_silent(reply)


def test_a_button_of_another_chat_is_stale(people: People) -> None:
    """A reply's buttons work only where it was sent."""
    private, in_group = people.ask("第11条"), people.ask(f"@{people.bot} 第11条", people.group)
    data = buttons(private)[0]["callback_data"]
    assert people.press_data(in_group, data) == "这个按钮已经失效，请重新提问。"


def test_somebody_else_is_asked_to_ask_themselves(people: People) -> None:
    """In a group a button serves the person who asked."""
    reply = people.ask(f"@{people.bot} 第11条", people.group)
    for label in ("下一条", "有用"):
        assert people.press(reply, label, people.admin) == "这是别人的提问，请您自己问我。"
    assert people.is_silent(reply)


def test_callback_data_fits(people: People) -> None:
    """Every button's data is at most 64 bytes."""
    for question in ("第11条", "课后服务谁牵头"):
        assert all(len(button["callback_data"].encode()) <= 64 for button in buttons(people.ask(question)))
