"""Runs the bot until it is told to stop: polling or webhook, health, and an orderly end. Called by bot.__main__."""

import asyncio
import logging
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager, suppress

from telegram import Bot, User
from telegram.error import BadRequest, Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.chat.admins import Admins
from bot.chat.application import POLL_SECONDS, UPDATES, App, build, introduce
from bot.chat.folder_watch import FolderWatch
from bot.chat.health import serve_health
from bot.chat.network import UpdatesRequest
from bot.chat.release_buttons import to_decide, to_take_back
from bot.chat.releasing import FolderEdit, Releasing
from bot.chat.serving import Serving
from bot.config import Settings
from bot.errors import SettingError
from bot.store import ReleaseWatcher, Store

logger = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
"""Seconds between attempts to reach the Bot API server at start."""
STALE_AFTER = POLL_SECONDS.total_seconds() + 60
"""Seconds without a successful getUpdates after which updates no longer flow."""
END_FETCHING, END_ANSWERING = 2.0, 6.0
"""Seconds that an orderly end may take: to stop fetching, and to answer what was fetched."""


async def run(settings: Settings, token: str, ready: Callable[[], None] = lambda: None) -> None:
    """Runs until SIGTERM or SIGINT, then answers what was already received.

    `ready` is called once updates are fetched. Raises SettingError, KnowledgeProblems or StoreError.
    """
    ending = _Ending()
    ending.listen()
    store = await Store.open(settings.data_dir, settings.database_url)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(store.close)
        releasing = Releasing(await Serving.load(store.releases, settings.knowledge_dir), store)
        updates = UpdatesRequest(ending.refused)
        application = build(settings, token, releasing, store, updates)
        stack.push_async_callback(_shut_down, application)
        if not await _reach(application, ending):
            return
        _warn_of_privacy(application.bot.bot)
        if settings.health is not None:
            with _listening("HEALTH_LISTEN"):
                server = serve_health(settings.health, lambda: _flowing(application, settings, updates))
            stack.callback(server.stop)
        stack.push_async_callback(_stop, application)
        await _start(application, settings)
        await _watch(stack, settings, releasing, store, application.bot)
        introducing = asyncio.create_task(introduce(application.bot, settings.admins, _not_introduced))
        stack.callback(introducing.cancel)
        logger.info("@%s 已启动，%s", application.bot.username, "webhook" if settings.webhook else "长轮询")
        ready()
        await ending.wait()
        logger.info("正在停止：答完手头的问题")
    if ending.token_refused:
        raise _refused_token()


async def _watch(stack: AsyncExitStack, settings: Settings, releasing: Releasing, store: Store, bot: Bot) -> None:
    """Follows what other processes put into service, and what is edited in the folder."""
    admins = Admins(settings.admins)

    async def tell(text: str, edit: FolderEdit | None) -> None:
        keyboard = None
        if edit is not None and edit.served is not None:
            keyboard = to_take_back(edit.served.number, edit.served.former)
        elif edit is not None:
            keyboard = to_decide(edit.proposal.number, edit.proposal.expected)
        await admins.tell(bot, text, keyboard)

    if releasing.serving.trouble:
        await admins.tell(bot, releasing.serving.trouble)
    watcher = ReleaseWatcher(store.releases, lambda: releasing.serving.release, releasing.take_over)
    folder = FolderWatch(settings.knowledge_dir, releasing, store, tell)
    for watching in (watcher, folder):
        watching.start()
        stack.push_async_callback(watching.stop)


class _Ending:
    """Why the bot is to end: a signal, or the token that the server no longer takes."""

    def __init__(self) -> None:
        self._event = asyncio.Event()
        self.token_refused = False

    def listen(self) -> None:
        """Ends on SIGTERM and SIGINT."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            with suppress(NotImplementedError):  # Windows: Ctrl-C raises KeyboardInterrupt instead.
                loop.add_signal_handler(number, self._event.set)

    def refused(self) -> None:
        """Ends because of the token."""
        self.token_refused = True
        self._event.set()

    async def wait(self, seconds: float | None = None) -> bool:
        """Waits for the end, at most so long; whether it has come."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._event.wait()
        return self._event.is_set()


