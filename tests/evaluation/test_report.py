"""The page of figures."""

from datetime import date
from pathlib import Path

from evaluation.alarm import AlarmLine
from evaluation.entries import Found
from evaluation.fit import Fit, Line
from evaluation.report import write_report
from evaluation.run import Run
from indexer.confidence import Confidence
from indexer.encoder import Encoder
from indexer.tuned import tuned_for
from tests.evaluation.test_run import BEFORE, QUESTIONS

FITTED = Fit(
    Confidence("pairs", [0.0] * 8, [1.0] * 8, [0.0] * 8, 0.0, [0.0] * 44, 0.0),
    answerable=10,
    unanswerable=2,
    brier=0.125,
    lines=(Line(0.9, 0.3, 0.98, 1),),
    curve=((0.1, 0.0), (0.5, 0.02), (1.0, 0.3)),
    bins=((0.1, 0.2), (0.9, 0.85)),
)


def write(folder: Path) -> Path:
    return write_report(
        folder,
        on=date(2026, 11, 24),
        run=Run(QUESTIONS, BEFORE),
        entries=[Found("all", "together", 10, 0.8, 0.9, 1.0, 0.85)],
        fitted=FITTED,
        alarm=[AlarmLine(0.2, 0.99, 0.9, 29, 126)],
        tuned=tuned_for(Encoder().name, folder),
    )


def test_the_page_has_all_figures_and_its_plots_and_the_same_figures_give_the_same_files(tmp_path: Path) -> None:
    first, second = write(tmp_path / "a"), write(tmp_path / "b")
    text = first.read_text("utf-8")
    assert "| all | together | 10 | 0.800 | 0.900 | 1.000 | 0.850 |" in text
    assert "Brier score 0.125" in text
    assert "at 0.90: 30.0% of answerable answered, 98.0% of answers right" in text
    assert "at 0.20: 99.0% caught" in text
    assert "| that has learned |" in text
    plots = sorted(path.name for path in (tmp_path / "a" / "images").iterdir())
    assert plots == ["recall.svg", "reliability.svg", "risk.svg"]
    assert all(f"(images/{name})" in text for name in plots)
    for name in plots:
        assert (first.parent / "images" / name).read_bytes() == (second.parent / "images" / name).read_bytes()
