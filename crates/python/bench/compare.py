"""Compares pipelint with other validators for Python, in one run.

    python bench/compare.py

Each row is the time of one check of one valid deal of about 0.7 KB, and its ratio to pipelint.
The rounds of all contestants alternate, so that a slow phase of the machine hits all of them. The
others check types, limits and enumerations only; pipelint checks also what the fields mean.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Annotated, Any

import fastjsonschema
import jsonschema_rs
import msgspec
import pipelint
from pydantic import BaseModel, ConfigDict, Field

DEAL = "leadlex/create-deal"
NOW = "2026-03-01T00:00:00Z"
ROUNDS = 15
CALLS = 2_000


def deal() -> dict[str, Any]:
    """A deal that every contestant accepts."""
    return {
        "name": "Acme Corp renewal",
        "estimated_value": 125000.5,
        "currency": "EUR",
        "probability": 60,
        "follow_up_date": "2031-09-30",
        "stage": "Proposal",
        "notes": "Renewal of the frame contract. " * 12 + "End.",
        "tags": ["renewal", "key account", "europe"],
    }


def contestants() -> dict[str, tuple[Callable[[], object], Callable[[], object]]]:
    """For each contestant, a check of text and one of a dict."""
    data = deal()
    text = json.dumps(data)
    raw = text.encode()
    schema = json.loads(pipelint.schema(DEAL))

    class Model(BaseModel):
        model_config = ConfigDict(extra="allow")
        name: Annotated[str, Field(min_length=1, max_length=255)]
        estimated_value: Annotated[float, Field(ge=0)] | None = None
        currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] | None = None
        probability: Annotated[float, Field(ge=0, le=100)] | None = None
        follow_up_date: str | None = None
        stage: str | None = None
        notes: str | None = None
        tags: list[str] | None = None

    class Struct(msgspec.Struct):
        name: Annotated[str, msgspec.Meta(min_length=1, max_length=255)]
        estimated_value: Annotated[float, msgspec.Meta(ge=0)] | None = None
        currency: Annotated[str, msgspec.Meta(pattern="^[A-Z]{3}$")] | None = None
        probability: Annotated[float, msgspec.Meta(ge=0, le=100)] | None = None
        follow_up_date: str | None = None
        stage: str | None = None
        notes: str | None = None
        tags: list[str] | None = None

    checker = pipelint.Checker(DEAL)
    decoder = msgspec.json.Decoder(Struct)
    rust = jsonschema_rs.validator_for(schema)
    generated = fastjsonschema.compile(schema)
    assert checker.check(raw, now=NOW).diagnostics == ()
    assert checker.check(data).diagnostics == (), "the deal's date is past: move it"
    assert rust.is_valid(data)
    return {
        "pipelint": (lambda: checker.check(raw), lambda: checker.check(data)),
        "pydantic": (lambda: Model.model_validate_json(raw), lambda: Model.model_validate(data)),
        "msgspec": (lambda: decoder.decode(raw), lambda: msgspec.convert(data, Struct)),
        "jsonschema_rs": (
            lambda: rust.is_valid(json.loads(raw)),
            lambda: rust.is_valid(data),
        ),
        "fastjsonschema": (
            lambda: generated(json.loads(raw)),
            lambda: generated(data),
        ),
    }


def measure(calls: dict[str, Callable[[], object]]) -> dict[str, float]:
    """The least time of a call in microseconds; the contestants' rounds alternate."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(ROUNDS):
        for name, call in calls.items():
            start = time.perf_counter()
            for _ in range(CALLS):
                call()
            times[name].append((time.perf_counter() - start) / CALLS * 1e6)
    return {name: min(rounds) for name, rounds in times.items()}


def main() -> None:
    """Prints the table."""
    pairs = contestants()
    text = measure({name: pair[0] for name, pair in pairs.items()})
    dicts = measure({name: pair[1] for name, pair in pairs.items()})
    print("| validator | text, µs | ratio | dict, µs | ratio |")
    print("|---|---:|---:|---:|---:|")
    for name in pairs:
        print(
            f"| {name} | {text[name]:.2f} | {text[name] / text['pipelint']:.2f} "
            f"| {dicts[name]:.2f} | {dicts[name] / dicts['pipelint']:.2f} |"
        )


if __name__ == "__main__":
    main()
