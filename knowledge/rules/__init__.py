"""The rules of the gate, one a module: pure functions that say what is wrong and where inside the entry.

`form`, `promises` and `basis` decide what may be said; `knowledge.check` applies them to every file and the console to
every draft. `facts` is applied by the gate to the files, and to what somebody saves. The others keep the base fit to be
searched and read; `knowledge.gate` applies them to the files.
"""
