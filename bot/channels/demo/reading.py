"""Requests read, or refused with a sentence the page can show."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import NoReturn, TypeVar

from pydantic import ValidationError

from bot.channels.demo.messages import MAX_TEXT, FromPage
from bot.channels.demo.refused import Refused

TOO_LONG = f"太长了：一条最多 {MAX_TEXT} 字，请分几条发。"
EMPTY = "还没有写内容。"
NO_VILLAGE = "没有这个村（社区），请刷新页面再选。"
OUTDATED = "页面和程序对不上，请刷新页面再试。"
_SAID = {("text", "string_too_long"): TOO_LONG, ("text", "string_too_short"): EMPTY}

_Model = TypeVar("_Model", bound=FromPage)


def read(model: type[_Model], body: bytes) -> _Model:
    """The body as a model. Raises Refused: 400 for what is not JSON, 422 for what does not fit."""
    try:
        return model.model_validate_json(body)
    except ValidationError as invalid:
        _refuse(invalid)


def read_query(model: type[_Model], query: Mapping[str, str]) -> _Model:
    """The query's values as a model. Raises Refused 422."""
    try:
        return model.model_validate_strings(dict(query))
    except ValidationError as invalid:
        _refuse(invalid)


def _refuse(invalid: ValidationError) -> NoReturn:
    first = invalid.errors(include_url=False, include_context=False, include_input=False)[0]
    if first["type"] == "json_invalid":
        raise Refused(HTTPStatus.BAD_REQUEST, OUTDATED)
    field = str(first["loc"][0]) if first["loc"] else ""
    raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, _SAID.get((field, first["type"]), OUTDATED))
