"""The scripts on a small checkout of their own, and what no committed file may name.

The checkout's lock files name no package, so that its set-up needs no package index.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
SCRIPTS = [*sorted((PROJECT / "scripts").iterdir()), PROJECT / ".ci" / "run"]
BASH = shutil.which("bash") or "/bin/bash"

# In pieces, so that this file does not name them either: hosts of package registries, and folders of one machine.
INDEX_HOSTS = ("pypi" + ".org", "python" + "hosted.org", "registry." + "npmjs", "deb." + "debian.org", "files." + "py")
MACHINE_PATHS = ("/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/", ".py" + "env")

BOT = """
import json, os, sys
print(json.dumps({"arguments": sys.argv[1:], "folder": os.getcwd()}))
"""
# Stands for .venv/bin/python: notes what it is asked to run, and fails at what FAIL names.
PYTHON = """#!/usr/bin/env bash
[[ $1 == -c ]] && exit 0
echo "${*:2}" >>"$LOG"
[[ "${*:2}" == "${FAIL:-nothing}"* ]] && exit 3
exit 0
"""


@pytest.fixture(scope="module")
def fresh(slow: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout as it is after git clone, in a folder with a space in its name."""
    checkout = tmp_path_factory.mktemp("fresh") / "check out"
    shutil.copytree(PROJECT / "scripts", checkout / "scripts")
    (checkout / "bot").mkdir()
    (checkout / "bot" / "__init__.py").touch()
    (checkout / "bot" / "__main__.py").write_text(BOT, encoding="utf-8")
    (checkout / "requirements.lock").write_text("# run\n", encoding="utf-8")
    (checkout / "requirements-dev.lock").write_text("# run and test\n", encoding="utf-8")
    return checkout


