"""A notice's file, whatever its format -> its numbered lines of text; called by bot.plan.notice.

The format is told by the content, never by the name. Word, PDF and web pages are taken apart in a process of their own
(bot.plan.extracting); plain text is read here.
"""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from math import ceil
from pathlib import Path

from bot.errors import NoticeError
from bot.plan.notice_lines import Line, decoded_text, text_lines_of
from bot.plan.wrapped_text import paragraphs_of

MIB = 1024 * 1024
_BOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may cost."""

    size: int = 20 * MIB
    """Bytes; a bot can't fetch larger files (Bot API, getFile)."""
    seconds: float = 30
    memory: int = 1024 * MIB


@dataclass(frozen=True, slots=True)
class Document:
    """A file's text. Lines count from 1; in plain text they are the file's own."""

    lines: tuple[Line, ...]
    asides: tuple[Line, ...] = ()
    """On the page, but not in the text: headers and footers, page numbers, notes, what a web page hides."""
    places: tuple[str, ...] = ()
    """Where each line stands in the file (第 2 页第 5 行), by its number less 1; empty for plain text."""


_MARKS = (
    (b"PK\x03\x04", "word"),
    (b"PK\x05\x06", "word"),
    (b"%PDF-", "pdf"),
)
_REFUSED = (
    (b"{\\rtf", "这是 RTF 文件，请在 Word 里另存为 .docx 再发"),
    (b"\x89PNG", "这是图片，请发通知的 Word（.docx）、PDF 或网页文件"),
    (b"\xff\xd8\xff", "这是图片，请发通知的 Word（.docx）、PDF 或网页文件"),
    (b"GIF8", "这是图片，请发通知的 Word（.docx）、PDF 或网页文件"),
    (b"Rar!", "这是压缩包，请解压后发里面的通知"),
    (b"7z\xbc\xaf", "这是压缩包，请解压后发里面的通知"),
    (b"\x1f\x8b", "这是压缩包，请解压后发里面的通知"),
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_WEB = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|div|table|p|span|article)\b",
    re.IGNORECASE | re.DOTALL,
)
_WEB_ARCHIVE = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:MIME-Version|Content-Type):", re.IGNORECASE)
_HEAD = 4096


def read_document(data: bytes, limits: Limits | None = None) -> Document:
    """The lines of a notice's file: .txt, .docx, .pdf with text, .html, .mht. Raises NoticeError.

    May take up to `limits.seconds`: call it in a thread where others wait.
    """
    limits = limits or Limits()
    if len(data) > limits.size:
        raise NoticeError(f"文件超过 {limits.size // MIB} MiB，请只发通知本身（去掉图片和其他附件）")
    kind = _kind_of(data)
    if kind is None:
        paragraphs = paragraphs_of(text_lines_of(data))
        return Document(
            lines=tuple(Line(each.number, each.text) for each in paragraphs if not each.aside),
            asides=tuple(Line(each.number, each.text) for each in paragraphs if each.aside),
        )
    extracted = _extracted(kind, data, limits)
    numbered = [(Line(number, text), aside) for number, (text, _, aside) in enumerate(extracted, start=1)]
    document = Document(
        lines=tuple(line for line, aside in numbered if not aside),
        asides=tuple(line for line, aside in numbered if aside),
        places=tuple(place for _, place, _ in extracted),
    )
    if not document.lines:
        raise NoticeError("文件里没有文字，请确认发的是通知的正文（如果内容是图片，请发文字版）")
    return document


def shown_name(name: str) -> str:
    """A file's name as it may be shown: without folders and control characters, short. Never used as a path."""
    last = re.split(r"[/\\]", name)[-1]
    shown = "".join(character for character in last if character.isprintable()).strip(" .")
    return shown[:60] or "未命名文件"


def _kind_of(data: bytes) -> str | None:
    """What is to take the file apart; None for plain text."""
    for start, kind in _MARKS:
        if data.startswith(start):
            return kind
    if b"%PDF-" in data[:1024]:  # readers take a PDF with something before its mark
        return "pdf"
    for start, advice in _REFUSED:
        if data.startswith(start):
            raise NoticeError(advice)
    if data.startswith(_OLD_OFFICE):
        raise NoticeError(_old_office(data))
    if _WEB_ARCHIVE.match(data[:_HEAD]) and b"text/html" in data:
        return "web archive"
    head = decoded_text(data[:_HEAD], "replace")
    if "Word.Document" in head and head.lstrip("\ufeff").lstrip().startswith("<?xml"):
        raise NoticeError("这是 Word 2003 的 XML 文件，请在 Word 里另存为 .docx 再发")
    return "web" if _WEB.match(head.lstrip("\ufeff")) else None


def _old_office(data: bytes) -> str:
    """The container of old Office files also holds new ones with a password; its folders have names in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "Word 文件加了密码，请去掉密码后再发"
    if "WordDocument".encode("utf-16-le") in data:
        return "这是旧版 Word 文件（.doc），请在 Word 或 WPS 里打开，另存为 .docx 再发"
    return "这是旧版 Office 文件，请打开后另存为 .docx 或 PDF 再发"


def _extracted(kind: str, data: bytes, limits: Limits) -> list[tuple[str, str, bool]]:
    """Runs bot.plan.extracting; it is killed when its time is over."""
    command = [
        sys.executable,
        "-P",
        "-m",
        "bot.plan.extracting",
        kind,
        str(limits.memory),
        str(ceil(limits.seconds) + 1),
    ]
    # Nothing of this process's environment: there may be secrets in it.
    environment = {"PYTHONPATH": str(_BOT.parent), "PYTHONDONTWRITEBYTECODE": "1"}
    environment |= {name: os.environ[name] for name in ("SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 -- the command is ours, the file comes by standard input
            command, input=data, capture_output=True, timeout=limits.seconds, check=False, env=environment, cwd=_BOT
        )
    except subprocess.TimeoutExpired as error:
        raise NoticeError(
            f"文件太复杂，{limits.seconds:g} 秒里没有读完。请复制其中的文字，存为纯文本（.txt）再发"
        ) from error
    if done.returncode:
        raise NoticeError("文件读不了：可能已损坏，或太大太复杂。请复制其中的文字，存为纯文本（.txt）再发")
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise NoticeError(answer["refused"])
    return [(text, place, aside) for text, place, aside in answer["lines"]]
