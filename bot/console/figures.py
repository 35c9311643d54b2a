"""Figures of the villages a person may see, and their case ledger as a workbook."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from bot.console import identity
from bot.console.services import now, services, today
from bot.console.texts import said_channel, said_reason, stamp
from bot.console.workbook import MIME, write_table
from bot.domain.case import STATE_NAMES, Case, CaseState
from bot.domain.people import Role, Staff

pages = Blueprint("figures", __name__, url_prefix="/console/figures")

PERIODS = {7: "最近 7 天", 30: "最近 30 天", 365: "最近一年"}
MOST_ROWS = 20_000

HEADINGS = ["编号", "村（社区）", "提问时间", "来源", "问题", "转人原因", "紧急", "状态", "受理人", "答复时限"]


@pages.get("/")
def shown() -> ResponseReturnValue:
    """Counts by outcome and village, and what is open now."""
    staff, casework = identity.me(), services().casework
    days = request.args.get("days", 30, type=int)
    if days not in PERIODS:
        days = 30
    since = now() - timedelta(days=days)
    with services().store.begin() as unit:
        total = unit.inquiries.counts(villages=_scope(staff), since=since)
        villages = [village for village in unit.people.villages() if staff.may_see(village.code)]
        by_village = [
            (village, unit.inquiries.counts(villages=frozenset({village.code}), since=since)) for village in villages
        ]
    waiting, claimed = casework.waiting(staff), casework.mine(staff) + casework.others(staff)
    overdue = sum(case.due_at < now() for case in waiting + claimed)
    return render_template(
        "console/figures.html",
        periods=PERIODS,
        days=days,
        total=total,
        by_village=by_village,
        waiting=len(waiting),
        claimed=len(claimed),
        overdue=overdue,
    )


@pages.get("/ledger.xlsx")
def ledger() -> Response:
    """Every case the person may see, as the monthly assessment asks for it."""
    staff = identity.me()
    with services().store.begin() as unit:
        names = {village.code: village.name for village in unit.people.villages()}
        cases = unit.cases.listed(
            villages=_scope(staff), unplaced=staff.may_see(None), states=list(CaseState), limit=MOST_ROWS
        )
        unit.audit.note(staff.id, "导出台账", f"{len(cases)} 条", now=now(), where=request.remote_addr or "")
    rows = [_row(case, names) for case in sorted(cases, key=lambda case: case.id)]
    headers = {"Content-Disposition": f'attachment; filename="ledger-{today():%Y%m%d}.xlsx"'}
    return Response(write_table("转办台账", HEADINGS, rows, width=18), mimetype=MIME, headers=headers)


def _scope(staff: Staff) -> frozenset[str] | None:
    return None if staff.role is Role.ADMIN else staff.villages


def _row(case: Case, villages: dict[str, str]) -> list[str]:
    return [
        str(case.id),
        villages.get(case.village or "", "未知"),
        stamp(case.asked_at),
        said_channel(case.asker.channel) + ("（群）" if case.asker.group is not None else "（私聊）"),
        case.question,
        said_reason(case.reason),
        "是" if case.urgency is not None else "",
        STATE_NAMES[case.state],
        case.holder_name,
        stamp(case.due_at),
    ]
