"""Who is meant: whether a message is for the bot, and the question in it. Called by the handlers of bot.chat.

In private every message is meant. In a group a message is meant when it tags the bot, replies to the bot, or is a
command (those are dispatched before this is asked). What other bots and channels write is never meant.
"""

import re
from collections.abc import Iterable

from telegram import Message, MessageEntity, User
from telegram.constants import ChatType

from bot.chat.wording import visible

GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)
# What may stand between a tag and the question: "@bot, 课后服务谁牵头".
_AROUND_TAG = " \t\n,.:;!?\u3001\uff0c\u3002\uff1a\uff1b\uff01\uff1f\u3000\u2026"
_STYLES = {
    MessageEntity.BOLD,
    MessageEntity.ITALIC,
    MessageEntity.UNDERLINE,
    MessageEntity.STRIKETHROUGH,
    MessageEntity.SPOILER,
    MessageEntity.BLOCKQUOTE,
    MessageEntity.EXPANDABLE_BLOCKQUOTE,
}


def person_of(message: Message) -> int | None:
    """The id of the person who wrote; None where it was another bot, a channel, or nobody."""
    sender, chat = message.sender_chat, message.chat
    if chat.type == ChatType.CHANNEL or message.is_automatic_forward:
        return None
    if sender is not None and sender.id != chat.id:
        return None  # Somebody writes as a channel.
    if sender is not None:
        return sender.id  # An anonymous admin of the group: Telegram puts a bot's name under it.
    if message.from_user is None or message.from_user.is_bot:
        return None
    return message.from_user.id


def question_in(message: Message, bot: User) -> str | None:
    """The question, without the tag; "" where there is no text; None where the message is not meant for the bot."""
    text = message.text or message.caption or ""
    tags = list(_tags(message, text, bot))
    if message.chat.type in GROUPS and not tags and not replies_to(message, bot):
        return None
    question = _without(text, tags)
    if tags and not question:
        return _question_above(message, bot)
    return question


def replies_to(message: Message, bot: User) -> bool:
    """Whether it replies to a message of the bot (in a topic that the bot opened, every message seems to)."""
    replied = message.reply_to_message
    if replied is None or replied.forum_topic_created is not None:
        return False
    return replied.from_user is not None and replied.from_user.id == bot.id


def _tags(message: Message, text: str, bot: User) -> Iterable[tuple[int, int]]:
    """Where the bot is tagged: (begin, end) in UTF-16 units, as Telegram counts."""
    entities = message.entities if message.text else message.caption_entities
    units = text.encode("utf-16-le", "surrogatepass")
    for entity in entities:
        begin, end = entity.offset, entity.offset + entity.length
        written = units[begin * 2 : end * 2].decode("utf-16-le", "replace")
        named = entity.type == MessageEntity.MENTION and written.casefold() == f"@{bot.username}".casefold()
        linked = entity.type == MessageEntity.TEXT_MENTION and entity.user is not None and entity.user.id == bot.id
        if named or linked:
            yield begin, end
    yield from _glued_tags(text, entities, bot)


def _glued_tags(text: str, entities: Iterable[MessageEntity], bot: User) -> Iterable[tuple[int, int]]:
    """Tags that Telegram does not mark, because Chinese stands right beside them: "@bot课后服务谁牵头"."""
    name = re.escape(f"@{bot.username}")
    taken = [(one.offset, one.offset + one.length) for one in entities if one.type not in _STYLES]
    for match in re.finditer(rf"(?<![A-Za-z0-9_.@/]){name}(?![A-Za-z0-9_.])", text, re.IGNORECASE):
        begin = len(text[: match.start()].encode("utf-16-le", "surrogatepass")) // 2
        end = begin + len(match[0])
        if not any(start < end and begin < stop for start, stop in taken):
            yield begin, end


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text without these spans and the punctuation that they leave behind; never half a surrogate pair."""
    units = text.encode("utf-16-le", "surrogatepass")
    cut = False
    for begin, end in sorted(spans, reverse=True):
        units = units[: begin * 2] + " ".encode("utf-16-le") + units[end * 2 :]
        cut = True
    rest = visible(units.decode("utf-16-le", "replace"))
    if not cut:
        return rest
    return rest.lstrip(_AROUND_TAG) if rest.strip(_AROUND_TAG) else ""


def _question_above(message: Message, bot: User) -> str:
    """The question that somebody tagged the bot under: what is quoted, or the message replied to."""
    replied = message.reply_to_message
    if replied is None or replies_to(message, bot):
        return ""
    if message.quote is not None:
        return visible(message.quote.text)
    return visible(replied.text or replied.caption or "")
