"""From what a bot or a person writes to the text and entities that Telegram keeps.

Called by the sending and editing methods (`bot_text`) and by what people do (`typed_text`). Entities are handled here
by characters and turned into UTF-16 offsets at the end.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.markup import parse_html
from bot.sandbox.message import Entity, Formatted

SPLITTABLE = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
QUOTES = frozenset({"blockquote", "expandable_blockquote"})
CODE = frozenset({"code", "pre"})
OTHER = frozenset(
    {"text_link", "text_mention", "custom_emoji", "mention", "hashtag", "cashtag", "bot_command", "url", "email"}
    | {"phone_number"}
)
CONTROL = {code: " " for code in range(33) if code not in (10, 13)}
REMOVED: dict[int, str] = dict.fromkeys([13, *range(0x2028, 0x202F), 0x333, 0x33F, 0x30A], "")
# Telegram finds a mention or a command only where no letter (Chinese ones included) touches it.
FOUND = (
    ("mention", re.compile(r"(?<!\w)@[A-Za-z0-9_]{4,32}(?!\w)")),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")),
    (
        "url",
        re.compile(
            r"(?i)(?<![\w@.])(?:https?://[^\s<>\"，。；、）》]+|[\w-]+(?:\.[\w-]+)*\.(?:com|cn|org|net|io|me)\b)"
        ),
    ),
    ("email", re.compile(r"(?<![\w.+-])[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?!\w)")),
    ("hashtag", re.compile(r"(?<!\w)#(?=\w*[^\W\d_])\w{1,256}")),
)


def bot_text(text: str, parse_mode: str, entities: Any) -> Formatted:
    """A bot's text, parsed and cleaned; raises `RefusedError` as Telegram does. May be empty."""
    mode = parse_mode.lower()
    if mode == "html":
        return normalise(parse_html(text))
    if mode in {"markdown", "markdownv2"}:
        raise bad_request("unsupported parse_mode (the sandbox reads HTML only)")
    if mode:
        raise bad_request("unsupported parse_mode")
    return normalise(Formatted(text, tuple(_given(entities))))


def typed_text(text: str) -> Formatted:
    """What a person typed, with the mentions, commands and links that Telegram finds in it."""
    return normalise(Formatted(text))


def normalise(formatted: Formatted) -> Formatted:
    """Control characters out, spaces trimmed, entities untangled, and what Telegram finds by itself marked."""
    spans = [_to_characters(formatted.text, entity) for entity in formatted.entities]
    text, spans = _clean(formatted.text, spans)
    spans = _untangle(spans)
    spans = [span for entity in spans if (span := _without_leading_space(text, entity)).length > 0]
    text, spans = _trim(text, spans)
    spans += _found(text, spans)
    spans.sort(key=lambda entity: (entity.offset, -entity.length, entity.kind in SPLITTABLE, entity.kind))
    return Formatted(text, tuple(_to_utf16(text, entity) for entity in spans))


def _given(entities: Any) -> Iterable[Entity]:
    """The `entities` parameter of a method."""
    if not isinstance(entities, list):
        return
    for item in entities:
        kind = item.get("type") if isinstance(item, dict) else None
        if kind not in SPLITTABLE | QUOTES | CODE | OTHER:
            raise bad_request("can't parse MessageEntity: Unsupported type specified")
        offset, length = item.get("offset"), item.get("length")
        if not isinstance(offset, int) or not isinstance(length, int):
            raise bad_request('can\'t parse MessageEntity: Field "offset" must be of type Number')
        yield Entity(kind, offset, length, item.get("url"), item.get("language"), emoji=item.get("custom_emoji_id"))


