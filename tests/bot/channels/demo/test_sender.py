import pytest

from bot.channels.demo.sender import DemoSender
from bot.domain.delivery import Delivery, DeliveryState, next_try
from bot.domain.errors import DeliveryFailed
from bot.domain.message import Address
from bot.ports import Sender
from tests.bot.channels.gateway.cast import NOW


def test_a_text_is_never_pushed_and_held_at_its_first_try() -> None:
    sender: Sender = DemoSender()
    delivery = Delivery(
        1, "case-1-2", Address("demo", "wang", "demo-hegang"), "先别签字。", 1, 0, DeliveryState.PENDING
    )
    with pytest.raises(DeliveryFailed) as failed:
        sender.send(delivery)
    assert next_try(failed.value, 1, now=NOW) is None
