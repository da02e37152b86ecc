"""`python -m bot.sandbox`: the sandbox by itself, for a bot that is started elsewhere."""

import argparse
import asyncio
import logging
import sys

from bot.sandbox.cast import DEFAULT_TOKEN
from bot.sandbox.server import Sandbox


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description="A local stand-in for Telegram.")
    parser.add_argument("--port", type=int, default=0, help="0 (default): a free one")
    parser.add_argument("--address", default="127.0.0.1", help="0.0.0.0 lets a phone in the same network in")
    parser.add_argument("--token", default=DEFAULT_TOKEN, help="the token that the bot must use")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    try:
        asyncio.run(_serve(Sandbox(arguments.token, arguments.port, address=arguments.address)))
    except KeyboardInterrupt:
        return 0
    except OSError as error:
        sys.stderr.write(f"无法监听端口 {arguments.port}：{error.strerror}\n")
        return 1
    return 0


async def _serve(sandbox: Sandbox) -> None:
    async with sandbox:
        sys.stdout.write(f"聊天页面：{sandbox.url}\nTELEGRAM_API_URL={sandbox.api_url}\nADMIN_IDS={sandbox.admin_id}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    raise SystemExit(main())
