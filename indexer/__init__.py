"""From knowledge to a searchable snapshot: texts, vectors, indexes, search."""

import os

# Read when the libraries are loaded, hence before any import. The encoder's threads spin while they wait for each
# other: with two processes on two cores a question then takes 1.7 s at the 95th percentile, with short spinning 50 ms.
os.environ.setdefault("GOMP_SPINCOUNT", "1000")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
