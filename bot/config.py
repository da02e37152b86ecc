"""Settings from the environment or a .env file; read once at start by bot.__main__.

A setting that is missing or malformed raises SettingError, which names it and says what to write, never what was there.
An empty value counts as none, because templates of .env files leave lines empty.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from dotenv import dotenv_values

from bot.errors import SettingError

PROJECT = Path(__file__).resolve().parent.parent
DEFAULT_WEBHOOK_PORT = 8443
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
# The shape of Telegram's tokens, without their length: another Bot API server may have shorter ones.
_TOKEN = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]+")
# https://core.telegram.org/bots/api#setwebhook
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_SEPARATORS = re.compile(r"[\s,;\uff0c\uff1b\u3001]+")
_HOST = re.compile(r"[A-Za-z0-9._:-]+")
# How the schemes that hosting services write name the drivers that we have.
_DRIVERS = {
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
}


class Address(NamedTuple):
    """Where to listen."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class Webhook:
    """How Telegram reaches us: the public address, what proves that it is Telegram, and where we listen."""

    url: str
    listen: Address
    secret: str = field(repr=False)

    @property
    def path(self) -> str:
        """The path of the public address, which the proxy passes on."""
        return urlsplit(self.url).path.lstrip("/")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that is set from outside; the secrets stay out of its repr."""

    token: str | None = field(repr=False)
    """None: run against the sandbox."""
    api_url: str | None
    """Another Bot API server, without a closing slash; None: Telegram's own."""
    admins: frozenset[int]
    allowed_chats: frozenset[int] | None
    """None: everybody is served."""
    knowledge_dir: Path
    data_dir: Path
    database_url: str | None = field(repr=False)
    """With the asynchronous driver's scheme; None: SQLite in `data_dir`."""
    webhook: Webhook | None
    """None: long polling."""
    health: Address | None
    log_level: str


def environment(folder: Path) -> dict[str, str]:
    """The process's environment, and beneath it the .env file of `folder`; raises SettingError for a broken file."""
    try:
        values = dotenv_values(folder / ".env", interpolate=False)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(".env", "读不了这个文件，请存成 UTF-8 文本并允许读取") from error
    given = {name: value for name, value in values.items() if value is not None}
    return {name: value.strip() for name, value in (given | dict(os.environ)).items() if value.strip()}


def knowledge_directory(values: Mapping[str, str]) -> Path:
    """KNOWLEDGE_DIR, which the command line needs without the other settings; raises SettingError."""
    return _folder(values, "KNOWLEDGE_DIR", PROJECT / "knowledge")


def read_settings(values: Mapping[str, str]) -> Settings:
    """The settings in `values` (see `environment`); raises SettingError."""
    token, api_url = _token(values), _api_url(values)
    if token is None and api_url is not None:
        raise SettingError("TELEGRAM_TOKEN", "设了 TELEGRAM_API_URL 就要同时写机器人的 token")
    allowed = _ids(values, "ALLOWED_CHATS")
    return Settings(
        token=token,
        api_url=api_url,
        admins=_ids(values, "ADMIN_IDS"),
        allowed_chats=allowed or None,
        knowledge_dir=knowledge_directory(values),
        data_dir=_folder(values, "DATA_DIR", Path("data")),
        database_url=_database_url(values),
        webhook=_webhook(values, plain_allowed=api_url is not None),
        health=_address(values, "HEALTH_LISTEN"),
        log_level=_log_level(values),
    )


def _token(values: Mapping[str, str]) -> str | None:
    token = values.get("TELEGRAM_TOKEN")
    if token is not None and not _TOKEN.fullmatch(token):
        raise SettingError(
            "TELEGRAM_TOKEN", "请原样写 @BotFather 给的 token（数字、冒号、一串字母数字）；留空则启动本地沙盒"
        )
    return token


def _api_url(values: Mapping[str, str]) -> str | None:
    text = values.get("TELEGRAM_API_URL")
    if text is None:
        return None
    if not _is_address(text, ("http", "https")) or urlsplit(text).query:
        raise SettingError("TELEGRAM_API_URL", "请写 Bot API 服务器的地址，如 http://127.0.0.1:8081")
    return text.rstrip("/")


