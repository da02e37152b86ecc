"""The bot's own plan, indexed, for the tests of searching."""

import pytest

from bot.search.index import PlanIndex
from bot.search.spelling import Speller
from tests.answer.asking import OWN, load


@pytest.fixture(scope="session")
def index() -> PlanIndex:
    """The plan of 2023, searchable."""
    return load(OWN).in_service[0].index


@pytest.fixture(scope="session")
def speller() -> Speller:
    """The words of the plan of 2023 and of the lexicon."""
    return load(OWN).in_service[0].speller
