"""Starts the sandbox and the bot as processes, and does what people do; used by the fixtures of these tests."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx

PROJECT = Path(__file__).resolve().parents[2]
TOKEN = "7000000001:AAe2e-secret-of-the-tests"
PATIENCE = 20.0
"""Seconds until a process or a reply is given up."""
QUIET = 0.4
"""Seconds in which the bot would have answered if it were going to."""
STARTED = "已启动"
Found = TypeVar("Found")


class Process:
    """A `python -m ...` of the project, whose output is collected."""

    def __init__(self, *arguments: str, **environment: str) -> None:
        kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "TMPDIR"}}
        self.lines: list[str] = []
        self._process = subprocess.Popen(
            [sys.executable, "-W", "error", "-m", *arguments],
            cwd=environment.pop("cwd", PROJECT),
            env={**kept, "PYTHONPATH": str(PROJECT), **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as output:
            for line in output:
                self.lines.append(line.rstrip("\n"))

    @property
    def output(self) -> str:
        return "\n".join(self.lines)

    def wait_for(self, text: str) -> str:
        """The first line with this text."""
        line = until(lambda: next((line for line in self.lines if text in line), None), alive=self._alive)
        assert line is not None, f"no {text!r} in:\n{self.output}"
        return line

    def _alive(self) -> bool:
        return self._process.poll() is None or self._reader.is_alive()

    def signal(self, number: int) -> None:
        self._process.send_signal(number)

    def ends(self, seconds: float = PATIENCE) -> int:
        """The exit code; fails when the process does not end in time."""
        code = self._process.wait(seconds)
        self._reader.join(seconds)
        return code

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._reader.join(5)


class SandboxProcess(Process):
    """A sandbox, on a free port unless one is given."""

    def __init__(self, port: int = 0) -> None:
        super().__init__("bot.sandbox", "--token", TOKEN, "--port", str(port))
        self.url = self.wait_for("TELEGRAM_API_URL=").partition("=")[2]


class BotProcess(Process):
    """The bot against a Bot API server."""

    def __init__(self, api_url: str, data_dir: Path, settings: Mapping[str, str]) -> None:
        given = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": api_url, "DATA_DIR": str(data_dir), **settings}
        super().__init__("bot", **given)

    def ready(self) -> Self:
        """Itself, once it answers."""
        self.wait_for(STARTED)
        return self


class People:
    """What people do in the sandbox, and what they see."""

    def __init__(self, url: str) -> None:
        self._client = httpx.Client(base_url=f"{url}/sandbox/api", timeout=PATIENCE)
        state = self.get("state")
        self.staff, self.admin = (person["id"] for person in state["people"])
        groups = {chat["is_forum"]: chat for chat in state["chats"] if chat["type"] != "private"}
        self.group, self.forum = groups[False]["id"], groups[True]["id"]
        self.topic = groups[True]["topics"][0]["thread_id"]
        self.bot = state["bot"]["username"]
        self.bot_id = state["bot"]["id"]

    def close(self) -> None:
        self._client.close()

    def get(self, path: str, **params: Any) -> Any:
        response = self._client.get(f"/{path}", params=params)
        assert response.status_code == 200, response.text
        return response.json()

    def post(self, path: str, **body: Any) -> Any:
        response = self._client.post(f"/{path}", json=body)
        assert response.status_code == 200, response.text
        return response.json()

    def clear_faults(self) -> None:
        self._client.delete("/faults")

    def fault(self, method: str, kind: str, **more: Any) -> None:
        self.post("faults", method=method, kind=kind, **more)

    def write(self, chat: int, text: str, person: int | None = None, **more: Any) -> dict[str, Any]:
        """A person (the member of staff) writes; returns the message."""
        message: dict[str, Any] = self.post("messages", chat_id=chat, from_id=person or self.staff, text=text, **more)
        return message

    def upload(self, chat: int, name: str, data: bytes, person: int, caption: str = "") -> dict[str, Any]:
        """A person sends a file; returns the message."""
        form = {"chat_id": str(chat), "from_id": str(person), "caption": caption}
        response = self._client.post("/uploads", data=form, files={"file": (name, data)})
        assert response.status_code == 200, response.text
        message: dict[str, Any] = response.json()
        return message

    def download(self, file_id: str) -> bytes:
        """The bytes of a file that the bot sent."""
        response = self._client.get(f"/files/{file_id}")
        assert response.status_code == 200
        return response.content

    def edit(self, message: Mapping[str, Any], text: str) -> None:
        self.post("edits", chat_id=message["chat"]["id"], message_id=message["message_id"], text=text)

    def update(self, **update: Any) -> int:
        """Puts a raw update into the bot's queue."""
        number: int = self.post("updates", **update)["update_id"]
        return number

    def replies(self, chat: int, after: int) -> list[dict[str, Any]]:
        """What the bot wrote in a chat behind a message."""
        messages = self.get(f"chats/{chat}/messages", after=after)["messages"]
        return [message for message in messages if message["from"]["id"] == self.bot_id]

    def reply_to(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """The bot's first message behind this one; fails when none comes."""
        chat, number = message["chat"]["id"], message["message_id"]
        found = until(lambda: next(iter(self.replies(chat, number)), None))
        assert found is not None, "the bot did not answer"
        return found

    def ask(self, text: str, chat: int | None = None, person: int | None = None, **more: Any) -> dict[str, Any]:
        """A question (in private, by the member of staff) and the bot's first message in answer to it."""
        asker = person or self.staff
        return self.reply_to(self.write(chat or asker, text, asker, **more))

    def is_silent(self, message: Mapping[str, Any]) -> bool:
        """Whether the bot leaves a message alone."""
        time.sleep(QUIET)
        return not self.replies(message["chat"]["id"], message["message_id"])

    def message(self, chat: int, number: int) -> dict[str, Any]:
        """The message as it stands now."""
        messages: list[dict[str, Any]] = self.get(f"chats/{chat}/messages", after=number - 1)["messages"]
        return messages[0]

    def press(self, message: Mapping[str, Any], label: str, person: int | None = None) -> str | None:
        """Presses the button with this label; returns the toast."""
        data = next(button["callback_data"] for button in buttons(message) if button["text"] == label)
        return self.press_data(message, data, person)

    def press_data(self, message: Mapping[str, Any], data: str, person: int | None = None) -> str | None:
        """Presses a button that may not exist, as a tampered client can; returns the toast."""
        chat, number, who = message["chat"]["id"], message["message_id"], person or self.staff
        query = self.post("presses", chat_id=chat, message_id=number, from_id=who, data=data, forged=True)
        answer = until(lambda: self.get(f"callbacks/{query['callback_query_id']}")["answer"])
        assert answer is not None, "the button was never answered"
        text: str | None = answer.get("text")
        return text


def buttons(message: Mapping[str, Any]) -> list[dict[str, str]]:
    """The buttons under a message."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


def labels(message: Mapping[str, Any]) -> list[str]:
    """What stands on the buttons."""
    return [button["text"] for button in buttons(message)]


def marked(message: Mapping[str, Any], kind: str) -> list[str]:
    """The parts of the text with this formatting."""
    units = message["text"].encode("utf-16-le")
    return [
        units[entity["offset"] * 2 : (entity["offset"] + entity["length"]) * 2].decode("utf-16-le")
        for entity in message.get("entities", [])
        if entity["type"] == kind
    ]


def until(look: Callable[[], Found | None], *, alive: Callable[[], bool] = lambda: True) -> Found | None:
    """What `look` finds, as soon as it finds something; None when patience or life ends."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        living = alive()
        found = look()
        if found or not living:
            return found
        time.sleep(0.03)
    return None
