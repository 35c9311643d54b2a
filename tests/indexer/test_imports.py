"""What importing does: threads are set before numpy is loaded, and a process that answers loads nothing to learn with."""

import subprocess
import sys

import pytest

ORDER = """
import sys
seen = []
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name in ("numpy", "indexer"):
            seen.append(name)
sys.meta_path.insert(0, Finder())
import {module}
print(*seen)
"""


@pytest.mark.parametrize("module", ["bot.serve", "bot.worker", "bot.ask", "indexer.build", "evaluation.speed"])
def test_the_indexer_is_imported_before_numpy(module: str) -> None:
    run = subprocess.run(  # noqa: S603
        [sys.executable, "-c", ORDER.format(module=module)], capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == ["indexer", "numpy"]


def test_what_answers_loads_nothing_to_learn_with() -> None:
    code = "import sys, bot.serve, bot.worker; print(*sorted({'sklearn', 'torch'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603  ours
    assert run.stdout.split() == []
