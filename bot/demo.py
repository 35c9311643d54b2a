"""A sample street for demo mode: three villages, their advisers, a 司法所 and an admin. Nobody has a password yet."""

from __future__ import annotations

from pathlib import Path

from bot.console.invitations import invite, link
from bot.domain.people import Rank, Role, Village
from bot.ports import Clock, Store, Unit

STREET = "滨河街道（示例）"
VILLAGES = (("hegang", "河港村"), ("liuzhuang", "柳庄村"), ("dongqiao", "东桥社区"))
ADVISERS = (
    ("zhangmin", "张敏", {"hegang": Rank.ADVISER, "liuzhuang": Rank.ADVISER}),
    ("zhaolei", "赵磊", {"dongqiao": Rank.ADVISER, "hegang": Rank.DEPUTY}),
    ("sunyan", "孙燕", {"liuzhuang": Rank.DEPUTY, "dongqiao": Rank.DEPUTY}),
)
IN_THE_GROUP = ("demo", "zhang")
"""The 张律师 who can be played on the demo page is 张敏."""


def seed(store: Store, clock: Clock, public_url: str, note: Path) -> bool:
    """Fill an empty database; False if there is somebody already. First-start links go into `note`, mode 600."""
    with store.begin() as unit:
        if unit.people.all_staff():
            return False
        for code, name in VILLAGES:
            unit.people.save_village(Village(code, name, STREET))
            unit.people.save_group("demo", f"demo-{code}", name=f"{name}法润民生群", village=code)
        staff = {"admin": unit.accounts.add_staff(name="王芳", login="admin", role=Role.ADMIN)}
        staff["sifasuo"] = unit.accounts.add_staff(name="李所长", login="sifasuo", role=Role.JUDICIAL_OFFICE)
        for login, name, _ in ADVISERS:
            staff[login] = unit.accounts.add_staff(name=name, login=login, role=Role.ADVISER)
        unit.groups.bind_adviser(*IN_THE_GROUP, staff["zhangmin"])
        _chains(unit, staff)
        links = {login: link(public_url, invite(unit, number, now=clock())) for login, number in staff.items()}
    note.touch(mode=0o600)
    note.write_text(
        "首次使用：打开链接设置自己的密码。每个链接只能用一次，48 小时内有效。\n"
        + "".join(f"{login}\t{address}\n" for login, address in links.items()),
        "utf-8",
    )
    return True


def _chains(unit: Unit, staff: dict[str, int]) -> None:
    for code, _ in VILLAGES:
        ranked = [(chain[code], staff[login]) for login, _, chain in ADVISERS if code in chain]
        ranked.sort(key=lambda pair: list(Rank).index(pair[0]))
        unit.people.set_chain(code, [*ranked, (Rank.JUDICIAL_OFFICE, staff["sifasuo"])])
