"""How refusals and faults reach the page: as one sentence in Chinese, while the log has none of the request's words.

Refused -> its status and sentence. HTTPException -> its status. Anything unknown -> 500 with an incident number.
"""

from __future__ import annotations

import logging
from http import HTTPStatus

from flask import Blueprint, Response, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from bot.channels.demo.messages import Fault
from bot.channels.demo.reading import OUTDATED, TOO_LONG
from bot.channels.demo.refused import Refused
from bot.channels.incident import log_incident

log = logging.getLogger(__name__)


def init_blueprint(blueprint: Blueprint) -> None:
    """Handlers for everything under the blueprint."""
    blueprint.register_error_handler(Refused, _refused)
    blueprint.register_error_handler(HTTPException, _unreadable)
    blueprint.register_error_handler(Exception, _broken)


def _refused(refused: Refused) -> Response:
    log.warning("%s refused with %d", request.path, refused.status)
    return _said(refused.fault, refused.status)


def _unreadable(error: HTTPException) -> Response:
    status = error.code or HTTPStatus.BAD_REQUEST
    log.warning("%s refused with %d", request.path, status)
    return _said(TOO_LONG if isinstance(error, RequestEntityTooLarge) else OUTDATED, status)


def _broken(error: Exception) -> Response:
    """The last resort."""
    incident = log_incident(log, request.path, error)
    return _said(f"出错了（编号 {incident}），请再发一次。", HTTPStatus.INTERNAL_SERVER_ERROR)


def _said(fault: str, status: int) -> Response:
    return Response(Fault(fault=fault).model_dump_json(), status, mimetype="application/json")
