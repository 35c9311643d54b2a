"""What stands before every page: login, CSRF, limits on trying; and the headers on every answer."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from flask import Flask, Response, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue, RouteCallable
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf.csrf import CSRFProtect
from werkzeug.http import parse_options_header

from bot.console import identity
from bot.console.services import ConsoleSettings
from bot.headers import HEADERS

PUBLIC = frozenset({"console.session.login", "console.session.setup", "console.static"})
"""Endpoints for visitors. Every other page asks for a login."""

TRIES = "20 per minute"
"""Posts to a public page from one address. An office of advisers shares one."""

MAX_BODY = 512 * 1024
MAX_UPLOAD_BODY = 3 * 1024 * 1024


def init_app(app: Flask, settings: ConsoleSettings) -> None:
    """Cookies and CSRF. Only the console's blueprint checks CSRF: callbacks of channels are signed, not logged in."""
    app.config.update(
        SESSION_COOKIE_NAME="__Host-farun" if settings.secure_cookies else "farun",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_PATH="/",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=settings.session_hours),
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=None,  # A token lives as long as its session: an answer may take an hour to write.
        WTF_CSRF_SSL_STRICT=False,  # Some phones' browsers leave the Referer out; the token is what protects.
    )
    CSRFProtect().init_app(app)


def limit_tries(app: Flask) -> None:
    """Slow down guessing of passwords and setup tokens. Counted in each process."""
    limiter = Limiter(get_remote_address, storage_uri="memory://")
    limiter.init_app(app)
    for endpoint in ("console.session.login", "console.session.setup"):
        view = app.view_functions[endpoint]
        app.view_functions[endpoint] = cast(RouteCallable, limiter.limit(TRIES, methods=["POST"])(view))


def admit() -> ResponseReturnValue | None:
    """Before every page. A visitor is sent to the login and comes back to the page, or to the form they posted."""
    request.max_content_length = MAX_UPLOAD_BODY if _is_upload() else MAX_BODY
    if request.endpoint == "console.static":
        return None
    if request.endpoint not in PUBLIC and identity.known() is None:
        back = request.full_path.rstrip("?") if request.method == "GET" else _own_path(request.referrer)
        return redirect(url_for("console.session.login", next=back))
    current_app.extensions["csrf"].protect()
    return None


def add_headers(response: Response) -> Response:
    """On every answer. Pages are never kept: on a shared phone the back button must not show them."""
    response.headers.update(HEADERS)
    if request.endpoint != "console.static":
        response.headers["Cache-Control"] = "no-store"
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response


def local_path(target: str | None) -> str | None:
    """`target` if it is a path of the console on this host, else None: nobody is sent elsewhere after a login."""
    if target is None or not target.startswith("/console/") or "\\" in target or not target.isprintable():
        return None
    return target


def _own_path(referrer: str | None) -> str | None:
    if referrer is None or not referrer.startswith(request.host_url):
        return None
    return "/" + referrer.removeprefix(request.host_url)


def _is_upload() -> bool:
    return parse_options_header(request.content_type)[0] == "multipart/form-data"
