"""What every rule takes and gives."""

from __future__ import annotations

Place = tuple[int | str, ...]
"""A way into a form: ("steps", 0) is its first step."""

Fault = tuple[str, Place]
"""What is wrong, and where inside the form."""

Spoken = tuple[Place, str]
"""A text a resident may be told, and where it stands."""
