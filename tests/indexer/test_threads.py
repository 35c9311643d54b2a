"""The threads of numpy and the encoder are set before either is loaded, whichever package is imported first."""

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
