"""Messages that lean on what was said before them. Rules only."""

from __future__ import annotations

import re
from enum import StrEnum

SHORT = 12
"""Characters. What is no longer than this may well not say what it is about."""


class Part(StrEnum):
    """A part of an entry that may be asked for by itself, by the name of its field."""

    STEPS = "steps"
    EVIDENCE = "evidence"
    DEADLINES = "deadlines"
    WHERE = "where"


_MARKS = re.compile(r"[\s,.!?;:~，。！？；：、～…“”\"'()（）—-]+")
_BEGINS = re.compile(r"那(?!个|天|年|家|人|位|些|边)|如果|要是|假如|万一|但是?(?!凡)|可是|不过|然后")
_ENDS = re.compile(r"呢$")
_ADDS = re.compile(
    r"(?:对了|还有|另外|补充|再(?:说|补充)|我再|刚才|上面|前面|忘了?说|漏了|更正|不对|说错).{0,40}|"
    r".{0,6}还有(?:个|一个|一点|点|些)?(?:情况|事|问题|话).{0,40}"
)
_PARTS: tuple[tuple[Part, re.Pattern[str]], ...] = (
    (
        Part.STEPS,
        re.compile(
            r"怎么(?:办理|办|做|弄|处理|解决|申请|走|开始)|咋(?:办|弄|做|整)|如何(?:办理|办|处理|申请)|流程|步骤|程序|手续|"
            r"下一步|第一步|先做(?:什么|啥)|从哪里开始"
        ),
    ),
    (
        Part.DEADLINES,
        re.compile(
            r"多长时间|多久|多少(?:天|时间)|几(?:天|个月|年)|(?:什么|啥)时候|何时|期限|时限|时效|时间限制|截止|来得及|过期"
        ),
    ),
    (Part.EVIDENCE, re.compile(r"材料|证据|证明|资料|证件|东西")),
    (
        Part.WHERE,
        re.compile(
            r"去?哪(?:里|儿|边)|去哪|(?:什么|啥)(?:地方|部门|单位)|哪个(?:部门|单位|地方)|哪家单位|谁(?:来|能|会)?管?|电话|地址"
        ),
    ),
)
_FILLER = re.compile(
    r"请问|那么|那个|这个|这件事|这种事|这事|这种|这样|这些|我们|我|一般|大概|大约|具体|现在|到底|究竟|应该|应当|"
    r"需要|准备|提供|办理|处理|解决|反映|可以|什么|哪些|哪个|哪样|多少|是不是|有没有|情况|事情|的话|一下|"
    r"[那这该需要得可能是有都又还再就才去来到在跟向找问打带交拿办弄用啥个些事的了呢啊呀哦吗嘛吧么]"
)


def bare(text: str) -> str:
    """Without blanks and punctuation."""
    return _MARKS.sub("", text)


def is_short(text: str) -> bool:
    """Too short to be sure to say what it is about."""
    return len(bare(text)) <= SHORT


def is_elliptic(text: str) -> bool:
    """Does it begin or end like the continuation of a talk?"""
    words = bare(text)
    return _BEGINS.match(words) is not None or _ENDS.search(words) is not None


def leans(text: str) -> bool:
    """May it be about what was asked last?"""
    return is_elliptic(text) or is_short(text)


def is_vague(text: str) -> bool:
    """Both: hardly a question of its own."""
    return is_elliptic(text) and is_short(text)


def adds(text: str) -> bool:
    """Does it say of itself that it goes with what was said before?

    >>> adds("我还有个情况没说"), adds("还有，他是我堂弟"), adds("借条丢了怎么办")
    (True, True, False)
    """
    return _ADDS.match(bare(text)) is not None


def parts_asked(text: str) -> tuple[Part, ...]:
    """The parts of the last answer it asks for; none if it says anything else besides.

    >>> [part.value for part in parts_asked("那要带什么材料，去哪里办？")]
    ['evidence', 'where']
    >>> parts_asked("那离婚要多久？")
    ()
    """
    rest = bare(text)
    found = []
    for part, pattern in _PARTS:
        rest, times = pattern.subn("", rest)
        if times:
            found.append(part)
    return tuple(found) if not _FILLER.sub("", rest) else ()
