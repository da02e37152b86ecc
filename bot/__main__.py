"""The command line: `python -m bot` runs the bot; ask, check and import work without Telegram.

Exit codes: 0 done; 1 the knowledge, the store or a notice can't be used; 2 a setting or the command line is wrong.
"""

import argparse
import asyncio
import io
import logging
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from bot.config import Settings, environment, knowledge_directory, read_settings
from bot.errors import SettingError, WorkPlanError

SANDBOX_PORT = 8090
"""Where the sandbox's page is looked for first, so that its address stays the same."""


_IN_CHINESE = (
    ("unrecognized arguments:", "不认识的参数"),
    ("the following arguments are required:", "缺少"),
    ("invalid choice:", "没有这一项"),
    ("choose from", "可用的有"),
    ("expected one argument", "后面要写一个值"),
    ("not allowed with argument", "不能同时用"),
    ("argument ", ""),
)
"""What argparse says, in the words of those who read it."""


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        """One line and exit code 2; what was typed is shown without its control characters."""
        for english, chinese in _IN_CHINESE:
            message = message.replace(english, chinese)
        raise SystemExit(_complain(f"命令行有误：{message[:200]}。用法见 python -m bot --help", 2))


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit code."""
    _speak_utf8()
    given = _parser().parse_args(arguments)
    try:
        code: int = given.command(given)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader (head, less) has seen enough; Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except SettingError as error:
        return _complain(f"设置有误：{error}", 2)
    except WorkPlanError as error:
        return _complain(str(error), 1)
    except KeyboardInterrupt:
        return 130
    return code


def _parser() -> Parser:
    parser = Parser(prog="python -m bot", description="教育工作要点问答机器人", allow_abbrev=False)
    parser.set_defaults(command=_run)
    commands = parser.add_subparsers(title="命令", metavar="命令")

    run = commands.add_parser("run", help="启动机器人（默认）；没有 TELEGRAM_TOKEN 就启动本地沙盒", allow_abbrev=False)
    run.set_defaults(command=_run)

    ask = commands.add_parser("ask", help="在命令行提一个问题", allow_abbrev=False)
    ask.add_argument("question", nargs="*", help="问题，如：课后服务谁牵头")
    how = ask.add_mutually_exclusive_group()
    how.add_argument("--jsonl", action="store_true", help="从标准输入逐行读 JSON 对话，逐行写回答")
    how.add_argument("--explain", action="store_true", help="说明这个回答是怎么得出的")
    ask.add_argument("--knowledge", type=Path, metavar="DIR", help="工作要点所在的文件夹（默认 KNOWLEDGE_DIR）")
    ask.set_defaults(command=_ask, parser=ask)

    check = commands.add_parser("check", help="检查工作要点和词库的文件", allow_abbrev=False)
    check.add_argument("directory", nargs="?", type=Path, metavar="DIR", help="文件夹（默认 KNOWLEDGE_DIR）")
    check.set_defaults(command=_check)

    importing = commands.add_parser("import", help="把通知原文转成工作要点的 YAML", allow_abbrev=False)
    importing.add_argument("notice", type=Path, metavar="NOTICE", help="通知的文件")
    importing.add_argument("-o", "--output", type=Path, metavar="OUT.yaml", help="写到这个文件（默认标准输出）")
    importing.set_defaults(command=_import)
    return parser


def _run(_given: argparse.Namespace) -> int:
    settings = read_settings(environment(Path.cwd()))
    from bot.chat import logs  # noqa: PLC0415 -- ask and check need not wait for Telegram's library
    from bot.chat.failures import safe_trace  # noqa: PLC0415

    secrets = (settings.token, settings.database_url, settings.webhook.secret if settings.webhook else None)
    logs.set_up(settings.log_level, [secret for secret in secrets if secret])
    try:
        asyncio.run(_serve(settings))
    except (WorkPlanError, KeyboardInterrupt):
        raise
    except OSError as error:
        return _complain(f"启动不了：{error.strerror or type(error).__name__}", 1)
    except Exception as error:  # noqa: BLE001, RUF100 -- the last line of defence for secrets in a traceback
        logging.getLogger("bot").critical("the bot ended with an error\n%s", safe_trace(error))
        return 1
    return 0


async def _serve(settings: Settings) -> None:
    """The bot against its Bot API server, or against the sandbox in this process."""
    from bot.chat.running import run  # noqa: PLC0415

    if settings.token is not None:
        await run(settings, settings.token)
        return
    from bot.sandbox import Sandbox  # noqa: PLC0415

    try:
        sandbox = await Sandbox(port=SANDBOX_PORT).start()
    except OSError:
        sandbox = await Sandbox().start()
    try:
        admins = settings.admins | {sandbox.admin_id}
        data_dir = settings.data_dir / "sandbox"
        local = replace(settings, api_url=sandbox.api_url, admins=admins, data_dir=data_dir, webhook=None)
        await run(local, sandbox.token, lambda: _print(f"没有 TELEGRAM_TOKEN，已启动本地沙盒，请打开：{sandbox.url}"))
    finally:
        await sandbox.stop()


def _ask(given: argparse.Namespace) -> int:
    question = " ".join(given.question)
    if given.jsonl == bool(given.question):
        given.parser.error("请写一个问题，或用 --jsonl 从标准输入读")
    from bot.answer.answering import answer  # noqa: PLC0415
    from bot.answer.knowledge import load_knowledge  # noqa: PLC0415

    directory = given.knowledge or knowledge_directory(environment(Path.cwd()))
    knowledge = load_knowledge(directory)
    if given.jsonl:
        from bot.chat.jsonl import answer_lines  # noqa: PLC0415

        for line in answer_lines(sys.stdin.buffer, knowledge):
            _print(line)
    elif given.explain:
        from bot.answer.explaining import explain  # noqa: PLC0415

        _print(explain(_whole(question), None, knowledge))
    else:
        from bot.chat.plain import plain_text  # noqa: PLC0415

        _print(plain_text(answer(_whole(question), None, knowledge)[0], bold=sys.stdout.isatty()))
    return 0


def _check(given: argparse.Namespace) -> int:
    from bot.plan.checking import check_folder, summary_of  # noqa: PLC0415
    from bot.plan.reading import read_folder  # noqa: PLC0415

    directory = given.directory or knowledge_directory(environment(Path.cwd()))
    problems = check_folder(directory)
    if problems:
        return _complain("\n".join(map(str, problems)), 1)
    _print(f"没有问题：{summary_of(*read_folder(directory))}")
    return 0


def _import(given: argparse.Namespace) -> int:
    """The draft goes to a file or to standard output, the report on it to standard error."""
    from bot.plan.documents import Limits  # noqa: PLC0415
    from bot.plan.notice import read_notice  # noqa: PLC0415
    from bot.plan.notice_report import report_of  # noqa: PLC0415
    from bot.plan.reading import read_bytes  # noqa: PLC0415
    from bot.plan.writing import write_plan  # noqa: PLC0415

    draft = read_notice(read_bytes(given.notice, Limits().size))
    data = write_plan(draft.plan)
    if given.output is None:
        _print(data.decode().rstrip())
    else:
        try:
            with given.output.open("xb") as file:
                file.write(data)
        except FileExistsError:
            return _complain(f"{given.output} 已经存在，请换一个文件名，或先移开它", 1)
        except OSError as error:
            return _complain(f"{given.output} 写不了（{error.strerror}）", 1)
    report = report_of(draft)
    _complain(f"{given.notice}: {report.summary}", 0)
    for finding in report.findings:
        _complain(f"{given.notice}{finding}", 0)
    return 0


def _whole(text: str) -> str:
    """Arguments that are no UTF-8 come with half surrogates; they become �."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _complain(text: str, code: int) -> int:
    """Writes to standard error, without the control characters that a name or a file may hold."""
    sys.stderr.write("".join(char if char.isprintable() or char == "\n" else "?" for char in text) + "\n")
    return code


def _speak_utf8() -> None:
    """UTF-8 whatever the locale says; what can't be written is escaped, never a crash."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    raise SystemExit(main())
