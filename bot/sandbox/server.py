"""The sandbox as one tornado application, and a running server of it.

`Sandbox` is what the project's runner, the tests and `python -m bot.sandbox` start.
"""

import logging
from pathlib import Path
from types import TracebackType
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler, StaticFileHandler

from bot.sandbox import control, inspection
from bot.sandbox.api import FileHandler, LostHandler, MethodHandler
from bot.sandbox.cast import ADMIN_ID, DEFAULT_TOKEN, FORUM_ID, GROUP_ID, STAFF_ID, Cast, default_cast
from bot.sandbox.methods import method_table
from bot.sandbox.world import World

logger = logging.getLogger(__name__)

PAGE = Path(__file__).parent / "page"
MAX_REQUEST_BYTES = 60 * 1024 * 1024  # above Telegram's 50 MB, so that the method can refuse what is larger
PAGE_POLICY = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

CONTROL_ROUTES: tuple[tuple[str, type[RequestHandler]], ...] = (
    (r"state", control.StateHandler),
    (r"chats/(-?\d+)/messages", control.ChatMessagesHandler),
    (r"commands", control.CommandsHandler),
    (r"messages", control.MessagesHandler),
    (r"edits", control.EditsHandler),
    (r"forwards", control.ForwardsHandler),
    (r"presses", control.PressesHandler),
    (r"callbacks/(\d+)", control.CallbackHandler),
    (r"uploads", control.UploadsHandler),
    (r"events", inspection.EventsHandler),
    (r"wait", inspection.WaitHandler),
    (r"calls", inspection.CallsHandler),
    (r"faults", inspection.FaultsHandler),
    (r"updates", inspection.UpdatesHandler),
    (r"membership", inspection.MembershipHandler),
    (r"privacy", inspection.PrivacyHandler),
    (r"files/([\w-]+)", inspection.FilesHandler),
)


class PageHandler(StaticFileHandler):
    """The page's files, with a policy that lets nothing from elsewhere run."""

    def set_extra_headers(self, path: str) -> None:
        self.set_header("Content-Security-Policy", PAGE_POLICY)
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cache-Control", "no-cache")


def make_app(world: World) -> Application:
    """The Bot API, the control API and the page, on one world."""
    routes: list[Any] = [
        (r"/bot([^/]+)/(?:test/)?(\w+)/?", MethodHandler, {"world": world, "table": method_table()}),
        (r"/file/bot([^/]+)/(.+)", FileHandler, {"world": world}),
        (r"/(?:file/)?bot.*", LostHandler, {"world": world}),
        *((f"/sandbox/api/{path}", handler, {"world": world}) for path, handler in CONTROL_ROUTES),
        (r"/sandbox/page/(.*)", PageHandler, {"path": str(PAGE)}),
        (r"/()", PageHandler, {"path": str(PAGE), "default_filename": "index.html"}),
    ]
    return Application(routes, log_function=_log_request)


def _log_request(handler: RequestHandler) -> None:
    """Tornado's line without the address: a Bot API address holds the token."""
    logger.debug("%s %s %d", handler.request.method, type(handler).__name__, handler.get_status())


class Sandbox:
    """A running sandbox.

    `await Sandbox().start()` listens on 127.0.0.1, on a free port unless one is given; `url` is the page, `api_url`
    what TELEGRAM_API_URL takes (python-telegram-bot: base_url=api_url + "/bot", base_file_url=api_url + "/file/bot").
    """

    def __init__(
        self,
        token: str = DEFAULT_TOKEN,
        port: int = 0,
        *,
        address: str = "127.0.0.1",
        staff_id: int = STAFF_ID,
        admin_id: int = ADMIN_ID,
        bot_username: str = "workplan_sandbox_bot",
        reads_all: bool = True,
        cast: Cast | None = None,
    ) -> None:
        chosen = cast or default_cast(
            token, staff_id=staff_id, admin_id=admin_id, bot_username=bot_username, reads_all=reads_all
        )
        self.token = token
        self.world = World(token, chosen)
        self.staff_id = staff_id
        self.admin_id = admin_id
        self.forum_id = FORUM_ID
        self.group_id = GROUP_ID
        self.bot_username = chosen.bot.username
        self.address = address
        self.port = port
        self._server: HTTPServer | None = None

    @property
    def api_url(self) -> str:
        host = "127.0.0.1" if self.address in {"", "0.0.0.0"} else self.address  # noqa: S104 - compared, not bound
        return f"http://{host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.api_url}/"

    async def start(self) -> "Sandbox":
        """Listens; raises OSError where the port is taken."""
        sockets = bind_sockets(self.port, self.address)
        self.port = sockets[0].getsockname()[1]
        self._server = HTTPServer(make_app(self.world), max_buffer_size=MAX_REQUEST_BYTES)
        self._server.add_sockets(sockets)
        return self

    async def stop(self) -> None:
        """Ends the webhook's delivery, closes the port and every connection."""
        await self.world.webhooks.stop()
        if self._server is not None:
            self._server.stop()
            await self._server.close_all_connections()
            self._server = None

    async def __aenter__(self) -> "Sandbox":
        return await self.start()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()
