"""The `reply_markup` parameter: an inline keyboard, checked as Telegram checks it.

Called by the sending and editing methods.
"""

from typing import Any

from bot.sandbox.errors import bad_request

MAX_DATA_BYTES = 64
MAX_BUTTONS = 100
OTHER_MARKUPS = ("keyboard", "remove_keyboard", "force_reply")
BUTTON_ACTIONS = ("callback_data", "url", "switch_inline_query", "switch_inline_query_current_chat", "copy_text")
BUTTON_ACTIONS_UNCHECKED = ("web_app", "login_url", "pay", "callback_game", "switch_inline_query_chosen_chat")


def parse_markup(markup: Any, *, inline_only: bool = False) -> dict[str, Any] | None:
    """The markup as it is kept, or None where there is none (an empty keyboard is none). Raises `RefusedError`."""
    if markup is None or markup == "":
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        rows = _rows(markup["inline_keyboard"])
        return {"inline_keyboard": rows} if rows else None
    if any(key in markup for key in OTHER_MARKUPS):
        if inline_only:
            raise bad_request("inline keyboard expected")
        return dict(markup)
    return None


def _rows(rows: Any) -> list[list[dict[str, Any]]]:
    if not isinstance(rows, list):
        raise bad_request(
            'can\'t parse reply keyboard markup JSON object: Field "inline_keyboard" must be of type Array'
        )
    kept: list[list[dict[str, Any]]] = []
    for row in rows:
        if not isinstance(row, list):
            raise bad_request(
                'can\'t parse reply keyboard markup JSON object: Field "inline_keyboard" must be an Array of Arrays'
            )
        buttons = [_button(button) for button in row]
        if buttons:
            kept.append(buttons)
    if sum(map(len, kept)) > MAX_BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return kept


def _button(button: Any) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: Inline keyboard button must be an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    if not text.strip():
        raise bad_request("can't parse inline keyboard button: Text must be non-empty")
    if "callback_data" in button:
        data = button["callback_data"]
        if not isinstance(data, str) or not 1 <= len(data.encode("utf-8", "surrogatepass")) <= MAX_DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    elif "url" in button:
        if not str(button["url"]).startswith(("http://", "https://", "tg://")):
            raise bad_request("BUTTON_URL_INVALID")
    elif not any(action in button for action in BUTTON_ACTIONS + BUTTON_ACTIONS_UNCHECKED):
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    return dict(button)
