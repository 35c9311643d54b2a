"""The 公众号/服务号 channel: callbacks in with their passive reply, custom messages out."""
