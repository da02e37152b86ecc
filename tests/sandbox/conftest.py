"""A running sandbox and its two sides: the bot's Bot API and the people's control API."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from bot.sandbox import Sandbox


@dataclass(frozen=True)
class Reply:
    """What the Bot API answered."""

    status: int
    body: dict[str, Any]

    @property
    def result(self) -> Any:
        assert self.body["ok"], self.body
        return self.body["result"]

    @property
    def description(self) -> str:
        assert not self.body["ok"], self.body
        assert self.body["error_code"] == self.status
        return str(self.body["description"])


class BotSide:
    """Calls methods as a bot does."""

    def __init__(self, client: httpx.AsyncClient, token: str) -> None:
        self.client = client
        self.token = token

    async def call(self, method: str, **params: Any) -> Reply:
        response = await self.client.post(f"/bot{self.token}/{method}", json=params)
        return Reply(response.status_code, response.json())

    async def updates(self, **params: Any) -> list[dict[str, Any]]:
        reply = await self.call("getUpdates", **params)
        updates: list[dict[str, Any]] = reply.result
        return updates


class PeopleSide:
    """Does what people do."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def get(self, path: str, **params: Any) -> Any:
        response = await self.client.get(f"/sandbox/api/{path}", params=params)
        assert response.status_code == 200, response.text
        return response.json()

    async def post(self, path: str, **body: Any) -> Any:
        response = await self.client.post(f"/sandbox/api/{path}", json=body)
        assert response.status_code == 200, response.text
        return response.json()

    async def refused(self, path: str, **body: Any) -> str:
        response = await self.client.post(f"/sandbox/api/{path}", json=body)
        assert response.status_code == 400, response.text
        return str(response.json()["error"])

    async def write(self, chat_id: int, from_id: int, text: str, **more: Any) -> Any:
        return await self.post("messages", chat_id=chat_id, from_id=from_id, text=text, **more)

    async def fault(self, method: str, kind: str, **more: Any) -> None:
        await self.post("faults", method=method, kind=kind, **more)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as running:
        yield running


@pytest.fixture
async def client(sandbox: Sandbox) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=sandbox.api_url, timeout=10, trust_env=False) as client:
        yield client


@pytest.fixture
def bot(client: httpx.AsyncClient, sandbox: Sandbox) -> BotSide:
    return BotSide(client, sandbox.token)


@pytest.fixture
def people(client: httpx.AsyncClient) -> PeopleSide:
    return PeopleSide(client)
