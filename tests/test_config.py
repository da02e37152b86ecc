"""Settings: read from the environment and .env, refused by name, secrets never shown."""

from pathlib import Path

import pytest

from bot.config import PROJECT, Address, Webhook, environment, knowledge_directory, read_settings
from bot.errors import SettingError

HOOK = {"WEBHOOK_URL": "https://bot.example.cn/telegram", "WEBHOOK_SECRET": "s" * 20}


def test_nothing_set_is_enough() -> None:
    """Without settings: the sandbox, the project's knowledge, SQLite in ./data, polling."""
    settings = read_settings({})
    assert settings.token is None
    assert settings.knowledge_dir == PROJECT / "knowledge"
    assert settings.data_dir == Path("data")
    assert settings.admins == frozenset()
    assert settings.allowed_chats is None
    assert (settings.database_url, settings.webhook, settings.health) == (None, None, None)
    assert settings.log_level == "INFO"


@pytest.mark.parametrize("written", ["1,2", "1, 2", "1 2", "1\uff0c2", "1\u30012", ",1,,2,", "1;2\n"])
def test_ids_are_written_as_people_write_lists(written: str) -> None:
    """Commas of either width, spaces, semicolons."""
    assert read_settings({"ADMIN_IDS": written}).admins == {1, 2}


def test_groups_may_be_allowed() -> None:
    """Groups have negative ids, longer than 32 bits."""
    assert read_settings({"ALLOWED_CHATS": "-1001700000001"}).allowed_chats == frozenset({-1001700000001})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_TOKEN", "12345"),
        ("TELEGRAM_TOKEN", "12345:abc def"),
        ("TELEGRAM_TOKEN", "12345:abc/../x"),
        ("ADMIN_IDS", "1,x"),
        ("ADMIN_IDS", "-5"),
        ("ADMIN_IDS", "9" * 30),
        ("ALLOWED_CHATS", "@group"),
        ("KNOWLEDGE_DIR", "/no/such/folder"),
        ("KNOWLEDGE_DIR", __file__),
        ("DATA_DIR", __file__),
        ("DATABASE_URL", "mysql://u:p@h/db"),
        ("DATABASE_URL", "postgresql://u:p@h:port/db"),
        ("DATABASE_URL", "nonsense"),
        ("HEALTH_LISTEN", "nonsense"),
        ("HEALTH_LISTEN", "127.0.0.1:0"),
        ("HEALTH_LISTEN", "127.0.0.1:99999"),
        ("HEALTH_LISTEN", "a b:80"),
        ("LOG_LEVEL", "LOUD"),
        ("WEBHOOK_URL", "http://bot.example.cn/telegram"),
        ("WEBHOOK_URL", "https:///path"),
        ("WEBHOOK_URL", "https://[nonsense"),
        ("TELEGRAM_API_URL", "127.0.0.1:9999"),
        ("TELEGRAM_API_URL", "ftp://127.0.0.1"),
    ],
)
def test_a_wrong_setting_is_refused_by_name(name: str, value: str) -> None:
    """One line: the name, what to write, and never what was there."""
    with pytest.raises(SettingError) as refused:
        read_settings({"TELEGRAM_TOKEN": "1:a", **HOOK, name: value})
    assert refused.value.name == name
    assert value not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_webhook_needs_its_secret() -> None:
    """Anybody could send updates otherwise."""
    with pytest.raises(SettingError, match="WEBHOOK_SECRET"):
        read_settings({"WEBHOOK_URL": HOOK["WEBHOOK_URL"]})
    with pytest.raises(SettingError, match="WEBHOOK_SECRET"):
        read_settings({**HOOK, "WEBHOOK_SECRET": "has space"})


