"""Telegram's HTML, as sendMessage takes or refuses it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox import Sandbox
from bot.sandbox.errors import RefusedError
from bot.sandbox.formatting import bot_text
from bot.sandbox.message import utf16_length

from .conftest import BotSide


def spans(text: str) -> tuple[str, list[tuple[str, int, int]]]:
    formatted = bot_text(text, "HTML", None)
    return formatted.text, [(entity.kind, entity.offset, entity.length) for entity in formatted.entities]


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("b", "bold"),
        ("strong", "bold"),
        ("i", "italic"),
        ("em", "italic"),
        ("u", "underline"),
        ("ins", "underline"),
        ("s", "strikethrough"),
        ("strike", "strikethrough"),
        ("del", "strikethrough"),
        ("tg-spoiler", "spoiler"),
        ("code", "code"),
        ("pre", "pre"),
        ("blockquote", "blockquote"),
    ],
)
def test_every_tag_of_telegram_becomes_its_entity(tag: str, kind: str) -> None:
    """A supported tag is read in any case and becomes its entity."""
    assert spans(f"前<{tag.upper()}>科室</{tag}>") == ("前科室", [(kind, 1, 2)])


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("😀<b>一</b>", "😀一", [("bold", 2, 1)]),
        ("<b>😀</b>", "😀", [("bold", 0, 2)]),
        ("<b>一<i>二</i></b>", "一二", [("bold", 0, 2), ("italic", 1, 1)]),
        ('<span class="tg-spoiler">密</span>', "密", [("spoiler", 0, 1)]),
        ("<blockquote expandable>原文</blockquote>", "原文", [("expandable_blockquote", 0, 2)]),
        ('<blockquote expandable="">原文</blockquote>', "原文", [("expandable_blockquote", 0, 2)]),
        ("<blockquote>外<blockquote>内</blockquote></blockquote>", "外内", [("blockquote", 0, 2)]),
        ("<b>粗<code>码</code>粗</b>", "粗码粗", [("bold", 0, 1), ("code", 1, 1), ("bold", 2, 1)]),
        ("<b></b>空", "空", []),
        ("<b>  </b>空", "空", []),
        ("  <b> 头</b>尾 \n", "头尾", [("bold", 0, 1)]),
        ("<b>一</>", "一", [("bold", 0, 1)]),
        ("a\r\nb\tc", "a\nb c", []),
    ],
)
def test_nesting_spaces_and_offsets(source: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    """Offsets count UTF-16 units of the trimmed text; quotes do not nest; nothing else is in code."""
    assert spans(source) == (text, entities)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("&lt;b&gt; &amp; &quot;", '<b> & "'),
        ("&#23398;&#x5b66;", "学学"),
        ("&nbsp;&copy;&apos;", "&nbsp;&copy;&apos;"),
        ("a & b &", "a & b &"),
        ("&amp;lt;", "&lt;"),
        ("a > b", "a > b"),
    ],
)
def test_character_references(source: str, text: str) -> None:
    """Four named references and the numeric ones are read; every other & stays as it stands."""
    assert bot_text(source, "HTML", None).text == text


def test_code_languages_and_links() -> None:
    """A language comes from <code> in <pre>; a link is kept where its address is one."""
    pre = bot_text('<pre><code class="language-yaml">a: 1</code></pre>', "HTML", None).entities[0]
    assert (pre.kind, pre.language) == ("pre", "yaml")
    link = bot_text('<a href="https://Example.com/a?b=1&amp;c=2">看</a>', "HTML", None).entities[0]
    assert (link.kind, link.url) == ("text_link", "https://example.com/a?b=1&c=2")
    assert bot_text('<a href="javascript:alert(1)">看</a>', "HTML", None).entities == ()


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<div>x</div>", 'Unsupported start tag "div" at byte offset 0'),
        ("学<br>", 'Unsupported start tag "br" at byte offset 3'),
        ("3 < 5", 'Unsupported start tag "" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a href=x/y>z</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<span class='big'>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<!-- x -->y", 'Unsupported start tag "!--" at byte offset 0'),
    ],
)
async def test_bad_markup_is_refused_with_its_place(bot: BotSide, sandbox: Sandbox, source: str, reason: str) -> None:
    """Markup that Telegram cannot read is refused with 400, the reason and the byte offset; nothing is sent."""
    reply = await bot.call("sendMessage", chat_id=sandbox.staff_id, text=source, parse_mode="HTML")
    assert (reply.status, reply.description) == (400, f"Bad Request: can't parse entities: {reason}")
    assert sandbox.world.rooms[sandbox.staff_id].messages == {}


PIECES = [
    "<b>",
    "</b>",
    "<blockquote expandable>",
    "</blockquote>",
    "<pre>",
    "</pre>",
    "<a href='",
    "'>",
    "</a>",
    "&",
    "&#",
]
PIECES += [
    "&lt",
    ";",
    "学",
    "😀",
    " ",
    "\n",
    "\r",
    "<",
    ">",
    "</",
    "x",
    '"',
    "=",
    "\0",
    "&#x1F600;",
    "<code>",
    "</code>",
]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_awkward_markup_is_read_or_refused(source: str) -> None:
    """Any mixture of pieces is either refused, or becomes trimmed text whose entities lie within it."""
    try:
        formatted = bot_text(source, "HTML", None)
    except RefusedError:
        return
    assert formatted.text == formatted.text.strip(" \n")
    quotes = [entity for entity in formatted.entities if "blockquote" in entity.kind]
    assert all(first.end <= second.offset for first, second in pairwise(quotes))
    for entity in formatted.entities:
        assert entity.length > 0
        assert 0 <= entity.offset <= entity.end <= utf16_length(formatted.text)


@given(st.text(max_size=60))
def test_escaped_text_arrives_as_it_was(text: str) -> None:
    """Text whose & and < are escaped is never refused and keeps every visible character."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert bot_text(escaped, "HTML", None).text == bot_text(text, "", None).text
