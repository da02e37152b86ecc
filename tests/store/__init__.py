"""The store, on SQLite; what it keeps and what it says when it can't."""
