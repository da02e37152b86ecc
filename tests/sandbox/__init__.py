"""The sandbox: a stand-in for Telegram, tested over HTTP."""
