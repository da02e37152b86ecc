"""From a question's text to ranked points; knows plans, but nothing of intents, Telegram or files."""
