"""Web pages saved as one file (.mht), as some .docx files carry their whole text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from html.parser import HTMLParser

_BLOCKS = frozenset(
    re.findall(r"\w+", "p div br li tr table h1 h2 h3 h4 h5 h6 blockquote section article ul ol hr title body")
)
_UNSEEN = frozenset(("script", "style", "head", "title", "xml", "noscript"))
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)


def html_lines(content: bytes) -> list[str] | None:
    """The lines of text of an .mht file or a page; None if there is no readable page in it."""
    for page, charset in _pages(content):
        declared = charset or (found[1].decode("ascii") if (found := _CHARSET.search(page[:2048])) else "utf-8")
        # GB18030 reads all that pages call gb2312 or gbk.
        encoding = "gb18030" if declared.lower() in ("gb2312", "gbk", "gb18030") else declared
        try:
            text = page.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        reader = _Reader()
        reader.feed(text)
        reader.close()
        return "".join(reader.parts).splitlines()
    return None


def _pages(content: bytes) -> Iterator[tuple[bytes, str | None]]:
    if b"<html" in content[:4096].lower() and b"mime-version" not in content[:1024].lower():
        yield content, None
        return
    for part in message_from_bytes(content, policy=default).walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                yield payload, part.get_content_charset()


class _Reader(HTMLParser):
    """Text by blocks. A line of the source is no line of the page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(re.sub(r"[\r\n]+\s*", "", data))
