"""Checks of single payloads."""

from __future__ import annotations

import json
import math
from collections import OrderedDict
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from enum import IntEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import pipelint
import pytest

DEAL = "leadlex/create-deal"
NOW = "2026-03-01T00:00:00Z"


def rules(data: object, **options: Any) -> list[str]:
    report = pipelint.check(DEAL, data, now=NOW, **options)
    return [diagnostic.rule for diagnostic in report.diagnostics]


def test_a_valid_payload_has_no_diagnostics() -> None:
    report = pipelint.check(DEAL, '{"name": "Acme"}', now=NOW)
    assert report.ok
    assert report.diagnostics == ()
    assert report.worst is None
    assert report.payload == "leadlex/create-deal/request"
    assert report.raise_for_errors() is report
    assert repr(report) == "<Report leadlex/create-deal/request: no findings>"


def test_a_diagnostic_says_where_and_what() -> None:
    report = pipelint.check(DEAL, b'{ "name": "Acme", "probability": 120 }', now=NOW)
    (one,) = report.diagnostics
    assert (one.rule, one.severity, one.pointer) == ("schema/maximum", "error", "/probability")
    assert (one.line, one.column, one.offset, one.length) == (1, 34, 33, 3)
    assert "probability" in one.message
    assert not report.ok
    assert (report.error_count, report.warning_count, report.worst) == (1, 0, "error")
    assert [error.rule for error in report.errors] == ["schema/maximum"]


@pytest.mark.parametrize("kind", [str, str.encode, lambda text: bytearray(text.encode()),
                                  lambda text: memoryview(text.encode()), json.loads])
def test_text_bytes_and_dicts_give_the_same_diagnostics(kind: Any) -> None:
    text = '{"name":"Zoë \\u2603","probability":120,"currency":"eur","tags":["a","a"]}'
    report = pipelint.check(DEAL, kind(text), now=NOW)
    expected = pipelint.check(DEAL, text, now=NOW)
    def found(report: pipelint.Report) -> list[tuple[str, str, str]]:
        return [(one.rule, one.pointer, one.message) for one in report.diagnostics]
    assert len(expected.diagnostics) >= 3
    assert found(report) == found(expected)


def test_numbers_of_a_dict_are_exact() -> None:
    assert rules({"name": "a", "probability": Decimal("100.00000000000000000001")}) == [
        "schema/maximum"
    ]
    assert rules({"name": "a", "probability": 10**30}) == ["schema/maximum"]
    assert rules({"name": "a", "probability": -(2**63)}) == ["schema/minimum"]
    assert rules({"name": "a", "probability": 12.5}) == rules('{"name":"a","probability":12.5}')
    assert rules({"name": "a", "probability": True}) == ["schema/type"]

    class Chance(IntEnum):
        IMPOSSIBLE = 10**25

    assert rules({"name": "a", "probability": Chance.IMPOSSIBLE}) == ["schema/maximum"]


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf, Decimal("NaN")])
def test_numbers_that_json_does_not_have_are_reported(number: object) -> None:
    assert not pipelint.check(DEAL, {"name": "a", "probability": number}, now=NOW).ok


def test_every_character_of_a_dict_is_written_as_json_does() -> None:
    text = "".join(map(chr, range(0x250))) + "\u2028\U0001f600"
    ours = pipelint.check(DEAL, {"name": text}, now=NOW)
    theirs = pipelint.check(DEAL, json.dumps({"name": text}, ensure_ascii=False), now=NOW)
    assert [one.message for one in ours.diagnostics] == [one.message for one in theirs.diagnostics]


def test_a_lone_surrogate_is_reported_not_raised() -> None:
    assert not pipelint.check(DEAL, {"name": "a\ud800"}, now=NOW).ok
    assert not pipelint.check(DEAL, '{"name": "a\ud800"}', now=NOW).ok