async def _reach(application: App, ending: _Ending) -> bool:
    """Introduces itself to the Bot API server, again and again until it is there; False when told to end instead."""
    pause = FIRST_PAUSE
    while True:
        try:
            await application.initialize()
        except InvalidToken as error:
            raise _refused_token() from error
        except BadRequest:
            raise
        except (NetworkError, RetryAfter) as error:
            logger.warning("连不上 Bot API 服务器（%s），%.0f 秒后再试", type(error).__name__, pause)
        except TelegramError as error:
            raise SettingError("TELEGRAM_API_URL", "这个地址答的不像 Bot API，请核对") from error
        else:
            return True
        if await ending.wait(pause):
            return False
        pause = min(pause * 2, LONGEST_PAUSE)


async def _start(application: App, settings: Settings) -> None:
    """Begins to handle updates, then to receive them."""
    updater = application.updater
    if updater is None:
        raise RuntimeError("the application was built without an updater")
    await application.start()
    if settings.webhook is None:
        await updater.start_polling(
            timeout=POLL_SECONDS, allowed_updates=UPDATES, bootstrap_retries=-1, error_callback=_polling_failed
        )
        return
    webhook = settings.webhook
    with _listening("WEBHOOK_LISTEN"):
        await updater.start_webhook(
            listen=webhook.listen.host,
            port=webhook.listen.port,
            url_path=webhook.path,
            webhook_url=webhook.url,
            secret_token=webhook.secret,
            allowed_updates=UPDATES,
            bootstrap_retries=-1,
        )


@contextmanager
def _listening(setting: str) -> Iterator[None]:
    """An address that can't be listened on is a wrong setting."""
    try:
        yield
    except OSError as error:
        raise SettingError(setting, f"这个地址监听不了（{error.strerror or '未知原因'}），请换一个") from error


async def _stop(application: App) -> None:
    """Fetches no more, and answers what was fetched; neither may take for ever."""
    updater = application.updater
    if updater is not None and updater.running:
        try:
            async with asyncio.timeout(END_FETCHING):
                await updater.stop()
        except (TimeoutError, TelegramError) as error:
            logger.warning("the last updates could not be confirmed (%s)", type(error).__name__)
    if not application.running:
        return
    try:
        async with asyncio.timeout(END_ANSWERING):
            await application.update_queue.join()
            await application.stop()
    except TimeoutError:
        logger.warning("not every question could be answered before the end")


async def _shut_down(application: App) -> None:
    with suppress(RuntimeError):  # Still running where its end took too long; the process ends all the same.
        await application.shutdown()
    await application.bot.shutdown()  # Application.shutdown leaves it open where initialising failed.


def _flowing(application: App, settings: Settings, updates: UpdatesRequest) -> bool:
    """Whether updates arrive: a poll that succeeded lately, or the webhook's server."""
    running = application.updater is not None and application.updater.running
    if settings.webhook is not None:
        return running
    return running and updates.last_success is not None and time.monotonic() - updates.last_success < STALE_AFTER


def _polling_failed(error: TelegramError) -> None:
    """Called by python-telegram-bot, which tries again by itself."""
    if isinstance(error, Conflict):
        logger.warning("getUpdates 冲突：另有一个进程在用同一个 token，或还设着 webhook")
    else:
        logger.warning("getUpdates failed (%s); trying again", type(error).__name__)


def _not_introduced(name: str, error: TelegramError) -> None:
    logger.warning("%s was refused (%s); the bot runs without it", name, type(error).__name__)


def _warn_of_privacy(bot: User) -> None:
    if not bot.can_read_all_group_messages:
        logger.warning(
            "机器人处于隐私模式：群里的 @提及 收不到，只收得到命令和回复。"
            "请在 @BotFather 用 /setprivacy 关闭，再把机器人重新加进群"
        )


def _refused_token() -> SettingError:
    return SettingError("TELEGRAM_TOKEN", "服务器不认这个 token，请核对（以及 TELEGRAM_API_URL，若有）")
