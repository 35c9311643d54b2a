from knowledge.entry import Citation
from knowledge.errors import UnknownArticle
from knowledge.rules.basis import unfounded

CITED = (Citation(law="某法", article="第一条"), Citation(law="某法", article="第二条"))
TEXTS = {"第一条": "应当在三十日以内答复。", "第二条": "罚款二百元。"}


def text_of(citation: Citation) -> str:
    if citation.article not in TEXTS:
        raise UnknownArticle(citation.law, citation.article)
    return TEXTS[citation.article]


def test_a_number_is_founded_by_any_text_cited_however_it_is_written() -> None:
    assert list(unfounded([(("answer",), "30天内要答复，罚两百元。")], CITED, (), text_of)) == []


def test_a_number_without_a_basis_is_told_once_where_it_is_said_first() -> None:
    spoken = [(("short",), "别急。"), (("answer",), "十五天内。"), (("steps", 0), "15日内去。")]
    assert list(unfounded(spoken, CITED, (), text_of)) == [
        ("15日 stands in no cited article, digest or number source", ("answer",))
    ]


def test_a_number_source_founds_a_number() -> None:
    assert list(unfounded([(("answer",), "十五天内。")], CITED, ("办事指南：十五日",), text_of)) == []


def test_numbers_are_not_judged_while_a_citation_does_not_resolve() -> None:
    missing = (*CITED, Citation(law="某法", article="第三条"))
    faults = list(unfounded([(("answer",), "十五天内。")], missing, (), text_of))
    assert [place for _, place in faults] == [("citations", 2)]
