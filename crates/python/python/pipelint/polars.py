"""Registers ``Series.pipelint`` in Polars.

>>> import pipelint.polars
>>> frame["body"].pipelint.check("leadlex/create-deal")  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from pipelint._native import check_arrow

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from pipelint._options import Now, Options


@pl.api.register_series_namespace("pipelint")
class PipelintNamespace:
    """Checks a series of payloads: text, binary or structs."""

    def __init__(self, series: pl.Series) -> None:
        self._series = series

    def check(
        self, payload: str, /, *, now: Now | None = None, **options: Unpack[Options]
    ) -> pl.Series:
        """A struct series: ``ok``, ``errors`` and ``diagnostics``. A null gives a null."""
        verdicts = check_arrow(payload, self._series, now=now, **options)
        return pl.Series("pipelint", verdicts)
