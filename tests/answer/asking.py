"""The plans that the tests ask, loaded once a process, and the parts of a reply that they look at."""

from functools import cache
from pathlib import Path
from typing import Protocol

from bot.answer.knowledge import Knowledge, load_knowledge
from bot.answer.model import Answer

ROOT = Path(__file__).resolve().parents[2]
OWN = ROOT / "knowledge"
"""The plan that comes with the bot: numbers run on, the first listed department leads by custom."""
OTHER_BUREAU = ROOT / "tests" / "data" / "other_bureau"
"""Nothing curated; numbers restart in each section, leads are stated, some points list no department."""
THIRD_BUREAU = ROOT / "tests" / "data" / "third_bureau"
"""Nothing curated; numbers run on, departments are called 股, nobody is stated to lead."""
FOURTH_BUREAU = ROOT / "tests" / "data" / "fourth_bureau"
"""Nothing curated; numbers run on, leads are stated with a ；in the bracket."""
FIFTH_BUREAU = ROOT / "tests" / "data" / "fifth_bureau"
"""Nothing curated; numbers restart in each section, plain brackets list the departments."""

SEVENTH_BUREAU = ROOT / "tests" / "data" / "seventh_bureau"
EIGHTH_BUREAU = ROOT / "tests" / "data" / "eighth_bureau"
NINTH_BUREAU = ROOT / "tests" / "data" / "ninth_bureau"
SIXTH_BUREAU = ROOT / "tests" / "data" / "sixth_bureau"
"""As the import made it of the Word file, proposed targets and an annex included; numbers restart, leads are stated."""


class Ask(Protocol):
    """Sends the messages of one conversation and gives the reply to the last."""

    def __call__(self, *messages: str) -> Answer: ...


@cache
def load(folder: Path) -> Knowledge:
    """The knowledge of a folder, read and indexed once for all tests."""
    return load_knowledge(folder)


def cited(given: Answer) -> list[int]:
    """The numbers of the points cited, in the reply's order."""
    return [citation.key.point for citation in given.citations]


def places(given: Answer) -> list[tuple[int, int]]:
    """Section and number of the points cited, for plans whose numbers restart."""
    return [(citation.key.section, citation.key.point) for citation in given.citations]


def highlights(given: Answer) -> str:
    """What is marked in the first paragraph cited."""
    return "".join(given.citations[0].highlights)


def notes(given: Answer) -> str:
    """The notes below a reply."""
    return "".join(given.notes)
