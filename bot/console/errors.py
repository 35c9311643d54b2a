"""Error pages: in Chinese, with an id to name when calling the operator; the log has the id and never a person's words.

NotAllowed -> 404, noted in the audit. CaseConflict is shown on the case's own page. Anything unknown -> 500.
"""

from __future__ import annotations

import logging
import secrets
import traceback

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from bot.console import identity
from bot.console.services import now, services
from bot.domain.errors import NotAllowed

logger = logging.getLogger(__name__)

WORDS = {
    400: ("这个请求看不懂", "请返回上一页，刷新后再试。"),
    403: ("没有权限", "这个操作您不能做。如果需要，请联系管理员。"),
    404: ("找不到这个页面", "可能已经不在了，或者不归您管。"),
    413: ("文件或内容太大", "请减少内容后再提交。Excel 文件不要超过 2 MB。"),
    429: ("试得太快了", "请等一分钟再试。"),
    500: ("系统出了问题", "刚才的操作可能没有完成，请稍后再试。还不行，请把下面的编号告诉管理员。"),
}
EXPIRED = ("页面放得太久了", "登录已经换过或页面已过期，刚才的操作没有执行。请返回上一页，刷新后再试。")


def init_blueprint(pages: Blueprint) -> None:
    """Error pages for everything under the blueprint."""
    pages.register_error_handler(CSRFError, _expired)
    pages.register_error_handler(HTTPException, _refused)
    pages.register_error_handler(NotAllowed, _not_allowed)
    pages.register_error_handler(Exception, _broken)


def _page(code: int, words: tuple[str, str]) -> ResponseReturnValue:
    error_id = secrets.token_hex(4)
    logger.info("page refused: id=%s code=%s endpoint=%s", error_id, code, request.endpoint)
    return render_template("console/error.html", title=words[0], words=words[1], error_id=error_id, code=code), code


def _expired(_: HTTPException) -> ResponseReturnValue:
    return _page(400, EXPIRED)


def _refused(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    if code < 400:
        return error.get_response()
    return _page(code, WORDS.get(code, WORDS[400 if code < 500 else 500]))


def _not_allowed(_: NotAllowed) -> ResponseReturnValue:
    staff = identity.known()
    with services().store.begin() as unit:
        who = staff.id if staff is not None else None
        unit.audit.note(who, "访问被拒绝", request.path, now=now(), where=request.remote_addr or "")
    return _page(404, WORDS[404])


def _broken(error: Exception) -> ResponseReturnValue:
    """The outermost handler. The message of an error may quote a resident, so its type and place must do.

    It may be the database that is broken, so the page asks it nothing.
    """
    g.console_broken = True
    error_id = secrets.token_hex(4)
    place = "".join(traceback.format_tb(error.__traceback__))
    logger.error("page broken: id=%s endpoint=%s error=%s\n%s", error_id, request.endpoint, type(error).__name__, place)
    title, words = WORDS[500]
    return render_template("console/error.html", title=title, words=words, error_id=error_id, code=500), 500
