"""The bytes of a notice -> its numbered lines, and which of them are the page's furniture; used by bot.plan.notice."""

import re
from typing import NamedTuple

from bot.errors import NoticeError
from bot.plan.yaml_tree import FORBIDDEN, MAX_BYTES

_FURNITURE = re.compile(
    r"[•·\s]*(?:分享|打印|关闭|字号|字体|\(字[号体]|发布(?:时间|日期)|扫一扫|收藏|来源|信息来源|作者|浏览|阅读|点击|访问|当前位置|您的位置|首页|"
    r"返回|原文件下载|文件下载|附件下载|是否规范性文件|内容概述|主题词|主题分类|有效性|发布机构|责任编辑|编辑:|审核:|"
    r"网站地图|联系我们|微信|微博)"
)
"""How a line of a government site's page begins that is no part of the document."""

_END = re.compile(
    r"附\s*件|附\s*[:表]|相关(?:解读|链接|文件|稿件|阅读|附件|信息|新闻)|上一[篇条]|下一[篇条]|抄\s*送|主送|版权所有|主办单位|承办单位|"
    r"\(?此件|公开方式|扫一扫|.*(?:ICP备|公网安备)|.*办公室\s+20\d\d年\d+月\d+日印发"
)
"""How a line begins behind which the document is over."""

_COPIES = re.compile(r"(?:抄\s*送|抄\s*报|分\s*送)[:机单]")
"""The distribution list (版记) of a printed document."""

_SHORT = 60
_FOLDED = {0xFF01 + offset: 0x21 + offset for offset in range(94)} | {
    **dict.fromkeys(map(ord, "[〔【﹝\uff3b"), "("),
    **dict.fromkeys(map(ord, "]〕】﹞\uff3d"), ")"),
}


class Line(NamedTuple):
    """A line that is not blank: its number, from 1, and its text without the blanks around it."""

    number: int
    text: str


def folded(text: str) -> str:
    """The text with full-width forms made half-width and every bracket round: for matching, never for storing.

    Has the same length, so that what matched is cut from the text itself.
    """
    return text.translate(_FOLDED)


def text_lines_of(data: bytes) -> list[str]:
    """The lines of a notice in UTF-8, GB18030 or UTF-16 with its mark; raises NoticeError."""
    if len(data) > MAX_BYTES:
        raise NoticeError(f"文字超过 {MAX_BYTES // 1024 // 1024} MiB，请只发通知的文字")
    try:
        text = decoded_text(data)
    except UnicodeDecodeError as error:
        raise NoticeError("不是 UTF-8 或 GB18030 编码的文字，请另存为 UTF-8 的纯文本（.txt）再发") from error
    lines = text.splitlines()
    for number, line in enumerate(lines, start=1):
        bad = FORBIDDEN.search(line.strip())
        if bad:
            raise NoticeError(f"第 {number} 行有看不见的控制字符 U+{ord(bad.group()):04X}，请删去后再发")
    if sum("\u4e00" <= character <= "\u9fff" for character in text) * 4 < len("".join(text.split())):
        raise NoticeError("读不出中文，可能是编码不对或不是通知，请另存为 UTF-8 的纯文本（.txt）再发")
    return lines


def decoded_text(data: bytes, errors: str = "strict") -> str:
    """The text of the bytes; `errors` as in bytes.decode, which raises UnicodeDecodeError unless told otherwise."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors)


def is_furniture(text: str) -> bool:
    """Whether the line belongs to the page around the document (share buttons, navigation)."""
    shape = folded(text)
    return (
        len(text) <= _SHORT
        and "。" not in text
        and bool(_FURNITURE.match(shape) or re.search(r"\S\s*[>»]\s*\S", shape))
    )


def is_end(text: str) -> bool:
    """Whether the document ends before this line: an annex, the distribution list, the page's foot."""
    shape = folded(text)
    return bool(_COPIES.match(shape)) or (len(text) <= _SHORT and "。" not in text and bool(_END.match(shape)))


def is_prose(text: str) -> bool:
    """Whether the line has punctuation: a paragraph rather than a caption or a button."""
    return bool(re.search(r"[。;,、:!?]", folded(text)))
