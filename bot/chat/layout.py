"""An Answer as blocks of text, in the order in which people read them; rendered by rendering.py and the command line.

The anatomy (design.md): the fact, the notes, then each paragraph word for word with its source line. The first citation
is always whole; how much of the others is shown is the renderer's business.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.answer.model import Answer, Citation, Outcome, Verdict
from bot.chat import wording

# A direct answer to a check may begin with its verdict already.
_VERDICTS = ("是", "不是", "对", "不对")


@dataclass(frozen=True, slots=True)
class Block:
    """A run of lines; `marks` are the spans (begin, end in characters) to be made bold; `quote`: word for word."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()
    quote: bool = False

    def split(self, at: int) -> tuple["Block", "Block"]:
        """The block in two at a character, without the white space around the cut."""
        head, tail = self.text[:at].rstrip(), self.text[at:].lstrip()
        skipped = len(self.text) - len(tail)
        return (
            Block(head, tuple(_clipped(self.marks, 0, len(head))), self.quote),
            Block(tail, tuple(_clipped(self.marks, skipped, len(self.text))), self.quote),
        )


def heading(answer: Answer) -> list[Block]:
    """The fact, its first line bold where it is an answer, and the notes."""
    first, _, rest = _listed(_with_verdict(answer), len(answer.citations)).partition("\n")
    bold = answer.outcome in {Outcome.ANSWER, Outcome.CHOICES}
    blocks = [Block(first, ((0, len(first)),) if bold and first else ())] if first else []
    if rest.strip():
        blocks.append(Block(rest.rstrip()))
    blocks += [Block(wording.NOTE.format(note=note)) for raw in answer.notes if (note := wording.visible(raw))]
    return blocks


def quotations(answer: Answer) -> list[tuple[Block, Block | None]]:
    """Each cited paragraph with its source line; none unless the outcome is an answer (a decline cites nothing)."""
    if answer.outcome is not Outcome.ANSWER:
        return []
    sources: list[str] = [wording.visible(source) for source in answer.sources]
    sources += [""] * (len(answer.citations) - len(sources))
    return [
        (quotation, Block(source) if source else None)
        for citation, source in zip(answer.citations, sources, strict=False)
        if (quotation := _quotation(citation)).text
    ]


def _with_verdict(answer: Answer) -> str:
    direct = wording.visible(answer.direct)
    if answer.verdict is None or direct.startswith(_VERDICTS):
        return direct
    return (wording.YES if answer.verdict is Verdict.YES else wording.NO) + direct


def _listed(direct: str, points: int) -> str:
    """A list of several points (共2条:第5条 …;第6条 …) with a line for each, which a phone shows better."""
    head, colon, items = re.match(r"([^:\uff1a]*)([:\uff1a]?)(.*)", direct, re.DOTALL).groups()  # type: ignore[union-attr]
    lines = re.split(r"[;\uff1b](?=\u7b2c)", items)
    if points < 2 or len(lines) != points or not all(line.startswith("第") for line in lines):
        return direct
    return "\n".join([head + colon, *lines])


def _quotation(citation: Citation) -> Block:
    paragraph = wording.visible(citation.paragraph)
    marks: list[tuple[int, int]] = []
    for highlight in map(wording.visible, citation.highlights):
        begin = paragraph.find(highlight, marks[-1][1] if marks else 0)
        if highlight and begin >= 0:
            marks.append((begin, begin + len(highlight)))
    everything = sum(end - begin for begin, end in marks) >= len(paragraph)
    return Block(paragraph, () if everything else tuple(marks), quote=True)


def _clipped(marks: tuple[tuple[int, int], ...], begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The spans that fall between two characters, counted from the first."""
    for start, stop in marks:
        if max(start, begin) < min(stop, end):
            yield max(start, begin) - begin, min(stop, end) - begin
