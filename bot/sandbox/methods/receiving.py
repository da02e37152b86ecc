"""How the bot gets its updates: getUpdates, and the webhook instead of it."""

from typing import Any

from bot.sandbox.errors import bad_request, conflict
from bot.sandbox.params import Params
from bot.sandbox.updates import MAX_LIMIT, WEBHOOK_ACTIVE
from bot.sandbox.webhook import Webhook
from bot.sandbox.world import World


async def get_updates(world: World, params: Params) -> list[dict[str, Any]]:
    if world.webhooks.webhook is not None:
        raise conflict(WEBHOOK_ACTIVE)
    world.updates.allow(_allowed(params))
    return await world.updates.poll(
        params.integer("offset"), params.integer("limit", MAX_LIMIT), params.number("timeout")
    )


def set_webhook(world: World, params: Params) -> bool:
    allowed = _allowed(params)
    url = params.text("url").strip()
    if url:
        webhook = Webhook(
            url,
            params.text("secret_token"),
            params.integer("max_connections", 40),
            "certificate" in params.uploads,
        )
        world.webhooks.set(webhook)
    else:
        world.webhooks.delete()
    world.updates.allow(allowed)
    if params.flag("drop_pending_updates"):
        world.updates.clear()
    return True


def delete_webhook(world: World, params: Params) -> bool:
    world.webhooks.delete()
    if params.flag("drop_pending_updates"):
        world.updates.clear()
    return True


def get_webhook_info(world: World, params: Params) -> dict[str, Any]:
    return world.webhooks.info()


def _allowed(params: Params) -> list[str] | None:
    kinds = params.structure("allowed_updates", "allowed updates")
    if kinds is None:
        return None
    if not isinstance(kinds, list) or not all(isinstance(kind, str) for kind in kinds):
        raise bad_request("can't parse allowed updates: expected an Array of String")
    return kinds


METHODS = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
