"""Telegram's HTML into text and entities, as strictly as Telegram reads it.

Called by `formatting.py` for parse_mode=HTML. The tags, the four named entities and the words of the refusals are those
of https://core.telegram.org/bots/api#html-style and its server; positions in refusals count bytes of UTF-8.
"""

import re
from dataclasses import dataclass, replace

from bot.sandbox.errors import RefusedError, bad_request
from bot.sandbox.message import Entity, Formatted, utf16_length

SPACES = frozenset(" \t\r\n\v\0")
STYLES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
TAGS = frozenset({*STYLES, "a", "code", "pre", "blockquote", "tg-emoji"})
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE = re.compile(r"&(?:#x(?P<hex>[0-9a-fA-F]*)|#(?P<decimal>[0-9]*)|(?P<name>[a-zA-Z]*));?")


@dataclass(frozen=True)
class _OpenTag:
    name: str
    argument: str
    offset: int
    position: int


def parse_html(source: str) -> Formatted:
    """The text without tags, and its entities in the order in which they close; raises `RefusedError` (400)."""
    return _Parser(source).parse()


def decode_reference(source: str, at: int) -> tuple[str, int] | None:
    """The character written at `&` and the position behind it; None where Telegram leaves the `&` as it stands."""
    match = REFERENCE.match(source, at)
    if match is None:
        return None
    name = match["name"]
    if name is not None:
        return (NAMED[name], match.end()) if name in NAMED else None
    digits = match["hex"] or match["decimal"]
    if not digits or len(match[0].rstrip(";")) >= 10:
        return None
    code = int(digits, 16 if match["hex"] else 10)
    return (chr(code), match.end()) if 0 < code < 0x10FFFF else None


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.parts: list[str] = []
        self.length = 0  # UTF-16 units written
        self.open: list[_OpenTag] = []
        self.entities: list[Entity] = []

    def parse(self) -> Formatted:
        while self.at < len(self.source):
            char = self.source[self.at]
            if char == "<":
                self._tag()
            elif char == "&" and (decoded := decode_reference(self.source, self.at)):
                self._write(decoded[0])
                self.at = decoded[1]
            else:
                self._write(char)
                self.at += 1
        if self.open:
            raise _refusal(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')
        text = "".join(self.parts)
        if any("\ud800" <= char <= "\udfff" for char in text):
            raise _refusal(
                "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate"
                " code units"
            )
        plain_code = [replace(entity, language=None) if entity.kind == "code" else entity for entity in self.entities]
        return Formatted(text, tuple(plain_code))

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self.length += utf16_length(text)

    @property
    def _char(self) -> str:
        """The next character; a zero at the end, as in the C string that Telegram's server walks."""
        return self.source[self.at] if self.at < len(self.source) else "\0"

    @property
    def _ended(self) -> bool:
        return self._char == "\0"

    def _bytes(self, position: int) -> int:
        return len(self.source[:position].encode("utf-8", "surrogatepass"))

    def _skip_spaces(self) -> None:
        while not self._ended and self._char in SPACES:
            self.at += 1

    def _until(self, stops: str) -> str:
        begin = self.at
        while self._char not in SPACES and self._char not in stops:
            self.at += 1
        return self.source[begin : self.at]

    def _tag(self) -> None:
        begin = self.at
        self.at += 1
        if self._char == "/":
            self._end_tag(begin)
        else:
            self._start_tag(begin)

    def _start_tag(self, begin: int) -> None:
        where = f"at byte offset {self._bytes(begin)}"
        name = self._until(">").lower()
        if self._ended:
            raise _refusal(f"Unclosed start tag {where}")
        if name not in TAGS:
            raise _refusal(f'Unsupported start tag "{name}" {where}')
        argument = ""
        while True:
            self._skip_spaces()
            if self._char == ">":
                break
            attribute, value = self._attribute(name, where)
            argument = _argument(name, attribute, value, argument)
        self.at += 1
        if name == "span" and argument != "spoiler":
            raise _refusal(f'Tag "span" must have class "tg-spoiler" {where}')
        self.open.append(_OpenTag(name, argument, self.length, len(self.parts)))

    def _attribute(self, tag: str, where: str) -> tuple[str, str | None]:
        name = self._until("=>")
        if not name:
            if self._ended:
                raise _refusal(f'Unclosed start tag "{tag}" {where}')
            raise _refusal(f'Empty attribute name in the tag "{tag}" {where}')
        self._skip_spaces()
        if self._ended:
            raise _refusal(f'Unclosed start tag "{tag}" {where}')
        if self._char != "=":
            return name, None
        self.at += 1
        self._skip_spaces()
        if self._ended:
            raise _refusal(f'Unclosed start tag "{tag}" {where}')
        value = self._quoted_value() if self._char in "'\"" else self._bare_value()
        if self._ended:
            raise _refusal(f"Unclosed start tag {where}")
        return name, value

    def _bare_value(self) -> str:
        begin = self.at
        while self._char.isascii() and (self._char.isalnum() or self._char in ".-"):
            self.at += 1
        if self._char not in SPACES and self._char != ">":
            raise _refusal(f"Unexpected end of name token at byte offset {self._bytes(begin)}")
        return self.source[begin : self.at].lower()

    def _quoted_value(self) -> str:
        quote = self._char
        self.at += 1
        parts: list[str] = []
        while not self._ended and self._char != quote:
            if self._char == "&" and (decoded := decode_reference(self.source, self.at)):
                parts.append(decoded[0])
                self.at = decoded[1]
            else:
                parts.append(self._char)
                self.at += 1
        if self._char == quote:
            self.at += 1
        return "".join(parts)

    def _end_tag(self, begin: int) -> None:
        where = f"at byte offset {self._bytes(begin)}"
        if not self.open:
            raise _refusal(f"Unexpected end tag {where}")
        self.at += 1
        name = self._until(">").lower()
        self._skip_spaces()
        if self._char != ">":
            raise _refusal(f"Unclosed end tag {where}")
        self.at += 1
        tag = self.open.pop()
        if name and name != tag.name:
            raise _refusal(f'Unmatched end tag {where}, expected "</{tag.name}>", found "</{name}>"')
        if self.length > tag.offset:
            self._close(tag)

    def _close(self, tag: _OpenTag) -> None:
        offset, length = tag.offset, self.length - tag.offset
        if tag.name in STYLES:
            self.entities.append(Entity(STYLES[tag.name], offset, length))
        elif tag.name == "a":
            url = checked_link(tag.argument or "".join(self.parts[tag.position :]))
            if url:
                self.entities.append(Entity("text_link", offset, length, url=url))
        elif tag.name == "tg-emoji":
            self.entities.append(Entity("custom_emoji", offset, length, emoji=tag.argument))
        elif tag.name == "blockquote":
            kind = "expandable_blockquote" if tag.argument else "blockquote"
            self.entities.append(Entity(kind, offset, length))
        else:
            self._close_code(tag, offset, length)

    def _close_code(self, tag: _OpenTag, offset: int, length: int) -> None:
        """<pre> and <code>: each alone, or one in the other over the same text, where <code> brings the language."""
        inner = self.entities[-1] if self.entities else None
        same = inner is not None and (inner.offset, inner.length) == (offset, length)
        if inner is not None and same and tag.name == "pre" and inner.kind == "code" and inner.language:
            self.entities[-1] = replace(inner, kind="pre")
        elif inner is not None and same and tag.name == "code" and inner.kind == "pre" and tag.argument:
            self.entities[-1] = replace(inner, language=tag.argument)
        else:
            self.entities.append(Entity(tag.name, offset, length, language=tag.argument or None))


def _argument(tag: str, attribute: str, value: str | None, known: str) -> str:
    """What a tag keeps of one attribute; `known` is what it kept before."""
    if tag == "blockquote" and attribute == "expandable":
        return "1"
    if value is None:
        return known
    if tag == "a" and attribute == "href":
        return value
    if tag == "code" and attribute == "class" and value.startswith("language-"):
        return value.removeprefix("language-")
    if tag == "span" and attribute == "class" and value.startswith("tg-"):
        return value.removeprefix("tg-")
    if tag == "tg-emoji" and attribute == "emoji-id":
        return value
    return known


def checked_link(url: str) -> str:
    """The address as Telegram keeps it, or an empty string where it is none (the text then stays plain)."""
    url = url.strip()
    if re.match(r"(?i)(?:tg|mailto|tel):", url):
        return url
    match = re.fullmatch(r"(?i)(https?://)?([^\s/?#:@]+\.[^\s/?#:@]+|localhost)(:\d+)?([/?#]\S*)?", url)
    if match is None:
        return ""
    _, host, port, rest = match.groups(default="")
    return f"{(match[1] or 'http://').lower()}{host.lower()}{port}{rest or '/'}"


def _refusal(reason: str) -> RefusedError:
    return bad_request(f"can't parse entities: {reason}")
