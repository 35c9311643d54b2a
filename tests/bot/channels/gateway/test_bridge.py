import pytest

from bot.channels.gateway.bridge import Bridge, by_channel

SECRET = "x" * 32


def test_neither_secret_nor_push_url_is_shown() -> None:
    assert repr(Bridge("juegang", SECRET, "https://bridge.example/push?token=t0ken")) == "Bridge(name='juegang')"


@pytest.mark.parametrize("name", ["", "Juegang", "掘港", "a/b", "-a", "a" * 33, "a\n", "a b"])
def test_a_name_is_part_of_channels_and_headers_and_must_fit_there(name: str) -> None:
    with pytest.raises(ValueError, match="name must be"):
        Bridge(name, SECRET)


def test_a_short_secret_is_refused_without_printing_it() -> None:
    with pytest.raises(ValueError, match="at least 32 characters") as refused:
        Bridge("juegang", "s3cret-" * 4)
    assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize("url", ["", "bridge.example/push", "ftp://bridge.example", "http://", "http://a:port/"])
def test_a_push_url_nothing_can_be_posted_to_stops_the_start(url: str) -> None:
    with pytest.raises(ValueError, match="must be an http or https address"):
        Bridge("juegang", SECRET, url)


def test_two_bridges_of_one_name_stop_the_start() -> None:
    with pytest.raises(ValueError, match="two bridges are named juegang"):
        by_channel([Bridge("juegang", SECRET), Bridge("juegang", "y" * 32)])
