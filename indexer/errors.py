"""Errors of the indexer.

IndexerError
├── EncoderUnavailable   the model cannot be loaded               -> the start or the build stops, naming the setting
├── VectorFileError      a stored vector file is damaged          -> the build stops; `indexer vectors` renews it
├── TunedFileError       what was learned cannot be read          -> the build stops; `indexer tune` renews it
├── ConfidenceFileError  what was fitted cannot be read           -> the build stops; `evaluation fit --write` renews it
├── TuningRefused        too few questions, or nothing gained   -> nothing is published; the command says why
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


class TunedFileError(IndexerError):
    """A file of what was learned is damaged."""


class TuningRefused(IndexerError):
    """There is too little to learn from, or what was learned finds no more than the search without it."""


class ConfidenceFileError(IndexerError):
    """A file of the fitted confidence is damaged."""