def test_mappings_and_tuples_are_written() -> None:
    assert rules(MappingProxyType({"name": "Acme", "tags": ("a", "b")})) == []
    assert rules(OrderedDict(name="Acme")) == []


def test_what_has_no_json_form_is_named_with_its_place() -> None:
    with pytest.raises(pipelint.NotJsonError, match=r"payload\['tags'\]\[1\] is a datetime"):
        pipelint.check(DEAL, {"tags": ["a", datetime.now(timezone.utc)]})
    with pytest.raises(pipelint.NotJsonError, match="has the key 1, which is not a string"):
        pipelint.check(DEAL, {1: "a"})
    with pytest.raises(TypeError, match="the payload is a builtins.set|the payload is a set"):
        pipelint.check(DEAL, {1, 2})
    endless: dict[str, Any] = {}
    endless["again"] = endless
    with pytest.raises(pipelint.NotJsonError, match="contains itself"):
        pipelint.check(DEAL, endless)


def test_a_payload_that_does_not_exist_is_named_with_the_nearest() -> None:
    with pytest.raises(pipelint.UnknownPayloadError, match="did you mean `leadlex/create-deal`"):
        pipelint.check("leadlex/create-dael", "{}")
    with pytest.raises(ValueError, match="there is no payload"):
        pipelint.Checker("nonsense")


def test_options_change_the_verdict() -> None:
    payload = {"name": "Acme", "colour": "red"}
    assert rules(payload) == ["schema/unknown-property"]
    assert rules(payload, rules={"schema/unknown-property": "off"}) == []
    strict = pipelint.check(DEAL, payload, now=NOW, rules={"schema": "error"})
    assert strict.worst == "error"
    policy = {"stages": ["Lead"], "least_value": Decimal("100.50")}
    assert "policy/unknown-stage" in rules({"name": "A", "stage": "Laed"}, policy=policy)
    assert "policy/value-out-of-range" in rules(
        {"name": "A", "estimated_value": 100}, policy=policy
    )
    german = pipelint.check(DEAL, {"name": ""}, now=NOW, locale="de")
    english = pipelint.check(DEAL, {"name": ""}, now=NOW)
    assert german.diagnostics[0].message != english.diagnostics[0].message
    limited = pipelint.check(DEAL, {"a": 1, "b": 2, "c": 3}, now=NOW, limits={"diagnostics": 1})
    assert len(limited.diagnostics) <= 2
    masked = pipelint.check(
        DEAL, {"name": "A", "currency": "Secret"}, now=NOW, mask={"properties": ["currency"]}
    )
    assert masked.diagnostics
    assert "Secret" not in repr(masked)


def test_wrong_options_say_what_to_write() -> None:
    with pytest.raises(TypeError, match="did you mean `policy`"):
        pipelint.Checker(DEAL, polcy={})  # type: ignore[call-arg]  # pyright: ignore
    with pytest.raises(pipelint.OptionsError, match="schema/unknown-property"):
        pipelint.Checker(DEAL, rules={"schema/unknown-propery": "off"})
    with pytest.raises(pipelint.OptionsError, match="loud"):
        pipelint.Checker(DEAL, rules={"schema": "loud"})  # type: ignore[dict-item]  # pyright: ignore
    with pytest.raises(pipelint.OptionsError, match="do not|does not check"):
        pipelint.Checker(DEAL, policy={"schemas": {DEAL: "x.json"}})  # type: ignore[typeddict-unknown-key]  # pyright: ignore


def test_a_configuration_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "pipelint.toml"
    file.write_text('now = 2026-03-01T00:00:00Z\n[rules]\n"schema/unknown-property" = "off"\n')
    checker = pipelint.Checker(DEAL, config=file)
    report = checker.check({"name": "A", "colour": 1})
    assert report.diagnostics == ()
    assert report.now == datetime(2026, 3, 1, tzinfo=timezone.utc)
    file.write_text("[rulse]\n")
    with pytest.raises(pipelint.OptionsError, match="rulse"):
        pipelint.Checker(DEAL, config=file)
    with pytest.raises(pipelint.OptionsError, match="cannot read"):
        pipelint.Checker(DEAL, config=tmp_path / "absent.toml")