def test_a_webhook_listens_behind_a_proxy_unless_told_otherwise() -> None:
    """On this machine's 8443; the public address's path is passed on."""
    assert read_settings(HOOK).webhook == Webhook(HOOK["WEBHOOK_URL"], Address("127.0.0.1", 8443), "s" * 20)
    webhook = read_settings({**HOOK, "WEBHOOK_LISTEN": "0.0.0.0:9000"}).webhook
    assert webhook is not None
    assert webhook.listen == Address("0.0.0.0", 9000)  # noqa: S104 -- compared, not bound
    assert webhook.path == "telegram"


def test_plain_http_is_for_one_s_own_server() -> None:
    """Telegram delivers to https only; a Bot API server of one's own may use http."""
    settings = {**HOOK, "WEBHOOK_URL": "http://127.0.0.1:9000/hook", "TELEGRAM_TOKEN": "1:a"}
    assert read_settings({**settings, "TELEGRAM_API_URL": "http://127.0.0.1:8081/"}).api_url == "http://127.0.0.1:8081"


def test_another_server_needs_a_token() -> None:
    """The sandbox brings its own; another server does not."""
    with pytest.raises(SettingError, match="TELEGRAM_TOKEN"):
        read_settings({"TELEGRAM_API_URL": "http://127.0.0.1:8081"})


@pytest.mark.parametrize(
    ("written", "expected"),
    [("8080", ("127.0.0.1", 8080)), (":8080", ("", 8080)), ("[::1]:8080", ("::1", 8080)), ("web:80", ("web", 80))],
)
def test_addresses(written: str, expected: tuple[str, int]) -> None:
    """A port alone is for this machine, a colon before it for every interface."""
    assert read_settings({"HEALTH_LISTEN": written}).health == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("postgres://u:p@h/db", "postgresql+asyncpg://u:p@h/db"),
        ("postgresql://u:p@h:5432/db?sslmode=require", "postgresql+asyncpg://u:p@h:5432/db?ssl=require"),
        ("postgresql+asyncpg:///db?host=/run/pg", "postgresql+asyncpg:///db?host=%2Frun%2Fpg"),
        ("sqlite:///data/x.db", "sqlite+aiosqlite:///data/x.db"),
        ("sqlite:////data/x.db", "sqlite+aiosqlite:////data/x.db"),
    ],
)
def test_database_urls_get_the_asynchronous_driver(written: str, expected: str) -> None:
    """As hosting services write them."""
    assert read_settings({"DATABASE_URL": written}).database_url == expected


def test_secrets_stay_out_of_the_repr() -> None:
    """A Settings that lands in a log gives nothing away."""
    values = {**HOOK, "TELEGRAM_TOKEN": "1:hidden", "DATABASE_URL": "postgres://u:hidden@h/db"}
    shown = repr(read_settings({**values, "WEBHOOK_SECRET": "hidden"}))
    assert "hidden" not in shown


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """.env fills what the environment leaves out; an empty value counts as none; $ is a character."""
    (tmp_path / ".env").write_text("LOG_LEVEL=DEBUG\nADMIN_IDS=7\nALLOWED_CHATS=\nDATA_DIR=a$b\n", encoding="utf-8")
    monkeypatch.setenv("LOG_LEVEL", "ERROR")
    monkeypatch.setenv("TELEGRAM_TOKEN", "  ")
    values = environment(tmp_path)
    assert (values["LOG_LEVEL"], values["ADMIN_IDS"], values["DATA_DIR"]) == ("ERROR", "7", "a$b")
    assert "ALLOWED_CHATS" not in values
    assert "TELEGRAM_TOKEN" not in values


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    """Saved in another encoding, or a folder of that name."""
    (tmp_path / ".env").write_bytes("ADMIN_IDS=管理员".encode("gb18030"))
    with pytest.raises(SettingError, match=r"\.env"):
        environment(tmp_path)


def test_the_command_line_needs_only_the_knowledge(tmp_path: Path) -> None:
    """`ask` and `check` work beside settings that are wrong."""
    assert knowledge_directory({"TELEGRAM_TOKEN": "nonsense", "KNOWLEDGE_DIR": str(tmp_path)}) == tmp_path