@pytest.fixture(scope="module")
def made(fresh: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout whose scripts/run has run once."""
    checkout = tmp_path_factory.mktemp("made") / "check out"
    shutil.copytree(fresh, checkout)
    _succeed(checkout, "run")
    return checkout


@pytest.fixture
def checkout(made: Path, tmp_path: Path) -> Path:
    """A checkout of the test's own whose scripts/run has run once."""
    return Path(shutil.copytree(made, tmp_path / "check out", symlinks=True))


def _start(checkout: Path, script: str, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [checkout / "scripts" / script, *arguments],
        cwd="/",
        env={**os.environ, "PYTHON": sys.executable, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _finish(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    with process:
        output, errors = process.communicate(timeout=60)
    return process.returncode, output, errors


def _run(checkout: Path, script: str, *arguments: str, **environment: str) -> tuple[int, str, str]:
    return _finish(_start(checkout, script, *arguments, **environment))


def _succeed(checkout: Path, script: str, *arguments: str) -> tuple[str, str]:
    status, output, errors = _run(checkout, script, *arguments)
    assert status == 0, errors
    return output, errors


def _committed() -> Mapping[str, bytes]:
    """Path -> bytes of what is or would be committed."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=PROJECT,
        capture_output=True,
        check=False,
    )
    if listing.returncode != 0:
        pytest.skip("this copy of the project is no git checkout")
    names = listing.stdout.decode().strip("\0").split("\0")
    return {name: (PROJECT / name).read_bytes() for name in names if (PROJECT / name).is_file()}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_scripts_can_be_started(script: Path) -> None:
    """Every script is executable, stops at its first error, and is clean to bash's eye."""
    assert os.access(script, os.X_OK)
    assert "\nset -euo pipefail\n" in script.read_text(encoding="utf-8")
    subprocess.run([BASH, "-n", script], check=True)


def test_run_passes_its_arguments_on(checkout: Path) -> None:
    """scripts/run started in another folder runs the checkout's bot there, with the arguments as they were given."""
    output, _ = _succeed(checkout, "run", "ask", "课后服务 谁牵头", "--knowledge", "a b")
    assert json.loads(output) == {
        "arguments": ["ask", "课后服务 谁牵头", "--knowledge", "a b"],
        "folder": str(checkout),
    }


def test_the_second_run_sets_nothing_up(checkout: Path) -> None:
    """With the lock unchanged nothing is installed and nothing is said."""
    stamp = checkout / ".venv" / "installed.lock"
    before = stamp.stat().st_mtime_ns
    _, errors = _succeed(checkout, "run")
    assert errors == ""
    assert stamp.stat().st_mtime_ns == before


def test_a_changed_lock_is_installed(checkout: Path) -> None:
    """A lock that differs from the installed one is installed, in one quiet line."""
    (checkout / "requirements.lock").write_text("# another\n", encoding="utf-8")
    _, errors = _succeed(checkout, "run")
    assert errors.splitlines() == [
        "Setting up .venv from requirements.lock (the first time takes about a minute) ...",
    ]
    assert _succeed(checkout, "run")[1] == ""


def test_what_the_tests_need_serves_the_bot(checkout: Path) -> None:
    """After the set-up for the tests the bot needs none of its own."""
    _succeed(checkout, "set-up", "requirements-dev.lock")
    assert _succeed(checkout, "run")[1] == ""


def test_an_interrupted_set_up_is_done_again(checkout: Path) -> None:
    """A .venv without the mark of a finished set-up is made anew, from nothing."""
    (checkout / ".venv" / "installed.lock").unlink()
    (checkout / ".venv" / "bin" / "python").unlink()
    left_over = checkout / ".venv" / "left-over"
    left_over.touch()
    _succeed(checkout, "run")
    assert not left_over.exists()


def test_a_failed_set_up_says_why_and_is_done_again(checkout: Path) -> None:
    """What pip said is shown when it failed; once the reason is gone, the next run succeeds."""
    lock = checkout / "requirements.lock"
    lock.write_text("this is no requirement\n", encoding="utf-8")
    status, output, errors = _run(checkout, "run")
    assert status != 0
    assert output == ""
    assert "this is no requirement" in errors
    assert "run it again" in errors
    lock.write_text("# mended\n", encoding="utf-8")
    _succeed(checkout, "run")


def test_two_set_ups_at_once_wait_for_each_other(fresh: Path, tmp_path: Path) -> None:
    """Of two first runs at once one sets up, the other waits for it, and both run the bot."""
    checkout = Path(shutil.copytree(fresh, tmp_path / "check out"))
    results = [_finish(process) for process in [_start(checkout, "run"), _start(checkout, "run")]]
    assert [status for status, _, _ in results] == [0, 0]
    assert "".join(errors for _, _, errors in results).count("Setting up") == 1


def test_a_machine_without_python_is_told_what_to_install(fresh: Path, tmp_path: Path) -> None:
    """Where no Python 3.11 or later is found, one line says so and one says how to get it."""
    for tool in ("bash", "cmp", "dirname"):
        (tmp_path / tool).symlink_to(shutil.which(tool) or "")
    old = tmp_path / "python3"
    old.write_text("#!/usr/bin/env bash\nexit 1\n", encoding="utf-8")
    old.chmod(0o755)
    status, _, errors = _run(fresh, "run", PATH=str(tmp_path), PYTHON="")
    assert status == 1
    assert len(errors.splitlines()) == 2
    assert "no Python 3.11 or later" in errors
    assert "apt-get install" in errors


def _stand_in_for_tools(checkout: Path) -> Path:
    """Replaces the checkout's Python by one that notes what it is to run; the file with the notes."""
    shutil.copy(checkout / "requirements-dev.lock", checkout / ".venv" / "installed.lock")
    python = checkout / ".venv" / "bin" / "python"
    python.unlink()
    python.write_text(PYTHON, encoding="utf-8")
    python.chmod(0o755)
    return checkout / "log"


def test_the_checks_run_in_order(checkout: Path) -> None:
    """scripts/test checks the style, the format and the types, then runs pytest with the arguments given."""
    log = _stand_in_for_tools(checkout)
    status, output, errors = _run(checkout, "test", "-k", "one and two", LOG=str(log))
    assert (status, errors) == (0, "")
    ran = [line.replace("--quiet ", "") for line in log.read_text(encoding="utf-8").splitlines()]
    assert ran == [
        "ruff check .",
        "ruff format --check .",
        "mypy --strict",
        "pytest --numprocesses 2 --dist loadfile -k one and two",
    ]
    assert output.splitlines() == [
        "== set-up",
        "== ruff check",
        "== ruff format --check",
        "== mypy --strict",
        "== pytest",
    ]


@pytest.mark.parametrize("stage", ["ruff check", "ruff format", "mypy --strict"])
def test_the_checks_stop_at_the_first_failure(checkout: Path, stage: str) -> None:
    """A stage that fails is named, ends scripts/test with its status, and no later one runs."""
    log = _stand_in_for_tools(checkout)
    status, _, errors = _run(checkout, "test", LOG=str(log), FAIL=stage)
    assert status == 3
    assert f"stopped at: {stage}" in errors
    assert log.read_text(encoding="utf-8").splitlines()[-1].startswith(stage)


def test_a_failing_pytest_fails_the_script(checkout: Path) -> None:
    """The status of scripts/test is pytest's."""
    log = _stand_in_for_tools(checkout)
    assert _run(checkout, "test", LOG=str(log), FAIL="pytest")[0] == 3


@pytest.fixture
def server() -> None:
    """What a test needs that starts a PostgreSQL; skipped where none is installed, failing in CI."""
    if not shutil.which("initdb") and not [*Path("/usr/lib/postgresql").glob("*/bin/initdb")]:
        if os.environ.get("REQUIRE_POSTGRES"):
            pytest.fail("REQUIRE_POSTGRES is set, but there is no initdb", pytrace=False)
        pytest.skip("no PostgreSQL here (Debian: apt-get install postgresql)")


def test_a_command_runs_beside_a_postgresql_of_its_own(server: None) -> None:
    """It is named in the environment and answers; it ends with the command, whose output and status come through."""
    asking = """
import asyncio, os, asyncpg
async def main():
    connection = await asyncpg.connect(os.environ["TEST_DATABASE_URL"])
    print(os.environ["TEST_DATABASE_URL"], await connection.fetchval("show data_directory"))
    await connection.close()
asyncio.run(main())
raise SystemExit(7)
"""
    status, output, errors = _run(PROJECT, "with-postgres", sys.executable, "-c", asking)
    assert (status, errors) == (7, "")
    url, folder = output.split()
    assert url.startswith("postgresql://")
    assert "@127.0.0.1:" in url
    assert not Path(folder).parent.exists()
    port = int(url.rpartition(":")[2].partition("/")[0])
    with socket.socket() as place:
        assert place.connect_ex(("127.0.0.1", port)) != 0


def _locked(name: str) -> dict[str, str]:
    """Requirement (with its marker) -> its hashes, of one lock file."""
    text = (PROJECT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line.split("--hash=", 1) for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return {line[0].strip(): line[1] if len(line) > 1 else "" for line in lines}


def test_every_locked_package_has_a_version_and_hashes() -> None:
    """A lock file holds nothing that could change under us."""
    for name in ("requirements.lock", "requirements-dev.lock"):
        for requirement, hashes in _locked(name).items():
            assert re.match(r"[a-z0-9-]+==[^ ]+", requirement), f"{name}: {requirement}"
            assert "sha256:" in hashes, f"{name}: {requirement}"


def test_what_the_tests_need_holds_what_the_bot_needs() -> None:
    """requirements-dev.lock has every line of requirements.lock, so the tests test what runs."""
    assert _locked("requirements.lock").items() <= _locked("requirements-dev.lock").items()


def test_the_locks_know_every_dependency() -> None:
    """A dependency that was added to pyproject.toml without scripts/lock is noticed."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["project"]["optional-dependencies"]["postgres"]]
    for name, lines in {
        "requirements.lock": wanted,
        "requirements-dev.lock": [*wanted, *project["dependency-groups"]["dev"]],
    }.items():
        locked = {requirement.partition("==")[0] for requirement in _locked(name)}
        names = {re.split(r"[^A-Za-z0-9._-]", line)[0].lower().replace("_", "-") for line in lines}
        assert names <= locked, f"{name} is behind pyproject.toml: run scripts/lock"


def test_no_committed_file_names_a_package_index() -> None:
    """Which index packages come from is the machine's affair; no file says it."""
    found = [(name, host) for name, data in _committed().items() for host in INDEX_HOSTS if host.encode() in data]
    assert found == []


def test_no_committed_file_names_a_folder_of_one_machine() -> None:
    """A path that exists only where it was written helps nobody else."""
    found = [(name, path) for name, data in _committed().items() for path in MACHINE_PATHS if path.encode() in data]
    assert found == []
