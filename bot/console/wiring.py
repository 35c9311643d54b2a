"""The console on an application: blueprints, extensions, headers, error pages."""

from __future__ import annotations

from flask import Blueprint, Flask, abort, g, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_bootstrap import Bootstrap5

from bot.console import (
    cases,
    errors,
    figures,
    identity,
    importing,
    knowledge,
    laws,
    people,
    protection,
    publish,
    session,
    staff,
    texts,
)
from bot.console.services import EXTENSION, ConsoleServices

AREAS = (session, cases, knowledge, publish, importing, laws, people, staff, figures)


def register(app: Flask, services: ConsoleServices) -> None:
    """Put the pages on an application under /console and /setup. `app.secret_key` must be set before.

    Other endpoints of the application keep their own errors, headers and CSRF rules.
    """
    if not app.secret_key:
        raise ValueError("the console signs sessions: set app.secret_key first")
    app.extensions[EXTENSION] = services
    app.config["BOOTSTRAP_SERVE_LOCAL"] = True
    Bootstrap5(app)
    protection.init_app(app, services.settings)
    identity.init_app(app)
    texts.init_app(app)
    app.register_blueprint(_console())
    protection.limit_tries(app)


def _console() -> Blueprint:
    console = Blueprint(
        "console", __name__, static_folder="static", static_url_path="/console/static", template_folder="templates"
    )
    console.before_request(protection.admit)
    console.after_request(protection.add_headers)
    console.context_processor(lambda: {"me": None if "console_broken" in g else identity.known()})
    console.add_url_rule("/console/", view_func=home)
    console.add_url_rule("/console/<path:unknown>", view_func=not_there)
    errors.init_blueprint(console)
    for area in AREAS:
        console.register_blueprint(area.pages)
    return console


def home() -> ResponseReturnValue:
    """The cases: that is what people come for."""
    return redirect(url_for("console.cases.listed"))


def not_there(unknown: str) -> ResponseReturnValue:
    """Whatever is no page of the console gets the console's own error page."""
    abort(404)
