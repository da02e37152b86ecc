"""When the network or Telegram fails: nobody gets an answer twice, and what surely failed is tried again."""

import time

from tests.e2e.processes import BotProcess, People, marked, until
from tests.e2e.test_private import TEXTS


def test_a_flood_limit_is_waited_for(people: People) -> None:
    """429 with retry_after: the answer comes, later, once."""
    people.fault("sendMessage", "flood", retry_after=1)
    asked = people.write(people.staff, "第11条")
    assert marked(people.reply_to(asked), "expandable_blockquote") == [TEXTS[11]]
    assert len(people.replies(people.staff, asked["message_id"])) == 1


def test_a_server_error_is_tried_again(people: People) -> None:
    """The server said itself that it did nothing."""
    people.fault("sendMessage", "error", status=502, description="Bad Gateway")
    assert marked(people.ask("第11条"), "expandable_blockquote") == [TEXTS[11]]


def test_an_answer_whose_connection_broke_is_not_sent_twice(people: People) -> None:
    """It may have arrived, and here it has; no apology follows it either."""
    people.fault("sendMessage", "drop_after")
    asked = people.write(people.staff, "第11条")
    people.reply_to(asked)
    time.sleep(1)
    assert len(people.replies(people.staff, asked["message_id"])) == 1


def test_an_edit_whose_connection_broke_is_made_again(people: People) -> None:
    """An edit can be repeated without harm."""
    asked = people.write(people.staff, "第3条")
    reply = people.reply_to(asked)
    people.fault("editMessageText", "drop")
    people.edit(asked, "第4条")
    assert until(lambda: TEXTS[4] in people.message(people.staff, reply["message_id"])["text"])


def test_the_typing_sign_never_stands_in_the_way(people: People) -> None:
    """Refused or late, the answer comes all the same."""
    people.fault("sendChatAction", "error", status=400, description="Bad Request")
    assert people.ask("第11条")
    people.fault("sendChatAction", "delay", seconds=6)
    begun = time.monotonic()
    assert people.ask("第11条")
    assert time.monotonic() - begun < 5


def test_polling_goes_on_after_errors(people: People, bot: BotProcess) -> None:
    """getUpdates that fails is made again."""
    people.fault("getUpdates", "drop")
    people.fault("getUpdates", "error", status=500)
    assert people.ask("第11条")


def test_a_deleted_reply_is_sent_anew_when_the_question_is_edited(people: People) -> None:
    """What can't be edited any more is written again."""
    asked = people.write(people.staff, "第3条")
    people.reply_to(asked)
    people.fault("editMessageText", "error", status=400, description="Bad Request: message to edit not found")
    people.edit(asked, "第4条")
    assert until(lambda: any(TEXTS[4] in one["text"] for one in people.replies(people.staff, asked["message_id"])))


def test_html_that_is_refused_is_sent_as_text(people: People) -> None:
    """The words matter more than their formatting."""
    people.fault("sendMessage", "error", status=400, description="Bad Request: can't parse entities: x")
    reply = people.ask("第11条")
    assert TEXTS[11] in reply["text"]
    assert not marked(reply, "expandable_blockquote")


def test_an_error_is_logged_once_and_apologised_for(people: People, bot: BotProcess) -> None:
    """The person gets a short apology, the log one entry without what was written."""
    before = bot.output.count("was not handled")
    people.fault("sendMessage", "error", status=400, description='Bad Request: something about "秘密的第11条"')
    assert "抱歉" in people.ask("秘密的第11条怎么说")["text"]
    assert until(lambda: bot.output.count("was not handled") == before + 1)


def test_a_person_who_blocked_the_bot_is_no_error(people: People, bot: BotProcess) -> None:
    """Nothing can be delivered, and nothing is wrong."""
    before = bot.output.count("was not handled")
    people.fault("sendMessage", "error", status=403, description="Forbidden: bot was blocked by the user")
    people.write(people.staff, "第11条")
    assert people.ask("第12条")
    assert bot.output.count("was not handled") == before


def test_logs_hold_neither_the_token_nor_messages(people: People, bot: BotProcess) -> None:
    """Not even at LOG_LEVEL=DEBUG, after all the errors above."""
    people.ask("天王盖地虎宝塔镇河妖谁牵头")
    people.update(message={"message_id": "broken", "text": "天王盖地虎"})
    people.ask("第11条")
    assert "天王盖地虎" not in bot.output
    assert "第11条" not in bot.output
    assert "AAe2e-secret" not in bot.output
