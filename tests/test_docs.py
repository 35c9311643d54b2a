"""What the two READMEs promise must be the same, and must exist."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent


def commands(readme: str) -> list[str]:
    """The indented command lines of a README, without their comments."""
    lines = re.findall(r"^    (\S.*)$", (ROOT / readme).read_text("utf-8"), re.MULTILINE)
    return [line.split("  #")[0].strip() for line in lines]


def test_both_languages_show_the_same_commands() -> None:
    assert commands("README.md") == commands("README.zh-CN.md") != []


def test_every_make_target_shown_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    shown = {command.split()[1] for command in commands("README.md") if command.startswith("make ")}
    assert shown <= targets
