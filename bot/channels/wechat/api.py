"""HTTP to WeChat's servers."""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

import httpx

from bot.domain.errors import DeliveryFailed

BASE_URL = "https://api.weixin.qq.com"
TIMEOUT = httpx.Timeout(10, connect=5)


class Api:
    """Posts JSON. To be shared by all accounts and threads, and closed at the end."""

    def __init__(self, base_url: str = BASE_URL, *, timeout: httpx.Timeout = TIMEOUT) -> None:
        self._client = httpx.Client(base_url=base_url, timeout=timeout, transport=_TokenAdding(httpx.HTTPTransport()))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._client.close()

    def post(self, path: str, payload: Mapping[str, Any], *, token: str | None = None) -> dict[str, Any]:
        """The answer's fields, whatever they say. Raises DeliveryFailed, not permanent, if there is no such answer.

        JSON goes out in UTF-8: residents would see \\u escapes as they are.
        """
        extensions = {_TokenAdding.NAME: token} if token is not None else {}
        try:
            response = self._client.post(path, json=payload, extensions=extensions)
        except httpx.HTTPError as failure:
            raise DeliveryFailed(f"{path}: {type(failure).__name__}", permanent=False) from None
        if response.status_code != httpx.codes.OK:
            raise DeliveryFailed(f"{path}: HTTP status {response.status_code}", permanent=False)
        try:
            answer = response.json()
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise DeliveryFailed(f"{path}: {len(response.content)} bytes are not a JSON object", permanent=False)
        return answer


class _TokenAdding(httpx.BaseTransport):
    """Puts the access token into the address at the last moment: httpx logs addresses and quotes them in its errors."""

    NAME = "wechat_access_token"

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self._inner = inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        extensions = dict(request.extensions)
        token = extensions.pop(self.NAME, None)
        url = request.url if token is None else request.url.copy_merge_params({"access_token": token})
        return self._inner.handle_request(
            httpx.Request(request.method, url, headers=request.headers, stream=request.stream, extensions=extensions)
        )

    def close(self) -> None:
        self._inner.close()
