"""A Telegram bot that answers from a district education bureau's yearly work plan."""
