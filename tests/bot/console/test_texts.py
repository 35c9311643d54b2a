"""Names of things on the pages."""

from bot.console.texts import REASON_NAMES, URGENCY_NAMES
from bot.domain.decision import Reason
from bot.domain.question import Urgency


def test_every_reason_and_every_danger_has_a_name() -> None:
    assert REASON_NAMES.keys() == set(Reason)
    assert URGENCY_NAMES.keys() == set(Urgency)
