"""A local stand-in for Telegram: the Bot API over HTTP, and a page to chat on.

The runner starts it when there is no token, the end-to-end tests always. It is the other side of the wire: it imports
nothing of the bot, and the bot reaches it over HTTP only.
"""

from bot.sandbox.cast import ADMIN_ID, DEFAULT_TOKEN, FORUM_ID, GROUP_ID, STAFF_ID
from bot.sandbox.server import Sandbox, make_app
from bot.sandbox.world import World

__all__ = ["ADMIN_ID", "DEFAULT_TOKEN", "FORUM_ID", "GROUP_ID", "STAFF_ID", "Sandbox", "World", "make_app"]
