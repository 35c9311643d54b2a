"""What can drift is held together here: the two READMEs, commands, settings."""

import re
from pathlib import Path

import click
import pytest

from bot.__main__ import main as bot
from bot.settings import Settings
from evaluation.__main__ import main as evaluation
from indexer.__main__ import main as indexer
from knowledge.__main__ import main as knowledge

ROOT = Path(__file__).parent.parent
OPERATING = (ROOT / "docs" / "operating.md").read_text("utf-8")


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


@pytest.mark.parametrize("setting", sorted(Settings.model_fields))
def test_every_setting_is_in_the_operating_guide(setting: str) -> None:
    assert f"`FARUN_{setting.upper()}`" in OPERATING


@pytest.mark.parametrize(
    ("package", "group"), [("bot", bot), ("indexer", indexer), ("knowledge", knowledge), ("evaluation", evaluation)]
)
def test_every_command_is_in_the_operating_guide(package: str, group: click.Group) -> None:
    missing = [name for name in group.commands if f"`python -m {package} {name}" not in OPERATING]
    assert missing == []
