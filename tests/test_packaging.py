"""The image's recipe, checked without Docker: its commands run in a folder of the test's own."""

import fnmatch
import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
INSTALL_SECONDS = 300
"""For a slow package index; half a minute is usual."""
_NO_NETWORK = re.compile(
    r"Temporary failure in name resolution|Name or service not known|Network is unreachable|Connection refused"
    r"|ConnectTimeout|ReadTimeout|ProxyError|Max retries exceeded|NewConnectionError"
)


@dataclass(frozen=True)
class Instruction:
    """One instruction of the Dockerfile: COPY, and what stands behind it."""

    name: str
    rest: str

    @property
    def array(self) -> list[str]:
        """The exec form; raises json.JSONDecodeError for the shell form."""
        found: list[str] = json.loads(self.rest)
        return found


def _stages() -> list[list[Instruction]]:
    """The Dockerfile's instructions, stage by stage, each stage from its FROM on."""
    text = (PROJECT / "Dockerfile").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    found: list[list[Instruction]] = []
    for line in "\n".join(lines).replace("\\\n", " ").splitlines():
        name, _, rest = line.partition(" ")
        if name == "FROM":
            found.append([])
        if found and name:
            found[-1].append(Instruction(name, rest.strip()))
    return found


def _last(name: str) -> Instruction:
    return [instruction for instruction in _stages()[-1] if instruction.name == name][-1]


def _sources() -> list[tuple[str, str]]:
    """What the image takes from the checkout, and where to."""
    copies = [each.rest.split() for stage in _stages() for each in stage if each.name == "COPY"]
    own = [words for words in copies if not any(word.startswith("--from=") for word in words)]
    plain = [[word for word in words if not word.startswith("--")] for words in own]
    return [(source, words[-1]) for words in plain for source in words[:-1]]


def _environment() -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in _last("ENV").rest.split())


def _reaches_the_builder(path: str) -> bool:
    """Whether .dockerignore lets the path in: the last pattern that matches it, or a folder above it, decides."""
    kept = True
    parts = path.split("/")
    above = ["/".join(parts[: length + 1]) for length in range(len(parts))]
    for line in (PROJECT / ".dockerignore").read_text(encoding="utf-8").splitlines():
        pattern = line.removeprefix("!").removeprefix("**/")
        names = [*above, *parts] if "**/" in line else above
        if line and not line.startswith("#") and any(fnmatch.fnmatch(name, pattern) for name in names):
            kept = line.startswith("!")
    return kept


def test_what_the_image_copies_is_there() -> None:
    """Every source of a COPY exists in the checkout and is let in by .dockerignore."""
    assert {"bot", "knowledge", "requirements.lock"} == {source.removeprefix("./") for source, _ in _sources()}
    for source, _ in _sources():
        assert (PROJECT / source).exists(), source
        assert _reaches_the_builder(source), source
    assert _reaches_the_builder("bot/sandbox/page/index.html")


@pytest.mark.parametrize("path", [".env", ".git", "data", "data/workplan.db", ".venv", "bot/.env", "knowledge/.env"])
def test_secrets_and_data_stay_out_of_the_image(path: str) -> None:
    """What is nobody else's business never reaches the builder."""
    assert not _reaches_the_builder(path)


def test_the_image_runs_the_bot_directly() -> None:
    """The entry point is in exec form, so that a stop reaches the bot, and arguments become the bot's."""
    assert _last("ENTRYPOINT").array == ["python", "-m", "bot"]


def test_the_image_runs_without_privileges() -> None:
    """The last USER is one that the recipe makes, not root."""
    user = _last("USER").rest
    assert user not in {"root", "0"}
    assert any(each.name == "RUN" and "useradd " in each.rest and each.rest.endswith(user) for each in _stages()[-1])


def test_the_images_volumes_are_what_the_bot_uses() -> None:
    """Knowledge and data lie in volumes, and the settings point there."""
    environment = _environment()
    assert _last("VOLUME").array == [environment["KNOWLEDGE_DIR"], environment["DATA_DIR"]]


def test_the_image_holds_no_secret() -> None:
    """No token, password or database is set in the recipe."""
    words = " ".join(f"{each.name} {each.rest}" for stage in _stages() for each in stage)
    assert not re.search(r"TOKEN|SECRET|PASSWORD|DATABASE_URL", words)


@contextmanager
def _health(status: int) -> Iterator[str]:
    """A server that answers /health with `status`, and everything else with 404; gives its address."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/health" else 404)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class calls it so
            """Keeps the test's output clean."""

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()


def _check_health(address: str) -> int:
    command = json.loads(_last("HEALTHCHECK").rest.partition("CMD ")[2])
    assert command[0] == "python"
    checked = subprocess.run(
        [sys.executable, *command[1:]],
        env={**os.environ, "HEALTH_LISTEN": address},
        capture_output=True,
        check=False,
        timeout=30,
    )
    return checked.returncode


@pytest.mark.parametrize(("status", "healthy"), [(200, True), (503, False)])
def test_the_images_health_is_the_bots(status: int, healthy: bool) -> None:
    """The health check succeeds only while the bot says that it is well."""
    with _health(status) as address:
        assert (_check_health(address) == 0) is healthy


def test_a_bot_that_is_gone_is_not_healthy() -> None:
    """The health check fails where nothing listens."""
    with _health(200) as address:
        pass
    assert _check_health(address) != 0


@pytest.fixture(scope="module")
def image(slow: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the Dockerfile's build makes: its virtual environment, its copies."""
    root = tmp_path_factory.mktemp("image")
    shutil.copy(PROJECT / "requirements.lock", root)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment["PATH"] = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    for instruction in _stages()[0]:
        if instruction.name != "RUN":
            continue
        command = instruction.rest.replace("/opt/venv", str(root / "opt" / "venv")).replace("--no-cache-dir ", "")
        done = subprocess.run(
            ["/bin/sh", "-c", command],
            cwd=root,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=INSTALL_SECONDS,
        )
        if done.returncode != 0 and _NO_NETWORK.search(done.stdout + done.stderr):
            pytest.skip("no package index can be reached from here")
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    for source, place in _sources():
        if (PROJECT / source).is_dir():
            ignored = shutil.ignore_patterns("__pycache__", ".env")
            shutil.copytree(PROJECT / source, root / Path("/app", place).relative_to("/"), ignore=ignored)
    (root / "data").mkdir()
    return root


def test_the_image_answers(image: Path) -> None:
    """With nothing but the locked packages the bot answers a question, and no library warns of anything."""
    settings = {name: value.replace("/opt/venv", str(image / "opt" / "venv")) for name, value in _environment().items()}
    for name in ("KNOWLEDGE_DIR", "DATA_DIR"):
        settings[name] = f"{image}{settings[name]}"
    settings["PATH"] = settings["PATH"].replace("$PATH", os.environ["PATH"])
    answered = subprocess.run(
        [*_last("ENTRYPOINT").array, "ask", "第11条是什么"],
        cwd=image / "app",
        env={**settings, "LANG": "C.UTF-8", "PYTHONWARNINGS": "error"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert answered.returncode == 0, answered.stderr
    assert "提高学位供给能力" in answered.stdout
