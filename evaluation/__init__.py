"""Measuring what the service does, and fitting its lines."""

import indexer  # noqa: F401  # Sets how many threads numpy takes, which counts only before numpy is loaded.
