"""The chat room's own rules; what people see of them end to end is in tests/e2e."""
