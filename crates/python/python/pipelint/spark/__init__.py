"""Checks on Spark, in the executors' Python workers, through Arrow.

>>> from pipelint import spark
>>> checked = spark.check(frame, "body", "leadlex/create-deal")  # doctest: +SKIP
>>> good, bad = spark.split(checked)  # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from pyspark.sql import DataFrame
from pyspark.sql import functions as sql
from pyspark.sql.types import (
    ArrayType,
    BooleanType,
    IntegerType,
    StringType,
    StructField,
    StructType,
)

from pipelint._native import Checker

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from pipelint._options import Now, Options

VERDICT = "pipelint"
"""The default name of the column that :func:`check` adds."""

_FIX = StructType([StructField("title", StringType()), StructField("applicability", StringType())])
_DIAGNOSTIC = StructType(
    [
        *(StructField(name, StringType()) for name in ("rule", "severity", "message", "pointer")),
        *(
            StructField(name, IntegerType())
            for name in ("line", "column", "end_line", "end_column", "offset", "length")
        ),
        StructField("help", StringType()),
        StructField("source", StringType()),
        StructField("fix", _FIX),
    ]
)
_VERDICT = StructType(
    [
        StructField("ok", BooleanType()),
        StructField("errors", IntegerType()),
        StructField("diagnostics", ArrayType(_DIAGNOSTIC)),
    ]
)


def check(
    df: DataFrame,
    column: str | None,
    payload: str,
    /,
    *,
    now: Now | None = None,
    into: str = VERDICT,
    **options: Unpack[Options],
) -> DataFrame:
    """Adds a struct column: ``ok``, ``errors`` and ``diagnostics``.

    ``column`` holds the payload as text, binary or a struct; ``None`` takes the whole row. A null
    gives a null. Every task judges dates as of the same time: ``now``, or the time of this call.
    For streams, which run for days, this time is that of the query's start.
    """
    if into in df.columns:
        raise ValueError(f"the frame has a column `{into}`; choose another name with into=")
    if column is not None and column not in df.columns:
        raise ValueError(f"there is no column `{column}`; the columns are {df.columns}")
    # Wrong options fail here, not in a task.
    Checker(payload, **options)
    if now is None:
        now = datetime.now(timezone.utc)
    as_of = now

    def run(batches: Iterator[Any]) -> Iterator[Any]:
        # In the worker: the function travels without the native module.
        from pipelint import check_arrow
        from pipelint._arrow import pyarrow

        pa = pyarrow()
        for batch in batches:
            verdicts = check_arrow(payload, batch, column=column, now=as_of, **options)
            yield pa.RecordBatch.from_arrays(
                [*batch.columns, pa.array(verdicts)], names=[*batch.schema.names, into]
            )

    schema = StructType([*df.schema.fields, StructField(into, _VERDICT, True)])
    # Its type names pyarrow, too.
    spark_frame: Any = df
    checked: DataFrame = spark_frame.mapInArrow(run, schema)
    return checked


def split(df: DataFrame, *, column: str = VERDICT) -> tuple[DataFrame, DataFrame]:
    """Splits a checked frame into rows without errors and rows with errors.

    A null payload is in neither. The check runs once for each of the two, unless the checked
    frame is cached or written first.
    """
    verdict = sql.col(f"{column}.ok")
    return df.where(verdict), df.where(~verdict)


def faults(df: DataFrame, *, column: str = VERDICT, day: str | None = None) -> DataFrame:
    """Counts diagnostics by rule, severity and field, and by the day of the column ``day``.

    Array indexes in a pointer become ``*``, so that all items of a list count as one field.
    """
    keys = ["rule", "severity", "field"]
    columns = [sql.explode(f"{column}.diagnostics").alias("one")]
    if day is not None:
        keys.append("day")
        columns.append(sql.to_date(sql.col(day)).alias("day"))
    rows = df.select(*columns).select(
        sql.col("one.rule").alias("rule"),
        sql.col("one.severity").alias("severity"),
        sql.regexp_replace("one.pointer", r"/\d+(?=/|$)", "/*").alias("field"),
        *(["day"] if day is not None else []),
    )
    return rows.groupBy(*keys).agg(sql.count("*").alias("diagnostics")).orderBy(*keys)
