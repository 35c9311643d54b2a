"""Passwords: what is accepted, and argon2 hashes of it."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MIN_LENGTH = 10
MAX_LENGTH = 128
"""Longer input is refused unread: hashing it would only cost time."""

_HASHER = PasswordHasher()
_GUESSED_FIRST = ("1234567890", "0123456789", "0987654321", "9876543210", "password", "qwertyuiop", "abcdefghij")


def fault_of(password: str, *, login: str) -> str | None:
    """Why this cannot be a password, in words for the person choosing it; None if it can."""
    lowered = password.lower()
    if len(password) < MIN_LENGTH:
        return f"密码至少 {MIN_LENGTH} 位"
    if len(password) > MAX_LENGTH:
        return f"密码最多 {MAX_LENGTH} 位"
    if len(set(password)) < 4 or lowered.startswith(_GUESSED_FIRST):
        return "这个密码太容易被猜到，请换一个"
    if login and login.lower() in lowered:
        return "密码里不要包含登录名"
    return None


def hashed(password: str) -> str:
    """An argon2id hash with its own salt and parameters."""
    return _HASHER.hash(password)


def matches(password: str, password_hash: str | None) -> bool:
    """Is this the password? Without a hash it is not, and finding that out takes as long."""
    try:
        found = _HASHER.verify(password_hash or _nobodys_hash(), password)
    except (VerificationError, InvalidHashError):
        return False
    return found and password_hash is not None


@cache
def _nobodys_hash() -> str:
    return _HASHER.hash("nobody has this password")
