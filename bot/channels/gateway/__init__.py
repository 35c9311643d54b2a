"""The signed HTTP gateway for group bridges: callback in, push or poll out. The protocol is in docs/gateway.md."""
