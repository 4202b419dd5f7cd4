"""JSON pointers as the tuples that pydantic and FastAPI use."""

from __future__ import annotations


def location(pointer: str) -> tuple[str | int, ...]:
    """The steps of a JSON pointer (RFC 6901); array indexes are numbers."""
    steps = (step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:])
    return tuple(int(step) if step.isascii() and step.isdigit() else step for step in steps)
