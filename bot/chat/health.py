"""GET /health, for whoever supervises the process: 200 while updates flow, 503 when they do not."""

import json
from collections.abc import Callable

from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from bot.config import Address


class HealthHandler(RequestHandler):
    """The one address; knowledge is loaded before it listens."""

    def initialize(self, flowing: Callable[[], bool]) -> None:
        """`flowing` says whether updates arrive."""
        self._flowing = flowing

    def get(self) -> None:
        """200 {"status": "ok"} or 503 {"status": "no updates"}."""
        flowing = self._flowing()
        self.set_status(200 if flowing else 503)
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps({"status": "ok" if flowing else "no updates"}))


def serve_health(address: Address, flowing: Callable[[], bool]) -> HTTPServer:
    """Listens; raises OSError where the port is taken."""
    server = HTTPServer(Application([(r"/health", HealthHandler, {"flowing": flowing})]))
    server.listen(address.port, address.host)
    return server
