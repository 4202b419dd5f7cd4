"""Registers ``Series.pipelint`` in pandas.

>>> import pipelint.pandas
>>> frame["body"].pipelint.check("leadlex/create-deal")  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelint._arrow import pyarrow
from pipelint._native import check_arrow

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from pipelint._options import Now, Options


@pd.api.extensions.register_series_accessor("pipelint")
class PipelintAccessor:
    """Checks a series of payloads as JSON text."""

    def __init__(self, series: pd.Series[Any]) -> None:
        self._series = series

    def check(
        self, payload: str, /, *, now: Now | None = None, **options: Unpack[Options]
    ) -> pd.DataFrame:
        """A frame with the series' index: ``ok``, ``errors`` and ``diagnostics``.

        A missing payload gives missing values.
        """
        pa = pyarrow()
        column = pa.array(self._series, from_pandas=True)
        verdicts = check_arrow(payload, column, now=now, **options)
        is_chunked = hasattr(verdicts, "__arrow_c_stream__")
        result = pa.chunked_array(verdicts) if is_chunked else pa.array(verdicts)
        rows: list[dict[str, Any] | None] = result.to_pylist()
        empty: dict[str, Any] = {"ok": None, "errors": None, "diagnostics": None}
        frame = pd.DataFrame([row or empty for row in rows], index=self._series.index)
        return frame.reindex(columns=list(empty)).astype({"ok": "boolean", "errors": "Int32"})
