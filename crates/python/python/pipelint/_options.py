"""The types of the options."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Literal, TypeAlias, TypedDict

Severity: TypeAlias = Literal["error", "warning", "info"]
Level: TypeAlias = Literal["off", "info", "warning", "error"]
Now: TypeAlias = datetime | str


class Policy(TypedDict, total=False):
    """What a team allows in its own records. Omitted keys disable the check."""

    stages: Sequence[str]
    pipelines: Sequence[str]
    owners: Sequence[str]
    currencies: Sequence[str]
    choices: Mapping[str, Sequence[str]]
    least_value: int | float | str | Decimal
    greatest_value: int | float | str | Decimal


class Mask(TypedDict, total=False):
    """Values that no message shows."""

    properties: Sequence[str]
    meanings: Sequence[str]


class Limits(TypedDict, total=False):
    """Limits of each payload: levels of nesting, bytes, diagnostics."""

    depth: int
    size: int
    diagnostics: int


class Options(TypedDict, total=False):
    """The keyword arguments of every check, beside ``now``."""

    rules: Mapping[str, Level]
    policy: Policy
    locale: Literal["en", "de"]
    limits: Limits
    mask: Mask
    config: str | os.PathLike[str]
