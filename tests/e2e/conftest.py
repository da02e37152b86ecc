"""One sandbox and one bot for all of these tests; those that need another start their own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.processes import PROJECT, BotProcess, People, SandboxProcess

ADMIN = 5_200_000_002


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge that loads fast: the plan with next to no lexicon."""
    folder = tmp_path_factory.mktemp("small")
    shutil.copy(PROJECT / "knowledge" / "plan_2023.yaml", folder)
    (folder / "lexicon.yaml").write_text("departments:\n  教育科: [教科]\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def knowledge(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of it that a test may break."""
    folder = tmp_path_factory.mktemp("knowledge") / "knowledge"
    shutil.copytree(small, folder)
    return folder


@pytest.fixture(scope="session")
def sandbox() -> Iterator[SandboxProcess]:
    with SandboxProcess() as process:
        yield process


@pytest.fixture(scope="session")
def bot(sandbox: SandboxProcess, knowledge: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BotProcess]:
    """The bot that polls the sandbox."""
    settings = {"KNOWLEDGE_DIR": str(knowledge), "ADMIN_IDS": str(ADMIN), "LOG_LEVEL": "DEBUG"}
    with BotProcess(sandbox.url, tmp_path_factory.mktemp("data"), settings) as process:
        yield process.ready()


@pytest.fixture
def people(sandbox: SandboxProcess, bot: BotProcess) -> Iterator[People]:
    """The people of the sandbox, with the bot among them."""
    people = People(sandbox.url)
    yield people
    people.clear_faults()
    people.close()
