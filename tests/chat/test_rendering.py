"""Answers as Telegram messages: valid HTML, within the limit, in the order of design.md's anatomy."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answer.model import Answer, Choice, Citation, Outcome, Verdict
from bot.chat.plain import plain_text
from bot.chat.rendering import LIMIT, MAX_PAGES, pages, plain, render, render_text, units
from bot.plan.model import PointKey

KEY = PointKey("plan_2023", 3, 10)
SENTENCE = "推进“双减”工作，完善<课后>服务 & 管理。"


class Checker(HTMLParser):
    """Telegram's subset: properly nested b and blockquote, no quote in a quote, four named entities."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=False)
        self.open: list[str] = []
        self.text = ""
        self.quotes: list[str] = []
        self.bold: list[str] = []
        self.feed(page)
        self.close()
        assert not self.open, "a tag is left open"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert (tag, attrs) in [("b", []), ("blockquote", [("expandable", None)])]
        assert tag not in self.open
        assert not (tag == "blockquote" and self.open)
        self.open.append(tag)
        (self.bold if tag == "b" else self.quotes).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        assert "<" not in data
        self.text += data
        for tag in self.open:
            (self.bold if tag == "b" else self.quotes)[-1] += data

    def handle_entityref(self, name: str) -> None:
        self.handle_text({"amp": "&", "lt": "‹", "gt": "›"}[name])

    def handle_text(self, text: str) -> None:
        self.text += text

    def handle_charref(self, name: str) -> None:
        raise AssertionError(name)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(data)


def answer(direct: str = "教育科牵头", *paragraphs: str, **more: object) -> Answer:
    citations = tuple(Citation(KEY, paragraph, (SENTENCE,)) for paragraph in paragraphs)
    sources = tuple(f"《要点》第{number}条" for number, _ in enumerate(paragraphs, 1))
    return Answer(Outcome.ANSWER, direct, citations=citations, sources=sources, **more)  # type: ignore[arg-type]


texts = st.text(
    st.sampled_from("课后服务。；，,<>&\"'\n \t\u00a0\u3000\u2028\x00😀𠮷\u200b\ud800@/第11条"), max_size=400
)
long_texts = st.builds(lambda text, times: text * times, texts, st.sampled_from([1, 1, 1, 20, 60]))
citations = st.builds(
    Citation, st.just(KEY), long_texts, st.lists(st.one_of(texts, st.just("课后")), max_size=4).map(tuple)
)
answers = st.builds(
    Answer,
    st.sampled_from(Outcome),
    long_texts,
    st.sampled_from([None, *Verdict]),
    st.lists(citations, max_size=5).map(tuple),
    st.lists(st.builds(Choice, texts, texts), max_size=5).map(tuple),
    st.lists(texts, max_size=3).map(tuple),
    st.lists(texts, max_size=5).map(tuple),
)


@given(answers)
@settings(max_examples=200, deadline=None)
def test_any_answer_is_valid_and_within_the_limit(made: Answer) -> None:
    """Whatever the answer holds: HTML that Telegram takes, never empty, at most 4096 UTF-16 units a message."""
    rendered = render(made)
    assert 1 <= len(rendered) <= MAX_PAGES
    for page in rendered:
        text = Checker(page).text
        assert units(text) <= LIMIT
        assert text.strip()
        page.encode()
    plain_text(made, bold=True).encode()


@given(st.lists(st.sampled_from([SENTENCE, "甲" * 30 + "，", "😀" * 50, "词 "]), min_size=1, max_size=300).map("".join))
@settings(max_examples=100, deadline=None)
def test_a_paragraph_is_sent_whole(paragraph: str) -> None:
    """Put together again, the quotes of all messages are the paragraph, character for character but for white space."""
    rendered = render(answer("x", paragraph))
    quoted = "".join(re.findall(r"<blockquote expandable>(.*?)</blockquote>", "".join(rendered), re.DOTALL))
    assert re.sub(r"\s", "", plain(quoted)) == re.sub(r"\s", "", paragraph)


