"""``python -m pipelint.spark``: splits a data set into good and bad records."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from pyspark.sql import SparkSession
from pyspark.storagelevel import StorageLevel

from pipelint import PipelintError
from pipelint.spark import check, faults, split

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m pipelint.spark",
        description="Checks every record of a data set with Spark, and writes the records without "
        "errors, those with errors, and a table of the faults.",
    )
    parser.add_argument("input", help="a file, folder or URL that Spark reads")
    parser.add_argument("--payload", required=True, help="such as leadlex/create-deal")
    parser.add_argument("--good", required=True, help="folder for the records without errors")
    parser.add_argument("--bad", required=True, help="folder for the records with errors")
    parser.add_argument("--report", help="folder for the table of faults, as CSV")
    parser.add_argument(
        "--format",
        choices=["json-lines", "parquet"],
        default="json-lines",
        help="json-lines: each line is a payload; parquet: see --column",
    )
    parser.add_argument(
        "--column",
        help="the Parquet column with the payload; without it, the whole row is the payload",
    )
    parser.add_argument("--day", help="the Parquet column by whose day the table counts")
    parser.add_argument("--now", help="judge dates as of this RFC 3339 time")
    parser.add_argument("--config", help="a pipelint.toml; it is read on the driver's machine")
    parser.add_argument("--master", help="the cluster; without it, spark-submit's or local[*]")
    return parser


def main() -> int:
    """Runs the job. Returns 0, or 2 if the options are not valid."""
    arguments = _arguments().parse_args()
    is_text = arguments.format == "json-lines"
    if is_text and (arguments.column or arguments.day):
        _arguments().error("--column and --day need --format parquet")
    is_local = (arguments.master or "local").startswith("local")
    if is_local and "PYSPARK_GATEWAY_PORT" not in os.environ:
        # Not by spark-submit: workers on this machine use this environment's interpreter.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName(f"pipelint {arguments.payload}")
    if arguments.master:
        builder = builder.master(arguments.master)
    session = builder.getOrCreate()
    try:
        return _run(session, arguments, is_text)
    except PipelintError as error:
        print(f"pipelint.spark: {error}", file=sys.stderr)
        return 2
    finally:
        session.stop()


def _run(session: SparkSession, arguments: argparse.Namespace, is_text: bool) -> int:
    frame: DataFrame
    if is_text:
        frame = session.read.text(arguments.input)
        # Blank lines are not records.
        frame = frame.where("trim(value) != ''")
        column: str | None = "value"
    else:
        frame = session.read.parquet(arguments.input)
        column = arguments.column
    options = {"config": arguments.config} if arguments.config else {}
    checked = check(frame, column, arguments.payload, now=arguments.now, **options)
    # Three outputs are written from one check.
    checked = checked.persist(StorageLevel.MEMORY_AND_DISK)
    good, bad = split(checked)
    if is_text:
        good.select("value").write.text(arguments.good)
        bad.selectExpr("value", "pipelint.diagnostics AS diagnostics").write.json(arguments.bad)
    else:
        good.drop("pipelint").write.parquet(arguments.good)
        bad.write.parquet(arguments.bad)
    if arguments.report:
        table = faults(checked, day=arguments.day)
        table.coalesce(1).write.csv(arguments.report, header=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
