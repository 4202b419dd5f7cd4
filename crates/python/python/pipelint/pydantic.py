"""Payloads as fields of pydantic models.

>>> from typing import Annotated, Any
>>> from pydantic import BaseModel
>>> from pipelint.pydantic import Payload
>>> class Job(BaseModel):
...     deal: Annotated[dict[str, Any], Payload("leadlex/create-deal")]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError, core_schema

from pipelint._native import Checker, Diagnostic
from pipelint._pointer import location

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from typing_extensions import LiteralString, Unpack

    from pipelint._options import Now, Options


class Payload:
    """An annotation: the value of the field is a payload without errors.

    The field can be a dict, a model, or JSON text as ``str`` or ``bytes``. A dict or text is
    checked as it was given, before pydantic converts it. Each error becomes an error of pydantic
    at the value's place; its type is the rule's name.
    """

    def __init__(self, payload: str, /, *, now: Now | None = None, **options: Unpack[Options]):
        self._checker = Checker(payload, **options)
        self._now = now

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_before_validator_function(self._validate, handler(source))

    def _validate(self, value: Any) -> Any:
        data: object = value
        if isinstance(value, BaseModel):
            data = value.model_dump(mode="json", by_alias=True, exclude_unset=True)
        report = self._checker.check(data, now=self._now)
        if not report.ok:
            is_text = isinstance(data, (str, bytes, bytearray, memoryview))
            raise ValidationError.from_exception_data(
                self._checker.payload,
                [_details(error, is_text) for error in report.errors],
                hide_input=True,
            )
        return value


def _details(error: Diagnostic, is_text: bool) -> InitErrorDetails:
    # Pydantic's templates have braces, which a message may contain: the message is a parameter.
    template: LiteralString = "{message}"
    context: dict[str, Any] = {"message": error.message}
    if error.help is not None:
        context["help"] = error.help
    return InitErrorDetails(
        type=PydanticCustomError(_rule(error), template, context),
        loc=() if is_text and not error.pointer else location(error.pointer),
        # No value: it can be a secret.
        input=None,
    )


def _rule(error: Diagnostic) -> LiteralString:
    # Rules are a fixed list of literals, in Rust.
    return error.rule  # pyright: ignore[reportReturnType]
