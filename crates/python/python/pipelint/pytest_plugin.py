"""The pytest plugin: the fixture ``assert_payload``."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipelint._native import Report


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the setting of the time."""
    parser.addini(
        "pipelint_now",
        "the time at which payloads are judged, as RFC 3339; without it, the clock",
        default="",
    )


@pytest.fixture
def assert_payload(request: pytest.FixtureRequest) -> Callable[..., Report]:
    """Asserts that a payload has no errors: ``assert_payload("leadlex/create-deal", data)``."""
    from pipelint import testing

    now: str = request.config.getini("pipelint_now")
    return partial(testing.assert_payload, now=now) if now else testing.assert_payload