def test_the_anatomy() -> None:
    """Verdict and fact in bold, the notes, the paragraph with its sentences marked, the source."""
    made = answer("教育科牵头", f"总则。{SENTENCE}完。", verdict=Verdict.NO, notes=("按惯例",))
    assert render(made) == (
        "<b>不是。教育科牵头</b>\n注：按惯例\n"
        "<blockquote expandable>总则。<b>推进“双减”工作，完善&lt;课后&gt;服务 &amp; 管理。</b>完。</blockquote>\n"
        "《要点》第1条",
    )


def test_a_verdict_is_said_once() -> None:
    """An answer that begins with it already is left as it is."""
    assert render(answer("是的，教育科牵头", verdict=Verdict.YES)) == ("<b>是的，教育科牵头</b>",)


def test_a_list_has_its_first_line_bold() -> None:
    """The total, then the lines."""
    assert render(answer("共2条：\n第1条 甲\n第2条 乙")) == ("<b>共2条：</b>\n第1条 甲\n第2条 乙",)


def test_a_list_of_points_has_a_line_for_each() -> None:
    """However the sentence joins them; a sentence that is no list stays as it is."""
    listed = render(answer("德育科牵头的共2条:第5条 甲:乙;第6条 丙。", "甲", "乙"))[0]
    assert listed.startswith("<b>德育科牵头的共2条:</b>\n第5条 甲:乙\n第6条 丙。\n<blockquote")
    assert render(answer("见:第5条 甲;第6条 乙"))[0] == "<b>见:第5条 甲;第6条 乙</b>"


def test_a_paragraph_that_answers_as_a_whole_is_not_all_bold() -> None:
    """Marking everything marks nothing."""
    assert "<b>推进" not in render(answer("x", SENTENCE))[0]


@pytest.mark.parametrize("outcome", [Outcome.DECLINE, Outcome.CHAT])
def test_declining_cites_nothing(outcome: Outcome) -> None:
    """Plain words, even where the answer carries citations of what is nearby."""
    made = Answer(outcome, "要点里没有", citations=(Citation(KEY, SENTENCE),), sources=("源",))
    assert render(made) == ("要点里没有",)


def test_a_long_paragraph_is_split_at_sentences() -> None:
    """Each message ends with a sentence; the last has the source."""
    rendered = render(answer("教育科牵头", SENTENCE * 300))
    assert len(rendered) == 2
    assert rendered[0].endswith("。</b></blockquote>") or rendered[0].endswith("。</blockquote>")
    assert rendered[-1].endswith("《要点》第1条")


def test_further_citations_are_quoted_while_they_fit() -> None:
    """The first is whole, the others as far as the same message has room, the rest are counted."""
    rendered = render(answer("共5条", *[SENTENCE + "甲" * 900] * 5))
    assert len(rendered) == 1
    assert rendered[0].count("<blockquote") == 4
    assert "另有 1 条" in rendered[0]


def test_what_is_beyond_all_measure_is_cut_off_with_a_word() -> None:
    """Four messages, and a line that says so."""
    rendered = render_text("很长。" * 20_000)
    assert len(rendered) == MAX_PAGES
    assert rendered[-1].endswith("（太长了，后面的没有发出。）")


def test_nothing_to_say_is_said() -> None:
    """Telegram refuses an empty message."""
    assert pages([]) == ("（没有内容）",)
    assert render_text(" \u200b\n") == ("（没有内容）",)


def test_the_terminal_shows_the_same_without_a_limit() -> None:
    """Fact, notes, candidates, paragraphs and sources as text; bold only on a terminal."""
    made = answer("教育科牵头", f"总则。{SENTENCE}", choices=(Choice("甲", "甲？"),), notes=("按惯例",))
    assert plain_text(made, bold=False) == (f"教育科牵头\n注：按惯例\n1. 甲\n\n总则。{SENTENCE}\n—— 《要点》第1条")
    assert f"\x1b[1m{SENTENCE}\x1b[0m" in plain_text(made, bold=True)
