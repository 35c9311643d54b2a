"""The protocol as OpenAPI 3.1, drawn from the models it is read and written with."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from bot.channels.gateway.messages import Acked, Acknowledged, Answered, Fault, Polled, Posted
from bot.channels.gateway.signature import BRIDGE, NONCE, NONCE_FORM, SIGNATURE, TIMESTAMP, TIMESTAMP_FORM

_HEADERS = {
    BRIDGE: "The bridge's name.",
    TIMESTAMP: f"Unix time in seconds, {TIMESTAMP_FORM}; at most 300 seconds from the server's clock.",
    NONCE: f"{NONCE_FORM}, new for every request, retries included.",
    SIGNATURE: "HMAC-SHA256 of `timestamp.nonce.body`, keyed with the secret, in lower-case hex.",
}
_FAULTS = {
    HTTPStatus.BAD_REQUEST: "The body is not JSON in UTF-8, or is there where none is expected.",
    HTTPStatus.UNAUTHORIZED: "Not signed by a known bridge, or the timestamp is too far from now.",
    HTTPStatus.CONFLICT: "The nonce was used before. Sign again with a new one.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The body is larger than 64 KiB.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "The body does not have the form expected; `flaws` name the fields.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something broke. Sign and send it again.",
}


def document() -> dict[str, Any]:
    """The whole description."""
    read, written = (Posted, Acknowledged), (Answered, Polled, Acked, Fault)
    _, schemas = models_json_schema(
        [(model, "validation") for model in read] + [(model, "serialization") for model in written],
        ref_template="#/components/schemas/{model}",
    )
    poll = _operation("What is held for this bridge, oldest first; given again until acknowledged.", Polled)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "法润助手 group gateway",
            "version": "1",
            "description": "For group bridges. Every request but this description's is signed; see docs/gateway.md.",
        },
        "security": [{name: [] for name in _HEADERS}],
        "paths": {
            "/gateway/messages": {"post": _operation("Hand over a message; its reply.", Answered, takes=Posted)},
            "/gateway/poll": {"get": {"operationId": "poll"} | poll, "post": {"operationId": "pollByPost"} | poll},
            "/gateway/ack": {"post": _operation("Confirm deliveries that arrived.", Acked, takes=Acknowledged)},
            "/gateway/openapi.json": {
                "get": {"summary": "This description.", "security": [], "responses": {"200": {"description": "It."}}}
            },
        },
        "components": {
            "schemas": schemas["$defs"],
            "responses": {
                status.name: {"description": description, "content": _content(Fault)}
                for status, description in _FAULTS.items()
            },
            "securitySchemes": {
                name: {"type": "apiKey", "in": "header", "name": name, "description": description}
                for name, description in _HEADERS.items()
            },
        },
    }


def rendered() -> str:
    """As served, and as kept in docs/openapi.json."""
    return json.dumps(document(), ensure_ascii=False, indent=2) + "\n"


def _operation(summary: str, gives: type[BaseModel], takes: type[BaseModel] | None = None) -> dict[str, Any]:
    responses = {"200": {"description": "Done.", "content": _content(gives)}} | {
        str(status.value): {"$ref": f"#/components/responses/{status.name}"} for status in _FAULTS
    }
    body = {"requestBody": {"required": True, "content": _content(takes)}} if takes is not None else {}
    return {"summary": summary} | body | {"responses": responses}


def _content(model: type[BaseModel]) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{model.__name__}"}}}
