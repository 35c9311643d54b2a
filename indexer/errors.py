"""Errors of the indexer.

IndexerError
├── EncoderUnavailable   the model cannot be loaded               -> the start or the build stops, naming the setting
└── VectorFileError      a stored vector file is damaged          -> the build stops; `indexer vectors` renews it
"""

from __future__ import annotations


class IndexerError(Exception):
    """Base of everything this package raises."""


class EncoderUnavailable(IndexerError):
    """The encoder named by the setting cannot be loaded."""


class VectorFileError(IndexerError):
    """A stored vector file is damaged or of another encoder."""
