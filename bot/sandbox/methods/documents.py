"""Files: sendDocument, and getFile for what people uploaded."""

from typing import Any

from bot.sandbox.acts import MAX_CAPTION
from bot.sandbox.errors import RefusedError, bad_request
from bot.sandbox.files import MAX_DOWNLOAD_BYTES, MAX_UPLOAD_BYTES
from bot.sandbox.formatting import bot_text
from bot.sandbox.keyboard import parse_markup
from bot.sandbox.message import Document, utf16_length
from bot.sandbox.methods.sending import find_place, post
from bot.sandbox.params import Params
from bot.sandbox.world import World


def send_document(world: World, params: Params) -> dict[str, Any]:
    place = find_place(world, params)
    caption = bot_text(
        params.text("caption"), params.text("parse_mode"), params.structure("caption_entities", "caption entities")
    )
    if utf16_length(caption.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    markup = parse_markup(params.structure("reply_markup", "reply keyboard markup"))
    return post(world, params, place, caption, markup=markup, document=_document(world, params))


def get_file(world: World, params: Params) -> dict[str, Any]:
    file_id = params.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    stored = world.files.by_id(file_id)
    if stored is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    document = stored.document
    if document.size > MAX_DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {
        "file_id": document.file_id,
        "file_unique_id": document.unique_id,
        "file_size": document.size,
        "file_path": stored.path,
    }


def _document(world: World, params: Params) -> Document:
    """The file that was sent: in the part `document`, in another part named by attach://, or known by its file_id."""
    given = params.text("document")
    upload = params.uploads.get(given.removeprefix("attach://") if given.startswith("attach://") else "document")
    if upload is not None:
        if not upload.content:
            raise bad_request("file must be non-empty")
        if len(upload.content) > MAX_UPLOAD_BYTES:
            raise RefusedError(413, "Request Entity Too Large")
        return world.files.keep(upload.name, upload.mime_type, upload.content)
    if not given or given.startswith("attach://"):
        raise bad_request("there is no document in the request")
    if given.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    stored = world.files.by_id(given)
    if stored is None:
        raise bad_request("wrong remote file identifier specified: can't unserialize it. Wrong last symbol")
    return stored.document


METHODS = {"sendDocument": send_document, "getFile": get_file}
