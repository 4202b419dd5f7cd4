"""A FastAPI dependency that takes a checked request body.

>>> from typing import Annotated
>>> from fastapi import Depends, FastAPI
>>> from pipelint.fastapi import Body, CheckedBody
>>> app = FastAPI()
>>> @app.post("/deals")
... async def create(deal: Annotated[Body, Depends(CheckedBody("leadlex/create-deal"))]):
...     return deal.data["name"]
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fastapi import HTTPException, Request
from fastapi.exceptions import RequestValidationError

from pipelint._native import Checker, Report, schema
from pipelint._pointer import location

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from pipelint._options import Options

_SIZE = 8 << 20
"""The default limit of a body, which is the library's."""


@dataclass(frozen=True)
class Body:
    """A request body without errors."""

    content: bytes
    """The body as it was sent."""
    data: Any
    """The body as Python values."""
    report: Report
    """What the check found: warnings and advice."""


class CheckedBody:
    """A dependency that reads the request's body and checks it.

    A body with errors is answered with status 422 through ``RequestValidationError``, so the
    application's own handler applies. A body that exceeds the size limit is answered with 413
    before it is read to its end.
    """

    def __init__(self, payload: str, /, **options: Unpack[Options]) -> None:
        self._checker = Checker(payload, **options)
        self._size = options.get("limits", {}).get("size", _SIZE)

    async def __call__(self, request: Request) -> Body:
        content = await self._read(request)
        report = self._checker.check(content)
        if not report.ok:
            raise RequestValidationError(
                [
                    {
                        "type": error.rule,
                        "loc": ("body", *location(error.pointer)),
                        "msg": error.message,
                        "help": error.help,
                    }
                    for error in report.errors
                ]
            )
        return Body(content, json.loads(content), report)

    async def _read(self, request: Request) -> bytes:
        content = bytearray()
        async for chunk in request.stream():
            content += chunk
            if len(content) > self._size:
                raise HTTPException(413, f"the body is larger than {self._size} bytes")
        return bytes(content)


def openapi_extra(payload: str, /) -> dict[str, Any]:
    """The request body for a route's ``openapi_extra``: a dependency does not document it."""
    content = {"application/json": {"schema": json.loads(schema(payload))}}
    return {"requestBody": {"required": True, "content": content}}
