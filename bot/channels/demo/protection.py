"""What stands before the page's addresses, and the headers on every answer."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Request, Response

from bot.channels.demo.refused import Refused
from bot.headers import HEADERS

PAGE = "X-Farun-Page"
"""A header only the page's own script sends: from another site, a browser would have to ask for leave first."""


def admit(request: Request) -> None:
    """Raises Refused for what another site's page sends. Without a login there is no session to bind a token to.

    The browser's own word (Sec-Fetch-Site) comes first; over plain http it is not given, and the origin's host decides.
    """
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    own = site == "same-origin" if site is not None else origin is None or urlsplit(origin).netloc == request.host
    if PAGE not in request.headers or not own:
        raise Refused(HTTPStatus.FORBIDDEN, "只接受本页发出的消息，请刷新页面再试。")


def add_headers(response: Response, *, keep: bool) -> Response:
    """`keep`: a static file, which a browser may keep. What residents said it may not."""
    response.headers.update(HEADERS)
    if not keep:
        response.headers["Cache-Control"] = "no-store"
    return response
