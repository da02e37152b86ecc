"""The plans that the tests of answering ask, one load a session."""

import pytest

from bot.answer.knowledge import Knowledge
from tests.answer.asking import OTHER_BUREAU, OWN, THIRD_BUREAU, Ask, load
from tests.answer.judge import converse


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The knowledge that comes with the bot."""
    return load(OWN)


@pytest.fixture(scope="session")
def ask(knowledge: Knowledge) -> Ask:
    """One conversation with the bot's own plan."""
    return lambda *messages: converse(messages, knowledge)


@pytest.fixture(scope="session")
def ask_other() -> Ask:
    """One conversation with the other bureau's plan."""
    return lambda *messages: converse(messages, load(OTHER_BUREAU))


@pytest.fixture(scope="session")
def ask_third() -> Ask:
    """One conversation with the third bureau's plan."""
    return lambda *messages: converse(messages, load(THIRD_BUREAU))
