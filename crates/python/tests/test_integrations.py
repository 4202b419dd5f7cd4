"""pydantic, FastAPI and pytest."""

from __future__ import annotations

from typing import Annotated, Any

import pytest
from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient
from pipelint.fastapi import Body, CheckedBody, openapi_extra
from pipelint.pydantic import Payload
from pydantic import BaseModel, ConfigDict, ValidationError

pytest_plugins = ["pytester"]

DEAL = "leadlex/create-deal"
NOW = "2026-03-01T00:00:00Z"


class Job(BaseModel):
    id: int
    deal: Annotated[dict[str, Any], Payload(DEAL, now=NOW)]


class Text(BaseModel):
    body: Annotated[str, Payload(DEAL, now=NOW)]


class Deal(BaseModel):
    model_config = ConfigDict(extra="allow")
    name: str
    probability: float | None = None


class Typed(BaseModel):
    deal: Annotated[Deal, Payload(DEAL, now=NOW)]


def test_a_field_of_a_model_is_checked() -> None:
    assert Job(id=1, deal={"name": "A"}).deal == {"name": "A"}
    with pytest.raises(ValidationError) as raised:
        Job(id=1, deal={"probability": 120, "tags": ["a", ""]})
    errors = {error["loc"]: error["type"] for error in raised.value.errors()}
    assert errors[("deal", "name")] == "schema/required"
    assert errors[("deal", "probability")] == "schema/maximum"


def test_json_text_and_models_are_checked() -> None:
    assert Text(body='{"name": "A"}')
    with pytest.raises(ValidationError, match="schema/required"):
        Text(body="{}")
    assert Typed(deal=Deal(name="A")).deal.name == "A"
    with pytest.raises(ValidationError, match="schema/maximum"):
        Typed(deal=Deal(name="A", probability=120))
    with pytest.raises(ValidationError, match="schema/maximum"):
        Typed.model_validate_json('{"deal": {"name": "A", "probability": 120}}')


def test_an_error_of_a_model_does_not_carry_the_input() -> None:
    with pytest.raises(ValidationError) as raised:
        Job(id=1, deal={"name": "A", "notes": "confidential", "probability": 120})
    assert [error["input"] for error in raised.value.errors()] == [None]
    assert "confidential" not in str(raised.value)


def client() -> TestClient:
    app = FastAPI()

    @app.post("/deals", openapi_extra=openapi_extra(DEAL))
    async def create(  # pyright: ignore[reportUnusedFunction]
        deal: Annotated[Body, Depends(CheckedBody(DEAL, limits={"size": 2000}))],
    ) -> dict[str, Any]:
        return {"name": deal.data["name"], "warnings": deal.report.warning_count}

    return TestClient(app)


def test_a_handler_gets_a_checked_body() -> None:
    answer = client().post("/deals", content='{"name": "A", "colour": 1}')
    assert (answer.status_code, answer.json()) == (200, {"name": "A", "warnings": 1})


def test_a_body_with_errors_is_answered_with_422() -> None:
    answer = client().post("/deals", content='{"probability": 120}')
    assert answer.status_code == 422
    places = {error["type"]: error["loc"] for error in answer.json()["detail"]}
    assert places == {
        "schema/required": ["body", "name"],
        "schema/maximum": ["body", "probability"],
    }
    assert client().post("/deals", content=b"\xff").status_code == 422
    assert client().post("/deals", content=b"").status_code == 422


def test_a_body_over_the_limit_is_answered_with_413() -> None:
    assert client().post("/deals", content=b" " * 2001).status_code == 413


def test_the_document_of_the_api_has_the_schema() -> None:
    document = client().get("/openapi.json").json()
    body = document["paths"]["/deals"]["post"]["requestBody"]
    assert "estimated_value" in body["content"]["application/json"]["schema"]["properties"]


def test_the_plugin_gives_a_fixture(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\npipelint_now = 2026-07-01T00:00:00Z\n")
    pytester.makepyfile(
        """
        LATE = {"name": "A", "follow_up_date": "2026-06-01"}

        def test_good(assert_payload):
            assert assert_payload("leadlex/create-deal", {"name": "A"}).ok

        def test_bad(assert_payload):
            assert_payload("leadlex/create-deal", {"probability": 120})

        def test_warns(assert_payload):
            assert_payload("leadlex/create-deal", {"name": "A", "colour": 1}, warnings=True)

        def test_time(assert_payload):
            assert assert_payload("leadlex/create-deal", LATE, rules={"date": "warning"}).diagnostics
        """
    )
    result = pytester.runpytest_subprocess()
    result.assert_outcomes(passed=2, failed=2)
    result.stdout.fnmatch_lines(["*schema/required*"])
