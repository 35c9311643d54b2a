import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.numerals import article_number, chinese, value


@given(st.integers(min_value=1, max_value=9_999))
def test_a_numeral_written_and_read_is_the_same_number(number: int) -> None:
    assert value(chinese(number)) == number


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("第675条", "第六百七十五条"),
        ("第 133 条之 1", "第一百三十三条之一"),
        ("第一千零四十二条", "第一千零四十二条"),
        ("第110条", "第一百一十条"),
    ],
)
def test_an_article_number_is_brought_to_its_printed_form(written: str, printed: str) -> None:
    assert article_number(written) == printed


@pytest.mark.parametrize("nonsense", ["", "第条", "675", "第六百七十五款", "第六百七十五条之"])
def test_what_is_no_article_number_is_refused(nonsense: str) -> None:
    with pytest.raises(ValueError, match="not an article number"):
        article_number(nonsense)
