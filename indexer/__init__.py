"""From knowledge to a searchable snapshot: texts, vectors, indexes, search."""

import os

# Read when the encoder's OpenMP library is loaded, hence before any import. Its threads spin while they wait: two
# processes on two cores then take a question in 1.7 s at the 95th percentile; asleep, in 30 ms.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