def _ids(values: Mapping[str, str], name: str) -> frozenset[int]:
    words = [word for word in _SEPARATORS.split(values.get(name, "")) if word]
    if not all(re.fullmatch(r"-?[0-9]{1,18}", word) for word in words):
        raise SettingError(name, "请写数字编号，多个用逗号隔开，如 123456789,-1001234567890")
    ids = frozenset(int(word) for word in words)
    if name == "ADMIN_IDS" and any(number <= 0 for number in ids):
        raise SettingError(name, "管理员是人，编号是正数，如 123456789（群的编号才是负数）")
    return ids


def _folder(values: Mapping[str, str], name: str, default: Path) -> Path:
    text = values.get(name)
    if text is None:
        return default
    folder = Path(text).expanduser()
    if "\0" in text or (folder.exists() and not folder.is_dir()):
        raise SettingError(name, "请写文件夹的路径，现在的不是文件夹")
    if name == "KNOWLEDGE_DIR" and not folder.is_dir():
        raise SettingError(name, "请写工作要点所在文件夹的路径，现在的不存在")
    return folder


def _database_url(values: Mapping[str, str]) -> str | None:
    """DATABASE_URL for the asynchronous drivers; asyncpg calls libpq's `sslmode` `ssl`."""
    text = values.get("DATABASE_URL")
    if text is None:
        return None
    try:
        parts = urlsplit(text)
        driver = _DRIVERS[parts.scheme.lower()]
        _ = parts.port
    except (KeyError, ValueError) as error:
        raise SettingError("DATABASE_URL", "请写 postgresql://用户:密码@主机:5432/库名，或留空用 SQLite") from error
    query = urlencode([("ssl" if name == "sslmode" else name, value) for name, value in parse_qsl(parts.query)])
    address = text.partition("?")[0].partition(":")[2]
    return f"{driver}:{address}?{query}" if query else f"{driver}:{address}"


def _webhook(values: Mapping[str, str], *, plain_allowed: bool) -> Webhook | None:
    """Telegram delivers to https only; a Bot API server of one's own may use http."""
    url = values.get("WEBHOOK_URL")
    if url is None:
        return None
    if not _is_address(url, ("https", "http") if plain_allowed else ("https",)):
        raise SettingError("WEBHOOK_URL", "请写 Telegram 能访问的 https 地址，如 https://bot.example.cn/telegram")
    secret = values.get("WEBHOOK_SECRET", "")
    if not _SECRET.fullmatch(secret):
        raise SettingError("WEBHOOK_SECRET", "用 WEBHOOK_URL 时必须有，1-256 个字母、数字、_ 或 -，请随机生成")
    listen = _address(values, "WEBHOOK_LISTEN") or Address("127.0.0.1", DEFAULT_WEBHOOK_PORT)
    return Webhook(url, listen, secret)


def _address(values: Mapping[str, str], name: str) -> Address | None:
    """host:port, :port (every interface) or port (this machine only)."""
    text = values.get(name)
    if text is None:
        return None
    host, colon, port = text.rpartition(":")
    host = host.removeprefix("[").removesuffix("]") if colon else "127.0.0.1"
    if not re.fullmatch(r"[0-9]{1,5}", port) or not 0 < int(port) < 65536 or (host and not _HOST.fullmatch(host)):
        raise SettingError(name, "请写 主机:端口，如 0.0.0.0:8080")
    return Address(host, int(port))


def _log_level(values: Mapping[str, str]) -> str:
    level = values.get("LOG_LEVEL", "INFO").upper()
    if level not in LOG_LEVELS:
        raise SettingError("LOG_LEVEL", f"请写 {'、'.join(LOG_LEVELS)} 之一")
    return level


def _is_address(text: str, schemes: tuple[str, ...]) -> bool:
    if re.search(r"\s", text):
        return False
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in schemes and bool(parts.hostname)
