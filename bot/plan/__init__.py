"""The knowledge: what a plan and the lexicon are, reading and writing their files, checking them, importing a notice.

Knows no Telegram and no database; no other room touches files.
"""
