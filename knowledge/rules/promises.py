"""No promise of an outcome, no connections, no posing as a lawyer (律师职业规范 forbids the first two)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from knowledge.rules.fault import Fault, Spoken

_OUTCOME = (
    "保证(?:你|您)?(?:胜诉|能赢|打赢|要回|拿到|无罪)|(?:一定|肯定|绝对|必定)(?:能|会)?(?:打赢|赢|胜诉|判你赢)|包(?:打)?赢|包胜诉"
    "|必胜|必赢|稳赢|稳拿|百分百|百分之百|100[%％](?:能|胜诉|赢)|绝对能|打包票|包在(?:我|我们)身上|不赢不(?:要|收)钱|万无一失"
    "|(?:零|毫无|没有任何)风险"
)
_CONNECTIONS = "(?:找|托|走|有)(?:熟人|关系)|走后门|内部(?:关系|渠道)|疏通关系|打点一下"
_LAWYER = "(?:我|本人)是(?:你的|您的)?律师|本律师|作为(?:你|您)的律师|我(?:来|可以)?(?:代理|帮你打官司)"

_BANNED = re.compile(f"{_OUTCOME}|{_CONNECTIONS}|{_LAWYER}")
_QUOTED = re.compile("“[^”]*”")
_CLAUSE = re.compile("[，。！？；：\n]")
_DENIED = re.compile("[不别没莫勿无骗]|谁也|难以")


def promises(spoken: Iterable[Spoken]) -> Iterator[Fault]:
    """Each banned claim once, at the first text that makes it.

    What stands in quotation marks is somebody else's words, and what the clause before it denies is no promise.

    >>> list(promises([(("short",), "这官司包赢。"), (("answer",), "说“包赢”的都是骗子，谁也不能保证胜诉。")]))
    [('a promise nobody can make: 包赢', ('short',))]
    """
    told: set[str] = set()
    for place, text in spoken:
        own = _QUOTED.sub("", text)
        for claim in _BANNED.finditer(own):
            before = _CLAUSE.split(own[: claim.start()])[-1]
            if claim[0] not in told and not _DENIED.search(before):
                told.add(claim[0])
                yield f"a promise nobody can make: {claim[0]}", place
