"""Every citation resolves, and every number said stands in a text cited."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from knowledge.entry import Citation
from knowledge.errors import CitationError
from knowledge.quantities import quantities
from knowledge.rules.fault import Fault, Spoken


def unfounded(
    spoken: Iterable[Spoken],
    citations: Sequence[Citation],
    number_sources: Sequence[str],
    text_of: Callable[[Citation], str],
) -> Iterator[Fault]:
    """Citations that do not resolve; numbers that stand in none of the texts cited, each at its first place.

    `text_of` raises CitationError for a citation that does not resolve.
    """
    basis = list(number_sources)
    for index, citation in enumerate(citations):
        try:
            basis.append(text_of(citation))
        except CitationError as unresolved:
            yield str(unresolved), ("citations", index)
    if len(basis) < len(number_sources) + len(citations):
        return  # A number cannot be checked against a text that was not found.
    founded = quantities("\n".join(basis))
    for place, text in spoken:
        for amount, unit in sorted(quantities(text) - founded):
            founded.add((amount, unit))
            yield f"{amount}{unit} stands in no cited article, digest or number source", place
