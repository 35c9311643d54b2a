"""Reading knowledge files. Every fault names the file and the line, and all faults are found in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from knowledge.entry import DigestFile, EntryFile
from knowledge.errors import EntryFault
from knowledge.laws import LawSource
from knowledge.parsing import line_of, parse
from knowledge.rules.fault import Place

ROOT = Path(__file__).parent
PARTS = ("entries", "digests", "dangers", "smalltalk", "asked")
"""The folders whose files a snapshot is built from."""
Form = TypeVar("Form", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Located:
    """A parsed file with the lines its parts stand on."""

    name: str
    path: Path

    def line(self, *place: int | str) -> int:
        """The line, from 1, of the deepest part of `place` that exists. Reads the file again."""
        return line_of(self.path.read_text("utf-8"), place)


def read_form(path: Path, form: type[Form], *, root: Path = ROOT) -> tuple[Form | None, Located, list[EntryFault]]:
    """The file as `form`, or None and every fault found. Never raises for what stands in the file."""
    name = path.relative_to(root).as_posix()
    located = Located(name, path)
    try:
        tree, repeated = parse(path.read_text("utf-8"))
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 1
        return None, located, [EntryFault(name, line, f"not YAML: {fault.problem}")]
    except (UnicodeDecodeError, yaml.YAMLError) as fault:
        return None, located, [EntryFault(name, 1, f"not UTF-8 YAML: {fault}")]
    faults = [EntryFault(name, line, f"the key {key} stands twice") for line, key in repeated]
    try:
        return form.model_validate(tree), located, faults
    except ValidationError as fault:
        errors = [(error["loc"], error["msg"]) for error in fault.errors()]
        places = [place for place, _ in errors]
        faults += [_fault(located, tree, place, message) for place, message in errors if innermost(place, places)]
        return None, located, faults


def fingerprint(laws: LawSource, root: Path = ROOT) -> str:
    """Changes when a knowledge file or the set of law versions in force does; quick, nothing is parsed."""
    digest = blake2b(digest_size=8)
    for path in sorted(path for part in PARTS for path in (root / part).rglob("*.yaml")):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    digest.update("\0".join(version.id for version in laws.laws()).encode())
    return digest.hexdigest()


def innermost(place: Place, places: Iterable[Place]) -> bool:
    """False for the place of a list that only counts as too short because an item of it is at fault."""
    return not any(len(other) > len(place) and other[: len(place)] == place for other in places)


def _fault(located: Located, tree: Any, place: Place, message: str) -> EntryFault:
    where = ".".join(map(str, place)) or "file"
    return EntryFault(located.name, located.line(*place), f"{where}: {message}", _id_above(tree, place))


def _id_above(tree: Any, place: Place) -> str:
    """The id of the innermost part around `place` that has one, or ""."""
    found = ""
    for step in (*place, None):
        if isinstance(tree, dict):
            found = str(tree.get("id", found))
            tree = tree.get(step)
        elif isinstance(tree, list) and isinstance(step, int) and step < len(tree):
            tree = tree[step]
        else:
            break
    return found


def entry_files(root: Path = ROOT) -> Iterator[tuple[EntryFile | None, Located, list[EntryFault]]]:
    """Every file under `entries/`, in the order of its path."""
    for path in sorted((root / "entries").rglob("*.yaml")):
        yield read_form(path, EntryFile, root=root)


def digest_files(root: Path = ROOT) -> Iterator[tuple[DigestFile | None, Located, list[EntryFault]]]:
    """Every file under `digests/`, in the order of its path."""
    for path in sorted((root / "digests").rglob("*.yaml")):
        yield read_form(path, DigestFile, root=root)
