"""The rooms of the house: imports run one way, and what a room may know of the world outside (design.md)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
BOT = PROJECT / "bot"
MAY_IMPORT = {
    "plan": set(),
    "search": {"plan"},
    "answer": {"plan", "search"},
    "store": {"plan", "answer"},
    "chat": {"plan", "search", "answer", "store", "config"},
    "sandbox": set(),
}
EVERYWHERE = {"errors"}
NO_TELEGRAM = {"plan", "search", "answer", "store", "sandbox"}
NO_DATABASE = {"plan", "search", "answer", "chat", "sandbox"}
OPENS_FILES = {"plan", "sandbox"}
OPENING = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "fdopen", "mkstemp", "NamedTemporaryFile"}


def files_of(room: str) -> Iterator[Path]:
    yield from sorted((BOT / room).rglob("*.py"))


def imports_of(file: Path) -> Iterator[str]:
    """Full names of what a file imports, wherever in it."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative imports hide the room"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def rooms_in(file: Path) -> set[str]:
    names = {name.split(".")[1] for name in imports_of(file) if name.startswith("bot.")}
    return names - EVERYWHERE


def tops_in(file: Path) -> set[str]:
    return {name.split(".")[0] for name in imports_of(file)}


def test_every_room_is_in_the_plan_of_the_house() -> None:
    """A new room has to be given its place here."""
    rooms = {path.name for path in BOT.iterdir() if path.is_dir() and any(path.rglob("*.py"))}
    assert rooms == set(MAY_IMPORT)


@pytest.mark.parametrize("room", sorted(MAY_IMPORT))
def test_imports_run_one_way(room: str) -> None:
    """chat -> answer -> search -> plan, the store beside them, the sandbox alone."""
    for file in files_of(room):
        strangers = rooms_in(file) - MAY_IMPORT[room] - {room}
        assert not strangers, f"{file.relative_to(PROJECT)} imports {strangers}"


def test_the_sandbox_knows_nothing_of_the_bot() -> None:
    """It is the other side of the wire: not even our errors."""
    for file in files_of("sandbox"):
        assert all(not name.startswith("bot.") or name.startswith("bot.sandbox") for name in imports_of(file)), file


@pytest.mark.parametrize("room", sorted(NO_TELEGRAM))
def test_rooms_without_telegram(room: str) -> None:
    """Answers are made, and kept, without Telegram."""
    assert not [file for file in files_of(room) if "telegram" in tops_in(file)]


@pytest.mark.parametrize("room", sorted(NO_DATABASE))
def test_rooms_without_a_database(room: str) -> None:
    """Only the store talks to the database."""
    assert not [file for file in files_of(room) if tops_in(file) & {"sqlalchemy", "sqlite3", "aiosqlite", "asyncpg"}]


@pytest.mark.parametrize("room", sorted(set(MAY_IMPORT) - OPENS_FILES))
def test_only_the_plan_touches_files(room: str) -> None:
    """Neither open() nor a path's read and write methods (the sandbox serves its page, config reads .env)."""
    for file in files_of(room):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                opens_store = room in {"store", "chat"} and ast.unparse(node.func) in {"Database.open", "Store.open"}
                assert name not in OPENING or opens_store, f"{file.relative_to(PROJECT)}:{node.lineno}: {name}"


@pytest.mark.parametrize("framework", ["flask", "fastapi", "aiohttp", "starlette", "django", "uvicorn"])
def test_one_http_stack(framework: str) -> None:
    """tornado, which the webhooks bring anyway."""
    assert not [file for file in BOT.rglob("*.py") if framework in tops_in(file)]
