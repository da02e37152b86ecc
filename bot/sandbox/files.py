"""The files in the chats, in memory: people's uploads and the bot's documents.

Filled by sendDocument and the control API's uploads; read by getFile, the download address and the page.
"""

import hashlib
from dataclasses import dataclass
from pathlib import PurePosixPath

from bot.sandbox.message import Document

MAX_UPLOAD_BYTES = 50 * 1024 * 1024  # a bot's sendDocument
MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024  # a bot's getFile


@dataclass(frozen=True)
class StoredFile:
    document: Document
    path: str
    content: bytes


class FileStore:
    """Files by their file_id and by their path."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def keep(self, name: str, mime_type: str, content: bytes) -> Document:
        number = len(self._by_id) + 1
        base = name.replace("\\", "/").rsplit("/", 1)[-1] or "file"
        unique_id = "AgAD" + hashlib.sha256(f"{number}:{base}".encode()).hexdigest()[:12]
        document = Document(f"BQACAgUAAxkBAAI{number:08d}{unique_id}", unique_id, base, mime_type, len(content))
        path = f"documents/file_{number}{PurePosixPath(base).suffix if base.isascii() else ''}"
        stored = StoredFile(document, path, content)
        self._by_id[document.file_id] = stored
        self._by_path[path] = stored
        return document

    def by_id(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def by_path(self, path: str) -> StoredFile | None:
        return self._by_path.get(path)
