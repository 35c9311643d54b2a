"""Legal education for the groups (普法推送): texts in `*.yaml`, each with its days and the law it rests on.

`form` is a text and its days, `shelf` reads and checks all of them.
"""