def test_now_is_a_time_with_a_zone() -> None:
    deal = {"name": "A", "follow_up_date": "2026-06-01"}
    berlin = datetime(2026, 7, 1, tzinfo=ZoneInfo("Europe/Berlin"))
    west = datetime(2026, 7, 1, tzinfo=timezone(timedelta(hours=-9)))
    for late in (berlin, west, "2026-07-01T00:00:00Z"):
        assert pipelint.check(DEAL, deal, now=late).diagnostics
    assert not pipelint.check(DEAL, deal, now=NOW).diagnostics
    with pytest.raises(ValueError, match="has no time zone"):
        pipelint.check(DEAL, deal, now=datetime(2026, 7, 1))
    with pytest.raises(ValueError, match="RFC 3339"):
        pipelint.check(DEAL, deal, now="tomorrow")
    with pytest.raises(TypeError, match="datetime with a time zone"):
        pipelint.check(DEAL, deal, now=7)  # type: ignore[arg-type]  # pyright: ignore


def test_errors_are_raised_with_the_report() -> None:
    report = pipelint.check(DEAL, "{}", now=NOW)
    with pytest.raises(pipelint.PayloadError) as raised:
        report.raise_for_errors()
    assert raised.value.report is report
    assert "schema/required" in str(raised.value)


def test_safe_fixes_are_applied() -> None:
    report = pipelint.check(DEAL, "{name: 'Acme', \"currency\": \"eur\",}", now=NOW)
    fixed = report.fixed()
    assert fixed is not None
    assert json.loads(fixed.text) == fixed.data() == {"name": "Acme", "currency": "EUR"}
    assert {one.rule for one in fixed.applied} >= {"currency/wrong-case"}
    assert pipelint.check(DEAL, fixed.text, now=NOW).ok
    assert pipelint.check(DEAL, '{"name": "Acme"}', now=NOW).fixed() is None


def test_a_report_is_data_and_html() -> None:
    report = pipelint.check(DEAL, {"name": "A", "<b>": 1}, now=NOW)
    data = report.to_dict()
    assert json.loads(json.dumps(data)) == data
    line = json.loads(report.to_json_lines(file="a.json", record=7))
    assert (line.pop("file"), line.pop("record")) == ("a.json", 7)
    assert [line] == data["diagnostics"]
    html = report._repr_html_()
    assert "<table>" in html and "&lt;b&gt;" in html and "<b>" not in html


def test_a_long_payload_is_checked_without_the_interpreter_lock() -> None:
    text = json.dumps({"name": "A", "notes": "x" * 100_000, "colour": 1})
    assert "schema/unknown-property" in rules(text)


def test_many_payloads_are_summed_up() -> None:
    reports = pipelint.check_many(DEAL, ['{"name": "A"}', "{}", {"name": ""}], now=NOW)
    assert len(reports) == 3 and not reports.ok and len(reports.failed) == 2
    assert reports.counts()["schema/required"] == 1
    assert repr(reports).startswith("<Reports: 3 payloads, 2 with errors>")
    assert "<code>schema/required</code>" in reports._repr_html_()
    with pytest.raises(pipelint.PayloadError):
        reports.raise_for_errors()
    assert pipelint.check_many(DEAL, []).ok


def test_names_and_schemas_are_listed() -> None:
    assert "leadlex/create-deal/request" in pipelint.payloads()
    assert "schema/required" in pipelint.rules()
    assert "estimated_value" in json.loads(pipelint.schema(DEAL))["properties"]
    assert pipelint.infer({"name": "A", "estimated_value": 1, "practice_area": "x"}) != []
