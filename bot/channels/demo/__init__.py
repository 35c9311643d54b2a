"""The start page in demo mode: a village group chat to try the service without WeChat, over the same pipeline."""
