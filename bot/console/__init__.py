"""The pages for staff: cases, knowledge, publishing, people, figures. `register` puts them on an application."""

from bot.console.invitations import first_start_link
from bot.console.services import ConsoleServices, ConsoleSettings
from bot.console.wiring import register

__all__ = ["ConsoleServices", "ConsoleSettings", "first_start_link", "register"]
