"""法润助手: a resident's message in, a checked answer or a named adviser out."""

import indexer  # noqa: F401  # Sets how many threads numpy takes, which counts only before numpy is loaded.
