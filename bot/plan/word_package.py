"""The parts of a Word file (.docx is a ZIP archive of XML), read with bounds; used by bot.plan.word_file.

Nothing outside the archive is ever fetched: relations are only used to find parts by name. A document type declaration
is refused, as Office Open XML does not have any, and with it every entity.
"""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import NoReturn
from xml.etree import ElementTree

from bot.errors import NoticeError

MAX_ENTRIES = 5_000
MAX_UNPACKED = 60 * 1024 * 1024
"""Bytes of all parts that are read; a notice has well under one MiB."""

_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_OTHER_ARCHIVES = (
    ("xl/", "这是 Excel 表格，不是通知的正文，请发 Word（.docx）、PDF 或纯文本（.txt）"),
    ("ppt/", "这是 PowerPoint 文件，请发通知的 Word（.docx）、PDF 或纯文本（.txt）"),
    ("OFD.xml", "这是 OFD 版式文件，请在 WPS 或阅读器里另存为 PDF 或 Word（.docx）再发"),
    ("content.xml", "这是 OpenDocument 文件，请另存为 Word（.docx）再发"),
)
_DAMAGED = "Word 文件不完整或已损坏，请重新下载，或在 Word 里打开后另存为 .docx 再发"

Element = ElementTree.Element


class _NoDeclaration(ElementTree.TreeBuilder):
    def doctype(self, _name: str, _public: str | None, _system: str | None) -> NoReturn:
        raise NoticeError("Word 文件里有不该有的 XML 声明（DOCTYPE），不予读取，请在 Word 里打开后另存为 .docx 再发")


def name_of(element: Element) -> str:
    """`p` for w:p in either flavour of Office Open XML; `:t` for what is not of Word's own, such as m:t."""
    space, _, name = element.tag.rpartition("}")
    return name if space[1:] in _WORD else f":{name}"


def attribute(element: Element | None, name: str) -> str | None:
    """An attribute by its last word, whatever its namespace."""
    if element is None:
        return None
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)


def child(element: Element | None, *path: str) -> Element | None:
    """The first descendant along the path of names."""
    for name in path:
        element = next((below for below in element if name_of(below) == name), None) if element is not None else None
    return element


class Package:
    """The archive; every method raises NoticeError for what is damaged, encrypted or too large."""

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            names = self._archive.namelist()
        except (zipfile.BadZipFile, ValueError, OSError, EOFError) as error:
            raise NoticeError(_DAMAGED) from error
        if len(names) > MAX_ENTRIES:
            raise NoticeError(f"压缩文件里有 {len(names)} 个文件，不像 Word 文件，请另存为 .docx 再发")
        self._names = set(names)
        self._left = MAX_UNPACKED
        self.main = self._main_part()

    def _main_part(self) -> str:
        main = next(self._related("", "officeDocument"), "word/document.xml")
        if main.startswith(("xl/", "ppt/")) or main not in self._names:
            for start, advice in _OTHER_ARCHIVES:
                if any(name.startswith(start) for name in self._names):
                    raise NoticeError(advice)
            raise NoticeError("这是压缩文件，不是 Word 文件，请解压后发里面的通知（.docx、PDF 或 .txt）")
        return main

    def related(self, kind: str) -> Iterator[Element]:
        """The parts of the kind (`footnotes`, `header`) that the main part refers to."""
        for name in self._related(self.main, kind):
            if name in self._names:
                yield self.read(name)

    def _related(self, part: str, kind: str) -> Iterator[str]:
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations not in self._names:
            return
        for relation in self.read(relations):
            if relation.get("TargetMode") == "External" or not (relation.get("Type") or "").endswith(f"/{kind}"):
                continue
            target = relation.get("Target") or ""
            yield posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")

    def read(self, name: str) -> Element:
        """The part's root."""
        return _parsed(self._unpacked(name))

    def _unpacked(self, name: str) -> bytes:
        """Bounded while it is unpacked: what the archive says of its sizes is not trusted."""
        try:
            with self._archive.open(name) as file:
                data = file.read(self._left + 1)
        except RuntimeError as error:  # zipfile's word for an encrypted entry
            raise NoticeError("Word 文件加了密码，请去掉密码后再发") from error
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError) as error:
            raise NoticeError(_DAMAGED) from error
        self._left -= len(data)
        if self._left < 0:
            raise NoticeError(f"Word 文件解压后超过 {MAX_UNPACKED // 1024 // 1024} MiB，不像通知，请只发通知的文字")
        return data


def _parsed(data: bytes) -> Element:
    parser = ElementTree.XMLParser(target=_NoDeclaration())  # noqa: S314
    try:
        parser.feed(data)
        root: Element = parser.close()
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise NoticeError(_DAMAGED) from error
    return root
