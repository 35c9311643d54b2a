"""What people write that is no matter of law, and questions of law in the same words: what is learned to tell apart."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from knowledge.entry import Strict
from knowledge.errors import EntryFault
from knowledge.files import ROOT
from knowledge.rules.fault import Place
from knowledge.samples import Message, Sample, read_samples


class Talk(StrEnum):
    """What a message is: a question that law has no answer to, talk that asks nothing, or a matter of law."""

    OFF_TOPIC = "off_topic"
    CHATTER = "chatter"
    LAW = "law"


class TalkFile(Strict):
    """One field of life a file, so that what is alike in words stands together. If in doubt, a text is law."""

    off_topic: tuple[Message, ...] = ()
    chatter: tuple[Message, ...] = ()
    law: tuple[Message, ...] = ()

    def parts(self) -> Iterator[tuple[Place, tuple[Message, ...], Talk]]:
        yield ("off_topic",), self.off_topic, Talk.OFF_TOPIC
        yield ("chatter",), self.chatter, Talk.CHATTER
        yield ("law",), self.law, Talk.LAW


def read_talk(root: Path = ROOT) -> tuple[list[Sample[Talk]], list[EntryFault]]:
    """All examples under `smalltalk/`, in the order of files, and every fault found. A message stands once."""
    return read_samples(root / "smalltalk", root, TalkFile, TalkFile.parts)
