"""What the tests of the import share: formats that are left to CI."""

import pytest


@pytest.fixture(autouse=True)
def _rare(request: pytest.FixtureRequest) -> None:
    """A test marked `rare` runs in CI, or with --slow (tests/conftest.py)."""
    if request.node.get_closest_marker("rare"):
        request.getfixturevalue("slow")
