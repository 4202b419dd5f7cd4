"""Checks of columns."""

from __future__ import annotations

import json
import threading
import time
from typing import Any

import pipelint
import pipelint.pandas
import pipelint.polars
import polars as pl
import pandas as pd
import pyarrow as pa
import pytest

DEAL = "leadlex/create-deal"
NOW = "2026-03-01T00:00:00Z"
TEXTS = ['{"name": "Zoë"}', None, '{"name": "A", "probability": 120, "colour": 1}', "{", '{"name": "B"}']


def expected(text: str | None) -> dict[str, Any] | None:
    if text is None:
        return None
    report = pipelint.check(DEAL, text, now=NOW)
    return {
        "ok": report.ok,
        "errors": report.error_count,
        "diagnostics": [
            {
                "rule": one.rule,
                "severity": one.severity,
                "message": one.message,
                "pointer": one.pointer,
                "line": one.line,
                "column": one.column,
                "end_line": one.end_line,
                "end_column": one.end_column,
                "offset": one.offset,
                "length": one.length,
                "help": one.help,
                "source": one.source,
                "fix": one.fix and {"title": one.fix.title, "applicability": one.fix.applicability},
            }
            for one in report.diagnostics
        ],
    }


EXPECTED = [expected(text) for text in TEXTS]


def checked(data: Any, **options: Any) -> Any:
    result: Any = pipelint.check_arrow(DEAL, data, now=NOW, **options)
    made = pa.chunked_array(result) if hasattr(result, "__arrow_c_stream__") else pa.array(result)
    made.validate(full=True)
    assert len(result) == len(made)
    return made


@pytest.mark.parametrize(
    "kind",
    [pa.string(), pa.large_string(), pa.string_view(), pa.binary(), pa.large_binary(), pa.binary_view()],
    ids=str,
)
def test_every_type_of_text_gives_the_reports_of_single_payloads(kind: Any) -> None:
    column = pa.array(TEXTS, pa.string()).cast(kind)
    assert checked(column).to_pylist() == EXPECTED
    assert checked(column[1:4]).to_pylist() == EXPECTED[1:4]
    assert checked(column[:0]).to_pylist() == []


def test_a_chunked_array_keeps_its_chunks() -> None:
    column = pa.chunked_array([TEXTS[:2], TEXTS[2:]])
    result = checked(column)
    assert result.num_chunks == 2
    assert result.to_pylist() == EXPECTED


def test_a_column_of_a_batch_or_table_is_named() -> None:
    table = pa.table({"id": range(5), "body": TEXTS})
    assert checked(table, column="body").to_pylist() == EXPECTED
    assert checked(table.to_batches()[0], column="body").to_pylist() == EXPECTED
    assert checked(table.to_reader(), column="body").to_pylist() == EXPECTED
    with pytest.raises(ValueError, match="the columns are `id`, `body`"):
        pipelint.check_arrow(DEAL, table, column="bdy")


def test_a_row_is_a_payload() -> None:
    rows = pa.table({"name": ["A", "", "C"], "probability": pa.array([120, 5, None], pa.int32())})
    results = checked(rows).to_pylist()
    assert [row["ok"] for row in results] == [False, False, True]
    assert [one["pointer"] for one in results[0]["diagnostics"]] == ["/probability"]
    structs = pa.array([{"name": "A"}, None], pa.struct([("name", pa.string())]))
    assert [row and row["ok"] for row in checked(structs).to_pylist()] == [True, None]


def test_nulls_give_nulls() -> None:
    assert checked(pa.nulls(2)).to_pylist() == [None, None]


def test_what_is_not_a_column_of_payloads_is_refused() -> None:
    with pytest.raises(TypeError, match="cast the column first"):
        pipelint.check_arrow(DEAL, pa.array([1, 2]))
    with pytest.raises(TypeError, match="is not an Arrow array"):
        pipelint.check_arrow(DEAL, ["{}"])
    with pytest.raises(ValueError, match="needs a record batch"):
        pipelint.check_arrow(DEAL, pa.array(["{}"]), column="a")


def test_text_is_not_copied() -> None:
    text = json.dumps({"name": "A", "notes": "x" * 1000})
    column = pa.array([text] * 20_000)
    before = pa.total_allocated_bytes()
    result: Any = pipelint.check_arrow(DEAL, column, now=NOW)
    held = pa.array(result).nbytes
    # Arrow's own allocator gave nothing, and the result holds no text of the 20 MB.
    assert pa.total_allocated_bytes() == before
    assert held < 1_000_000


def test_the_interpreter_runs_while_a_column_is_checked() -> None:
    column = pa.array([json.dumps({"name": "A", "notes": "x" * 200, "colour": 1})] * 300_000)
    ticks: list[float] = []
    done = threading.Event()

    def tick() -> None:
        while not done.is_set():
            ticks.append(time.monotonic())
            time.sleep(0.001)

    thread = threading.Thread(target=tick)
    thread.start()
    start = time.monotonic()
    pipelint.check_arrow(DEAL, column, now=NOW)
    end = time.monotonic()
    done.set()
    thread.join()
    assert len([at for at in ticks if start < at < end]) >= 10


def test_a_series_of_pandas_is_checked() -> None:
    series = pd.Series(TEXTS, index=list("abcde"))
    frame = series.pipelint.check(DEAL, now=NOW)
    assert list(frame.index) == list("abcde")
    assert frame["ok"].tolist()[0] is True and frame["ok"].isna().tolist()[1]
    assert frame["errors"].tolist()[2] == EXPECTED[2]["errors"]  # type: ignore[index]
    assert frame["diagnostics"].iloc[3][0]["rule"] == EXPECTED[3]["diagnostics"][0]["rule"]  # type: ignore[index]
    assert pd.Series([], dtype=object).pipelint.check(DEAL).empty


def test_a_series_of_polars_is_checked() -> None:
    result = pl.Series("body", TEXTS).pipelint.check(DEAL, now=NOW)  # type: ignore[attr-defined]
    assert result.to_list() == EXPECTED
