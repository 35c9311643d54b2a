"""Errors of the indexer.

IndexerError
├── EncoderUnavailable   the model cannot be loaded               -> the start or the build stops, naming the setting
├── VectorFileError      a stored vector file is damaged          -> the build stops; `indexer vectors` renews it
├── KnowledgeFaulty      the knowledge check found faults         -> the build stops and lists them
└── IndexUnavailable     no snapshot, or one that cannot be used  -> the question goes to a person
"""

from __future__ import annotations


class IndexerError(Exception):
    """Base of everything this package raises."""


class EncoderUnavailable(IndexerError):
    """The encoder named by the setting cannot be loaded."""


class VectorFileError(IndexerError):
    """A stored vector file is damaged or of another encoder."""


class IndexUnavailable(IndexerError):
    """No snapshot is published, or the published one cannot be used: built with another encoder, or damaged."""


class KnowledgeFaulty(IndexerError):
    """The knowledge check found faults: nothing is built from knowledge that may not be said."""
