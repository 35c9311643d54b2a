"""From knowledge to a searchable snapshot: texts, vectors, indexes, search."""
