"""answerCallbackQuery: what a person sees after pressing a button."""

from bot.sandbox.errors import bad_request
from bot.sandbox.message import utf16_length
from bot.sandbox.params import Params
from bot.sandbox.world import World

MAX_ANSWER = 200


def answer_callback_query(world: World, params: Params) -> bool:
    button = world.open_query(params.text("callback_query_id"))
    text = params.text("text")
    if utf16_length(text) > MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    button.answer = {"text": text, "show_alert": params.flag("show_alert"), "url": params.text("url")}
    world.events.publish(
        "answered",
        button.chat_id,
        callback_query_id=button.id,
        message_id=button.message_id,
        person_id=button.person_id,
        **button.answer,
    )
    return True


METHODS = {"answerCallbackQuery": answer_callback_query}
