"""What a file of law text holds once it is read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from knowledge.importing.headings import chapter_of
from knowledge.laws import short_name
from knowledge.numerals import ordinal

_OFFICE = "最高人民法院|最高人民检察院|公安部|国家安全部|司法部|民政部"
_ISSUERS = re.compile(rf"({_OFFICE})(?={_OFFICE})")
_REVISED = re.compile(r"（\d{4}年?(?:第[一二三四五六七八九十]次)?(?:修正|修订|修改)(?:本|版|文本)?）$")


@dataclass(frozen=True, slots=True)
class ImportedArticle:
    """One article. `number` as printed (第一百三十三条之一); `text` has 款 and 项 on lines of their own.

    `headings` are those it stands under, outermost first, spreads closed: 第三编 合同, 第十二章 借款合同.
    """

    number: str
    text: str
    headings: tuple[str, ...] = ()

    @property
    def chapter(self) -> str:
        """Chapter and section without their numbers, as the law source has them."""
        return chapter_of(self.headings)


@dataclass(frozen=True)
class Instrument:
    """A law, regulation or interpretation as its file has it.

    `version` and `in_force` are dates in China, None where the file does not say or says it of an earlier version.
    `notes` is the 题注: passed, published, amended, numbered. `preamble` stands before the first article.
    `notices` are what somebody should look at before importing, in Chinese, each with its place in the file.
    """

    title: str
    articles: tuple[ImportedArticle, ...]
    version: date | None = None
    in_force: date | None = None
    notes: tuple[str, ...] = ()
    preamble: str = ""
    notices: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The short name it is cited by."""
        return instrument_name(self.title)

    @cached_property
    def excerpt(self) -> bool:
        """It does not begin with the first article."""
        return ordinal(self.articles[0].number) > (1, 0)


def instrument_name(title: str) -> str:
    """The short name of a title, without spaces, with full-width brackets, without the year of a revision.

    >>> instrument_name("最高人民法院关于适用《中华人民共和国民法典》继承编的解释(一)")
    '最高人民法院关于适用《民法典》继承编的解释（一）'
    >>> instrument_name("中华人民共和国公司法（2023年修订）"), instrument_name("江苏省实施〈中华人民共和国公司法〉办法")
    ('公司法', '江苏省实施《公司法》办法')

    Where several offices issue it, their names are set apart, as they are when it is cited.

    >>> instrument_name("最高人民法院 最高人民检察院 关于办理盗窃刑事案件适用法律若干问题的解释")
    '最高人民法院、最高人民检察院关于办理盗窃刑事案件适用法律若干问题的解释'
    """
    name = "".join(title.split()).replace("(", "（").replace(")", "）")
    if "《" not in name:
        name = name.replace("〈", "《").replace("〉", "》")
    return _REVISED.sub("", short_name(_ISSUERS.sub(r"\1、", name)))
