"""Spark in local mode. `cluster.py` runs the same on a cluster."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pipelint
import pytest

pyspark = pytest.importorskip("pyspark")
pytestmark = [
    pytest.mark.spark,
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::UserWarning"),
]

DEAL = "leadlex/create-deal"
NOW = "2026-03-01T00:00:00Z"
TEXTS = ['{"name": "A"}', '{"name": "A", "probability": 120}', "{", None, '{"tags": [""]}']


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder: Any = SparkSession.builder
    session = (
        builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate()
    )
    yield session
    session.stop()


def test_a_column_gets_the_reports_of_single_payloads(session: Any) -> None:
    from pipelint import spark

    frame = session.createDataFrame(list(enumerate(TEXTS)), "id int, body string")
    checked = spark.check(frame, "body", DEAL, now=NOW).orderBy("id")
    for row in checked.collect():
        text = TEXTS[row.id]
        assert row.body == text
        if text is None:
            assert row.pipelint is None
            continue
        report = pipelint.check(DEAL, text, now=NOW)
        assert (row.pipelint.ok, row.pipelint.errors) == (report.ok, report.error_count)
        assert [(one.rule, one.pointer, one.message) for one in row.pipelint.diagnostics] == [
            (one.rule, one.pointer, one.message) for one in report.diagnostics
        ]
    good, bad = spark.split(checked)
    assert [row.id for row in good.collect()] == [0]
    assert [row.id for row in bad.collect()] == [1, 2, 4]
    table = spark.faults(checked).collect()
    assert ("schema/maximum", "error", "/probability", 1) in [tuple(row) for row in table]


def test_whole_rows_and_structs_are_payloads(session: Any) -> None:
    from pipelint import spark

    frame = session.createDataFrame([("A", 5), ("", 120)], "name string, probability int")
    rows = spark.check(frame, None, DEAL, now=NOW).collect()
    assert [(row.name, row.pipelint.ok) for row in rows] == [("A", True), ("", False)]
    nested = frame.selectExpr("struct(*) AS deal")
    assert [row.pipelint.ok for row in spark.check(nested, "deal", DEAL, now=NOW).collect()] == [
        True,
        False,
    ]


def test_wrong_arguments_fail_before_the_job(session: Any) -> None:
    from pipelint import spark

    frame = session.createDataFrame([("{}",)], "body string")
    with pytest.raises(ValueError, match="there is no column `bdy`"):
        spark.check(frame, "bdy", DEAL)
    with pytest.raises(pipelint.UnknownPayloadError):
        spark.check(frame, "body", "leadlex/create-dael")
    with pytest.raises(ValueError, match="into="):
        spark.check(frame, "body", DEAL, into="body")


def test_the_command_splits_json_lines(tmp_path: Path) -> None:
    texts = [text for text in TEXTS if text] * 25
    (tmp_path / "in.jsonl").write_text("\n".join(texts) + "\n\n")
    command = [sys.executable, "-m", "pipelint.spark", str(tmp_path / "in.jsonl")]
    command += ["--payload", DEAL, "--now", NOW, "--master", "local[2]"]
    for name in ("good", "bad", "report"):
        command += [f"--{name}", str(tmp_path / name)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)

    def lines(name: str) -> list[str]:
        files = sorted((tmp_path / name).glob("part-*"))
        return [line for file in files for line in file.read_text().splitlines()]

    assert lines("good") == [TEXTS[0]] * 25
    assert sorted(json.loads(line)["value"] for line in lines("bad")) == sorted(
        [text for text in texts if text != TEXTS[0]]
    )
    table = list(csv.DictReader(lines("report")))
    assert {"rule": "schema/maximum", "severity": "error", "field": "/probability",
            "diagnostics": "25"} in table
