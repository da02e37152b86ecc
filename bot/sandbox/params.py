"""The parameters of a Bot API call, however they came: query string, form, multipart or JSON.

`api.py` reads them from the request; the methods take them out by name and kind.
"""

import json
from dataclasses import dataclass, field
from typing import Any

from tornado.httputil import HTTPServerRequest

from bot.sandbox.errors import bad_request


@dataclass(frozen=True)
class Upload:
    """A file that came with a call."""

    name: str
    mime_type: str
    content: bytes


@dataclass(frozen=True)
class Params:
    """Values by name: text from forms, any JSON value from a JSON body."""

    values: dict[str, Any]
    uploads: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        value = self.values.get(name)
        if value is None:
            return default
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def flag(self, name: str) -> bool:
        return self.text(name).strip().lower() in {"true", "1", "yes", "y", "t"}

    def integer(self, name: str, default: int = 0) -> int:
        try:
            return int(self.text(name).strip())
        except ValueError:
            return default

    def number(self, name: str, default: float = 0.0) -> float:
        try:
            return float(self.text(name).strip())
        except ValueError:
            return default

    def structure(self, name: str, what: str) -> Any:
        """A JSON value, None where absent; raises `RefusedError` ("can't parse `what` JSON object")."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value.strip():
            return None
        try:
            return json.loads(value)
        except ValueError as error:
            raise bad_request(f"can't parse {what} JSON object") from error

    def chat_id(self) -> int:
        """The chat's number; raises `RefusedError` where it is missing or names no chat here."""
        text = self.text("chat_id").strip()
        if not text:
            raise bad_request("chat_id is empty")
        try:
            return int(text)
        except ValueError:
            raise bad_request("chat not found") from None

    def shown(self) -> dict[str, Any]:
        """The parameters for the log of calls: JSON decoded, files by name and size."""
        shown: dict[str, Any] = {}
        for name, value in self.values.items():
            shown[name] = _decoded(value)
        for name, upload in self.uploads.items():
            shown[name] = {"file_name": upload.name, "file_size": len(upload.content), "mime_type": upload.mime_type}
        return shown


def read_params(request: HTTPServerRequest) -> Params:
    """The request's parameters; raises `RefusedError` for a body that cannot be read."""
    values: dict[str, Any] = {}
    for arguments in (request.query_arguments, request.body_arguments):
        for name, given in arguments.items():
            try:
                values[name] = given[-1].decode("utf-8")
            except UnicodeDecodeError:
                raise bad_request("strings must be encoded in UTF-8") from None
    if request.headers.get("Content-Type", "").partition(";")[0].strip().lower() == "application/json" and request.body:
        values |= _json_object(request.body)
    uploads = {
        name: Upload(files[-1]["filename"], files[-1]["content_type"], files[-1]["body"])
        for name, files in request.files.items()
        if files
    }
    return Params(values, uploads)


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body)
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(value, dict):
        raise bad_request("can't parse JSON object")
    return value


def _decoded(value: Any) -> Any:
    if not isinstance(value, str) or value[:1] not in {"{", "["}:
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