def _to_characters(text: str, entity: Entity) -> Entity:
    units: dict[int, int] = {}
    unit = 0
    for index, char in enumerate(text):
        units[unit] = index
        unit += 2 if char > "\uffff" else 1
    units[unit] = len(text)
    begin, end = units.get(entity.offset), units.get(entity.end)
    if entity.offset < 0 or entity.length < 0 or entity.end > unit:
        raise bad_request(
            f"can't parse entities: Entity beginning at UTF-16 offset {entity.offset} ends after the end of the text"
            f" at UTF-16 offset {entity.end}"
        )
    if begin is None or end is None:
        raise bad_request("can't parse entities: Entity begins in a middle of a UTF-16 symbol")
    return replace(entity, offset=begin, length=end - begin)


def _to_utf16(text: str, entity: Entity) -> Entity:
    before = sum(1 for char in text[: entity.offset] if char > "\uffff")
    within = sum(1 for char in text[entity.offset : entity.end] if char > "\uffff")
    return replace(entity, offset=entity.offset + before, length=entity.length + within)


def _clean(text: str, spans: list[Entity]) -> tuple[str, list[Entity]]:
    cleaned = text.translate(CONTROL | REMOVED)
    removed = [index for index, char in enumerate(text) if ord(char) in REMOVED]
    if not removed:
        return cleaned, spans

    def moved(position: int) -> int:
        return position - sum(1 for index in removed if index < position)

    return cleaned, [
        replace(span, offset=moved(span.offset), length=moved(span.end) - moved(span.offset)) for span in spans
    ]


def _untangle(spans: list[Entity]) -> list[Entity]:
    """No quote in a quote, nothing in code, no link in a link: the outer one stays, as in Telegram."""
    ordered = sorted(spans, key=lambda entity: (entity.offset, -entity.length))
    quotes = _outermost([span for span in ordered if span.kind in QUOTES])
    others = _outermost([span for span in ordered if span.kind not in QUOTES | SPLITTABLE])
    others = [span for span in others if not any(_crosses(span, quote) for quote in quotes)]
    code = {index for span in others if span.kind in CODE for index in range(span.offset, span.end)}
    styled: list[Entity] = []
    for kind in sorted({span.kind for span in ordered if span.kind in SPLITTABLE}):
        covered = {index for span in ordered if span.kind == kind for index in range(span.offset, span.end)} - code
        styled += [Entity(kind, begin, end - begin) for begin, end in _runs(covered)]
    return [*quotes, *others, *styled]


def _outermost(ordered: list[Entity]) -> list[Entity]:
    kept: list[Entity] = []
    for span in ordered:
        if span.length and (not kept or span.offset >= kept[-1].end):
            kept.append(span)
    return kept


def _crosses(span: Entity, quote: Entity) -> bool:
    overlap = span.offset < quote.end and quote.offset < span.end
    return overlap and not (quote.offset <= span.offset and span.end <= quote.end)


def _runs(covered: set[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for index in sorted(covered):
        if runs and runs[-1][1] == index:
            runs[-1] = (runs[-1][0], index + 1)
        else:
            runs.append((index, index + 1))
    return runs


def _without_leading_space(text: str, entity: Entity) -> Entity:
    covered = text[entity.offset : entity.end]
    if not covered.strip(" \n"):
        return replace(entity, length=0)
    skipped = len(covered) - len(covered.lstrip(" \n"))
    return replace(entity, offset=entity.offset + skipped, length=entity.length - skipped)


def _trim(text: str, spans: list[Entity]) -> tuple[str, list[Entity]]:
    text = text.rstrip(" \n")
    first = len(text) - len(text.lstrip(" \n"))
    moved = [replace(span, offset=span.offset - first, length=min(span.end, len(text)) - span.offset) for span in spans]
    return text[first:], moved


def _found(text: str, spans: list[Entity]) -> list[Entity]:
    taken = {index for span in spans if span.kind not in SPLITTABLE | QUOTES for index in range(span.offset, span.end)}
    found: list[Entity] = []
    for kind, pattern in FOUND:
        for match in pattern.finditer(text):
            places = set(range(match.start(), match.end()))
            if not places & taken:
                taken |= places
                found.append(Entity(kind, match.start(), match.end() - match.start()))
    return found
