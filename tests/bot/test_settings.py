import json
from pathlib import Path

import pytest

from bot.settings import SettingsFault, read_settings

KEY = "k" * 32
SECRET = "nobody-may-see-this-secret-value"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "FARUN_MODE",
        "FARUN_DATA",
        "FARUN_SECRET_KEY",
        "DATABASE_URL",
        "PORT",
        "FARUN_WECHAT",
        "FARUN_GATEWAYS",
    ):
        monkeypatch.delenv(name, raising=False)


def test_without_any_setting_it_is_demo_mode_over_sqlite_in_the_data_folder() -> None:
    settings = read_settings()
    assert settings.demo
    assert settings.database.startswith("sqlite:///")
    assert settings.database.endswith("/data/farun.db")
    assert settings.url == "http://127.0.0.1:8000"


def test_all_faults_are_told_together_each_with_its_setting_and_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FARUN_MODE", "production")
    monkeypatch.setenv("PORT", "99999")
    monkeypatch.setenv("FARUN_WECHAT", json.dumps([{"name": "A B", "appid": "x", "token": SECRET}]))
    monkeypatch.setenv("FARUN_GATEWAYS", json.dumps([{"name": "b", "secret": "short"}]))
    with pytest.raises(SettingsFault) as told:
        read_settings()
    for name in ("FARUN_SECRET_KEY", "FARUN_PUBLIC_URL", "PORT", "FARUN_WECHAT", "FARUN_GATEWAYS"):
        assert name in str(told.value)
    assert len(str(told.value).splitlines()) == 5
    assert SECRET not in str(told.value)
    assert "short" not in str(told.value).replace("shorter", "")


def test_production_starts_with_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FARUN_MODE", "production")
    monkeypatch.setenv("FARUN_SECRET_KEY", KEY)
    monkeypatch.setenv("FARUN_PUBLIC_URL", "https://farun.example/")
    settings = read_settings()
    assert not settings.demo
    assert settings.url == "https://farun.example"
    assert settings.signing_key() == KEY
    assert KEY not in repr(settings)


def test_the_demos_key_is_made_once_and_kept_from_others(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FARUN_DATA", str(tmp_path))
    first = read_settings().signing_key()
    assert read_settings().signing_key() == first
    assert len(first) >= 32
    assert (tmp_path / "session.key").stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == ["session.key"]
