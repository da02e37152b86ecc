"""The process in which a file that somebody sent is taken apart; started by bot.plan.documents.

Reads the file from standard input and writes its lines as JSON. It is a process of its own, with bounds on its memory
and its time, because a file may be made to make a parser run for ever, take all memory or crash.
"""

import json
import sys
from collections.abc import Callable
from typing import Any

from bot.errors import NoticeError
from bot.plan.text_lines import TextLine

MAX_CHARACTERS = 1024 * 1024


def main(kind: str, memory: int, seconds: int) -> None:
    """Writes `{"lines": [[text, place, aside], …]}` or `{"refused": reason}`."""
    _bound(memory, seconds)
    data = sys.stdin.buffer.read()
    answer: dict[str, Any]
    try:
        lines = _reader(kind)(data)
        if sum(len(line.text) for line in lines) > MAX_CHARACTERS:
            raise NoticeError(f"文件里的文字超过 {MAX_CHARACTERS // 10_000} 万字，不像通知，请只发通知的文字")
        answer = {"lines": lines}
    except NoticeError as refused:
        answer = {"refused": str(refused)}
    sys.stdout.buffer.write(json.dumps(answer).encode())


def _reader(kind: str) -> Callable[[bytes], list[TextLine]]:
    """Imported when the bounds are set."""
    if kind == "word":
        from bot.plan.word_file import read_word  # noqa: PLC0415

        return read_word
    if kind == "pdf":
        from bot.plan.pdf_file import read_pdf  # noqa: PLC0415

        return read_pdf
    from bot.plan.web_page import read_web_archive, read_web_page  # noqa: PLC0415

    return read_web_archive if kind == "web archive" else read_web_page


def _bound(memory: int, seconds: int) -> None:
    """Memory in bytes, processor time in seconds, and no file of this process may grow. Windows has no such limits."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform != "darwin":  # macOS refuses it
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
