"""Runs a job on a standalone Spark cluster on loopback, and kills a worker in the middle.

    python tests/cluster.py [RECORDS]

One master and two workers are started as processes of their own. The job runs twice: undisturbed,
and with one worker (and its executor) killed once the first tasks are done. Both outputs must be
equal, and each record must be in exactly one of them. Every diagnostic is compared with the one
that the library gives for the same record in this process.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pipelint

DEAL = "leadlex/create-deal"
NOW = "2026-03-01T00:00:00Z"
HOST = "127.0.0.1"
PARTS = 40
FIELDS = ("rule", "severity", "message", "pointer", "line", "column", "offset", "length", "help")


def record(number: int) -> str:
    """A deal; of seven, three have a fault."""
    deal: dict[str, Any] = {"name": f"Deal {number}", "probability": number % 101}
    match number % 7:
        case 1:
            deal["probability"] = 101 + number % 50
        case 3:
            deal["colour"] = "red"
            deal["currency"] = "eur"
        case 5:
            return json.dumps(deal)[:-1]
        case _:
            deal["notes"] = "Renewal of the frame contract. " * 8
    return json.dumps(deal)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        return int(listener.getsockname()[1])


class Cluster:
    """A master and two workers, each in a process group of its own."""

    def __init__(self, folder: Path) -> None:
        import pyspark

        self.home = Path(pyspark.__file__).parent
        self.port = free_port()
        self.master = f"spark://{HOST}:{self.port}"
        self._folder = folder
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._start("master", "master.Master", "--host", HOST, "--port", str(self.port),
                    "--webui-port", str(free_port()))
        self._await_port()
        for number in (1, 2):
            self._start(f"worker{number}", "worker.Worker", "--host", HOST, "--cores", "1",
                        "--memory", "1g", "--webui-port", str(free_port()),
                        "--work-dir", str(folder / f"work{number}"), self.master)

    def _start(self, name: str, kind: str, *arguments: str) -> None:
        environment = {
            **os.environ,
            "SPARK_HOME": str(self.home),
            "SPARK_LOCAL_IP": HOST,
            "PYSPARK_PYTHON": sys.executable,
            "SPARK_DAEMON_MEMORY": "512m",
        }
        log = (self._folder / f"{name}.log").open("wb")
        self._processes[name] = subprocess.Popen(
            [str(self.home / "bin" / "spark-class"), f"org.apache.spark.deploy.{kind}", *arguments],
            env=environment, stdout=log, stderr=log, start_new_session=True,
        )

    def _await_port(self) -> None:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex((HOST, self.port)) == 0:
                    return
            time.sleep(0.1)
        raise TimeoutError("the master does not listen; see master.log")

    def kill(self, name: str) -> None:
        """Kills a worker as a power cut does: its process and its executors at once."""
        process = self._processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        # Executors are in the group of their worker, since neither starts another session.

    def stop(self) -> None:
        for name in list(self._processes):
            self.kill(name)


def run(cluster: Cluster, source: Path, output: Path, kill: bool) -> float:
    """Runs the job in a process of its own; returns its seconds."""
    start = time.monotonic()
    job = subprocess.Popen(
        [sys.executable, __file__, "--job", cluster.master, str(source), str(output)],
        env={**os.environ, "SPARK_LOCAL_IP": HOST, "PYSPARK_PYTHON": sys.executable},
        stdout=subprocess.DEVNULL, stderr=(output.parent / f"{output.name}.log").open("wb"),
    )
    if kill:
        marks = output.parent / f"{output.name}.marks"
        while len(list(marks.glob("*"))) < 4:
            if job.poll() is not None:
                raise RuntimeError(f"the job ended before the kill; see {output}.log")
            time.sleep(0.05)
        cluster.kill("worker2")
    if job.wait(timeout=600) != 0:
        raise RuntimeError(f"the job failed; see {output}.log")
    return time.monotonic() - start


def job(master: str, source: str, output: str) -> None:
    """The job: each record with its verdict, as text."""
    from collections.abc import Iterator

    from pyspark.sql import SparkSession
    from pipelint import spark

    marks = Path(f"{output}.marks")
    marks.mkdir()
    builder: Any = SparkSession.builder
    session = (
        builder.master(master)
        .config("spark.driver.host", HOST)
        .config("spark.driver.bindAddress", HOST)
        .config("spark.ui.enabled", "false")
        .config("spark.executor.memory", "512m")
        .config("spark.cores.max", "2")
        .config("spark.sql.files.maxPartitionBytes", str(Path(source).stat().st_size // PARTS))
        .config("spark.sql.files.openCostInBytes", "0")
        .getOrCreate()
    )

    def mark(batches: Iterator[Any]) -> Iterator[Any]:
        # Tells the parent how far the job is: one file for each task that has begun.
        from pyspark import TaskContext

        context = TaskContext.get()
        assert context is not None
        for batch in batches:
            (marks / f"{context.partitionId()}-{context.attemptNumber()}").touch()
            yield batch

    frame = session.read.text(source)
    checked = spark.check(frame, "value", DEAL, now=NOW)
    checked = checked.mapInArrow(mark, checked.schema)
    checked.write.json(output)
    session.stop()


def canonical(value: str, ok: bool, diagnostics: list[dict[str, Any]]) -> bytes:
    rows = [[one.get(field) for field in FIELDS] for one in diagnostics]
    return json.dumps([value, ok, rows]).encode()


def digest(output: Path) -> tuple[int, str]:
    """The number of records, and a digest that does not depend on their order."""
    rows = []
    for file in output.glob("part-*"):
        for line in file.read_text().splitlines():
            row = json.loads(line)
            verdict = row["pipelint"]
            rows.append(canonical(row["value"], verdict["ok"], verdict["diagnostics"]))
    return len(rows), hashlib.sha256(b"\n".join(sorted(rows))).hexdigest()


def expected(source: Path) -> tuple[int, str]:
    """The same of the library in this process."""
    checker = pipelint.Checker(DEAL)
    rows = []
    for text in source.read_text().splitlines():
        report = checker.check(text, now=NOW)
        found = [{field: getattr(one, field) for field in FIELDS} for one in report.diagnostics]
        rows.append(canonical(text, report.ok, found))
    return len(rows), hashlib.sha256(b"\n".join(sorted(rows))).hexdigest()


def main() -> int:
    records = int(sys.argv[1]) if len(sys.argv) > 1 else 400_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "deals.jsonl"
        with source.open("w") as file:
            file.writelines(record(number) + "\n" for number in range(records))
        results = {"library": expected(source)}
        for title, kill in (("undisturbed", False), ("worker killed", True)):
            cluster = Cluster(folder)
            try:
                seconds = run(cluster, source, folder / title.replace(" ", "-"), kill)
            finally:
                cluster.stop()
            results[title] = digest(folder / title.replace(" ", "-"))
            print(f"{title}: {seconds:.1f} s, {results[title][0]} records, {results[title][1][:16]}")
        if len(set(results.values())) != 1:
            print(f"the outputs differ: {results}")
            return 1
        print(f"equal to the library: {records} records, none lost, none twice")
        return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--job"]:
        job(*sys.argv[2:5])
        sys.exit(0)
    sys.exit(main())
