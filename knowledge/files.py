"""Reading knowledge files. Every fault names the file and the line, and all faults are found in one pass."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from knowledge.entry import DigestFile, EntryFile
from knowledge.errors import EntryFault
from knowledge.laws import LawSource

ROOT = Path(__file__).parent
Form = TypeVar("Form", bound=BaseModel)
Location = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Located:
    """A parsed file with the lines its parts stand on."""

    name: str
    path: Path

    def line(self, *location: int | str) -> int:
        """The line, from 1, of the deepest part of `location` that exists. Reads the file again, slowly."""
        node, line = YAML(typ="rt").load(self.path.read_text("utf-8")), 1
        for step in location:
            try:
                if isinstance(node, CommentedMap):
                    line = node.lc.key(step)[0] + 1
                elif isinstance(node, CommentedSeq):
                    line = node.lc.item(step)[0] + 1
                else:
                    break
                node = node[step]
            except (KeyError, IndexError, TypeError):
                break
        return line


def read_form(path: Path, form: type[Form], *, root: Path = ROOT) -> tuple[Form | None, Located, list[EntryFault]]:
    """The file as `form`, or None and every fault found. Never raises for what stands in the file."""
    name = path.relative_to(root).as_posix()
    located = Located(name, path)
    try:
        tree = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)  # it is the safe one, in C
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 1
        return None, located, [EntryFault(name, line, f"not YAML: {fault.problem}")]
    except (UnicodeDecodeError, yaml.YAMLError) as fault:
        return None, located, [EntryFault(name, 1, f"not UTF-8 YAML: {fault}")]
    try:
        return form.model_validate(tree), located, []
    except ValidationError as fault:
        errors = [(error["loc"], error["msg"]) for error in fault.errors()]
        return (
            None,
            located,
            [_fault(located, place, message) for place, message in errors if _innermost(place, errors)],
        )


def fingerprint(laws: LawSource, root: Path = ROOT) -> str:
    """Changes when a knowledge file or the set of law versions in force does; quick, nothing is parsed."""
    digest = blake2b(digest_size=8)
    for path in sorted((*(root / "entries").rglob("*.yaml"), *(root / "digests").rglob("*.yaml"))):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    digest.update("\0".join(version.id for version in laws.laws()).encode())
    return digest.hexdigest()


def _innermost(place: Location, errors: list[tuple[Location, str]]) -> bool:
    """False for a list that only counts as too short because an item of it is at fault."""
    return not any(len(other) > len(place) and other[: len(place)] == place for other, _ in errors)


def _fault(located: Located, location: Location, message: str) -> EntryFault:
    where = ".".join(str(step) for step in location) or "file"
    return EntryFault(located.name, located.line(*location), f"{where}: {message}")


def entry_files(root: Path = ROOT) -> Iterator[tuple[EntryFile | None, Located, list[EntryFault]]]:
    """Every file under `entries/`, in the order of its path."""
    for path in sorted((root / "entries").rglob("*.yaml")):
        yield read_form(path, EntryFile, root=root)


def digest_files(root: Path = ROOT) -> Iterator[tuple[DigestFile | None, Located, list[EntryFault]]]:
    """Every file under `digests/`, in the order of its path."""
    for path in sorted((root / "digests").rglob("*.yaml")):
        yield read_form(path, DigestFile, root=root)
