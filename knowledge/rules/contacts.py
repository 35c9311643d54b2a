"""Every topic names a way to a person that costs nothing."""

from __future__ import annotations

from collections.abc import Iterable

_FREE = ("12348", "人民调解", "法律援助", "司法所", "村委会", "妇联", "不收费", "免费")


def has_free_way(contacts: Iterable[str]) -> bool:
    """Whether one of the contacts is free of charge by law, or said to be.

    >>> has_free_way(["公证处"]), has_free_way(["公证处", "公共法律服务热线 12348"])
    (False, True)
    """
    return any(sign in contact for contact in contacts for sign in _FREE)
