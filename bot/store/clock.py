"""What the store takes the time from: time.time, or a test's own."""

from collections.abc import Callable

Clock = Callable[[], float]
"""Seconds since 1970."""
