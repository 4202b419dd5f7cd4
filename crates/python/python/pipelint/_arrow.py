"""pyarrow, which has no types of its own."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def pyarrow() -> Any:
    """The module ``pyarrow``."""
    return import_module("pyarrow")
