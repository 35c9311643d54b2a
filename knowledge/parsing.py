"""YAML with the two things its fast loader does not tell: keys that stand twice, and the line a part stands on."""

from __future__ import annotations

from typing import Any

import yaml

from knowledge.rules.fault import Place


class _Loader(yaml.CSafeLoader):
    """Safe, in C. Of a key that stands twice YAML keeps the last; here it is noted, too. A date stays the text it is:
    the form reads it, and a day that no year has is the form's fault and not an error of the loader.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.repeated: list[tuple[int, str]] = []

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    self.repeated.append((key.start_mark.line + 1, key.value))
                seen.add(key.value)
        return super().construct_mapping(node, deep)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def parse(text: str) -> tuple[Any, list[tuple[int, str]]]:
    """The document, and each (line, key) that stands a second time in its mapping. Raises yaml.YAMLError.

    >>> parse("a: 1\\nb: 2\\na: 3\\n")
    ({'a': 3, 'b': 2}, [(3, 'a')])
    >>> parse("day: 2026-02-30")[0]
    {'day': '2026-02-30'}
    """
    loader = _Loader(text)
    try:
        return loader.get_single_data(), sorted(loader.repeated)
    finally:
        loader.dispose()


def line_of(text: str, place: Place) -> int:
    """The line, from 1, of the deepest part of `place` that exists in a document that can be parsed.

    >>> line_of("a: 1\\nb:\\n  - c: 2\\n    d: 3\\n", ("b", 0, "d"))
    4
    """
    node, line = yaml.compose(text, Loader=yaml.CSafeLoader), 1
    for step in place:
        if isinstance(node, yaml.MappingNode):
            found = [(key, value) for key, value in node.value if key.value == step]
            if not found:
                break
            key, node = found[-1]
            line = key.start_mark.line + 1
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
        else:
            break
    return line
