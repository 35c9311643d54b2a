import pytest
import yaml

from knowledge.parsing import line_of, parse

TEXT = """\
topic: 借贷
entries:
  - id: one
    short: 一
    short: 二
  - {id: two, variants: [一,
      二]}
topic: 婚姻
"""


def test_every_key_that_stands_twice_is_told_with_its_line_and_the_same_key_elsewhere_is_not() -> None:
    _, repeated = parse(TEXT)
    assert repeated == [(5, "short"), (8, "topic")]


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ((), 1),
        (("topic",), 8),
        (("entries", 0), 3),
        (("entries", 1, "variants", 1), 7),
        (("entries", 1, "steps", 0), 6),
        (("entries", 9), 2),
        (("nothing", 0), 1),
    ],
)
def test_a_place_is_found_as_deep_as_it_exists(place: tuple[int | str, ...], line: int) -> None:
    assert line_of(TEXT, place) == line


def test_what_is_no_yaml_is_refused() -> None:
    with pytest.raises(yaml.YAMLError):
        parse("a: [")
