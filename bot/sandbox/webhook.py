"""Delivery of updates to the bot's webhook, and the three methods' state of it.

`methods/receiving.py` sets and deletes it; one task posts the updates in order and repeats what was not taken.
"""

import asyncio
import json
import logging
import re
import time
from dataclasses import dataclass
from typing import Any

from tornado.httpclient import AsyncHTTPClient, HTTPRequest

from bot.sandbox.errors import bad_request, conflict
from bot.sandbox.updates import SET_WEBHOOK, UpdateQueue

logger = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
FIRST_PAUSE = 0.1
LONGEST_PAUSE = 5.0
REQUEST_SECONDS = 30.0


@dataclass(frozen=True)
class Webhook:
    """Where updates go. The sandbox takes http too, as a local Bot API server does; Telegram's own takes https only."""

    url: str
    secret_token: str = ""
    max_connections: int = 40
    has_certificate: bool = False


class WebhookDelivery:
    """Posts the queue's updates to the webhook while one is set."""

    def __init__(self, updates: UpdateQueue) -> None:
        self._updates = updates
        self._task: asyncio.Task[None] | None = None
        self._last_error: tuple[int, str] | None = None
        self.webhook: Webhook | None = None

    def set(self, webhook: Webhook) -> None:
        """Starts delivery; a poll that waits is ended with 409. Raises `RefusedError` for a bad address or secret."""
        if not re.match(r"https?://[^/\s]+", webhook.url):
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", webhook.secret_token):
            raise bad_request("secret token contains unallowed characters")
        self.delete()
        self._updates.interrupt(conflict(SET_WEBHOOK))
        self._last_error = None
        self.webhook = webhook
        self._task = asyncio.get_running_loop().create_task(self._deliver(webhook))

    def delete(self) -> None:
        """Ends delivery; pending updates stay."""
        if self._task is not None:
            self._task.cancel()
        self._task = None
        self.webhook = None

    async def stop(self) -> None:
        """Ends delivery and waits until its task is gone."""
        task = self._task
        self.delete()
        if task is not None:
            await asyncio.gather(task, return_exceptions=True)

    def info(self) -> dict[str, Any]:
        """The Bot API's WebhookInfo."""
        webhook = self.webhook
        body: dict[str, Any] = {
            "url": webhook.url if webhook else "",
            "has_custom_certificate": bool(webhook and webhook.has_certificate),
            "pending_update_count": len(self._updates),
        }
        if webhook:
            body["max_connections"] = webhook.max_connections
            if self._last_error:
                body["last_error_date"], body["last_error_message"] = self._last_error
        if self._updates.allowed is not None:
            body["allowed_updates"] = sorted(self._updates.allowed)
        return body

    async def _deliver(self, webhook: Webhook) -> None:
        pause = FIRST_PAUSE
        while True:
            update = await self._updates.front()
            error = await self._post(webhook, update)
            if error is None:
                self._updates.delivered(update["update_id"])
                pause = FIRST_PAUSE
                continue
            self._last_error = (int(time.time()), error)
            logger.warning("the webhook did not take update %d: %s", update["update_id"], error)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _post(self, webhook: Webhook, update: dict[str, Any]) -> str | None:
        """Posts one update; returns what went wrong, or None."""
        headers = {"Content-Type": "application/json"}
        if webhook.secret_token:
            headers[SECRET_HEADER] = webhook.secret_token
        request = HTTPRequest(
            webhook.url,
            method="POST",
            headers=headers,
            body=json.dumps(update, ensure_ascii=False).encode(),
            request_timeout=REQUEST_SECONDS,
            follow_redirects=False,
            validate_cert=not webhook.has_certificate,
        )
        client = AsyncHTTPClient(force_instance=True)
        try:
            response = await client.fetch(request, raise_error=False)
        except OSError as error:
            return f"Connection failed: {type(error).__name__}"
        finally:
            client.close()
        if 200 <= response.code < 300:
            return None
        return f"Wrong response from the webhook: {response.code} {response.reason}"
