from tests.bot.service.cast import town

__all__ = ["town"]
