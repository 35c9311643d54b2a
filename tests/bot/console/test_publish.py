"""Publishing from the page: in the background, one at a time, with its progress; rolling back; trying out."""

import fcntl
import json
import time
from threading import Event

import pytest

from bot.console.publish_job import JobState, PublishJob
from tests.bot.console.test_knowledge import TYPED
from tests.bot.console.world import Browser, World


def _wait(browser: Browser) -> dict[str, object]:
    for _ in range(200):
        progress = browser.get("/console/publish/progress.json").json
        assert isinstance(progress, dict)
        if progress["state"] != "running":
            return progress
        time.sleep(0.02)
    raise AssertionError("still running")


def test_a_change_waits_until_it_is_published(world: World) -> None:
    browser = world.browser("li")
    assert "还从来没有发布过" in browser.get("/console/publish/").text
    browser.post("/console/publish/start")
    assert _wait(browser)["state"] == "done"
    world.clock.pass_by(minutes=5)
    browser.post("/console/knowledge/new", **TYPED)
    assert "有 1 条修改还没有发布" in browser.get("/console/publish/").text
    world.clock.pass_by(minutes=5)
    browser.post("/console/publish/start")
    _wait(browser)
    assert len(world.indexing.entries["snapshot-2"]) == 2
    assert ("李所长", "发布知识库", "snapshot-2") in world.audit()


def test_a_retired_entry_is_gone_with_the_next_publishing(world: World) -> None:
    browser = world.browser("li")
    browser.post("/console/publish/start")
    _wait(browser)
    browser.post("/console/knowledge/loan-limitation/retire")
    browser.post("/console/publish/start")
    _wait(browser)
    assert list(world.indexing.entries["snapshot-1"]) == ["loan-limitation"]
    assert world.indexing.entries["snapshot-2"] == {}


def test_progress_is_shown_while_somebody_publishes_and_a_second_start_waits(world: World) -> None:
    reached, go_on = Event(), Event()

    def hold(done: int, total: int) -> None:
        if done == 1:
            reached.set()
            assert go_on.wait(10)

    world.indexing.hold = hold
    browser, colleague = world.browser("li"), world.browser("li")
    browser.post("/console/publish/start")
    assert reached.wait(10)
    assert colleague.get("/console/publish/progress.json").json == {"state": "running", "done": 1, "total": 2}
    page = colleague.get("/console/publish/").text
    assert "李所长正在发布" in page
    assert '<progress id="bar" value="1" max="2">' in page
    colleague.post("/console/publish/start")
    assert "已经有人在发布了" in colleague.get("/console/publish/").text
    go_on.set()
    assert _wait(browser)["state"] == "done"
    assert world.indexing.kept == ["snapshot-1"]


def test_a_failed_publishing_is_told_with_an_id_and_can_be_started_again(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    words = "something a person wrote"

    def break_down(done: int, total: int) -> None:
        raise RuntimeError(words)

    world.indexing.hold = break_down
    browser = world.browser("li")
    browser.post("/console/publish/start")
    assert _wait(browser)["state"] == "failed"
    problem = json.loads((world.folder / "publishing.json").read_text("utf-8"))["problem"]
    assert f"请把编号 {problem} 告诉运维人员" in browser.get("/console/publish/").text
    assert f"id={problem}" in caplog.text
    assert words not in caplog.text
    world.indexing.hold = None
    browser.post("/console/publish/start")
    assert _wait(browser)["state"] == "done"


def test_a_publishing_whose_process_died_is_told_and_does_not_stand_in_the_way(world: World) -> None:
    (world.folder / "publishing.json").write_text('{"state": "running", "by": "李所长"}', "utf-8")
    browser = world.browser("li")
    assert "中途断了" in browser.get("/console/publish/").text
    browser.post("/console/publish/start")
    assert _wait(browser)["state"] == "done"


def test_another_process_at_work_is_seen_through_its_lock(world: World) -> None:
    job = PublishJob(world.publishing, world.folder)
    (world.folder / "publishing.json").write_text('{"state": "running", "by": "李所长"}', "utf-8")
    with (world.folder / "publishing.lock").open("ab") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert job.progress().state is JobState.RUNNING
        assert not job.start(world.staff(world.li))
    assert job.progress().state is JobState.BROKEN_OFF


def test_rolling_back_is_one_click_and_says_when_the_snapshot_is_gone(world: World) -> None:
    browser = world.browser("li")
    for _ in range(2):
        browser.post("/console/publish/start")
        _wait(browser)
    browser.post("/console/publish/roll-back", snapshot="snapshot-1")
    assert world.indexing.current == "snapshot-1"
    assert ("李所长", "回退知识库", "snapshot-1") in world.audit()
    browser.post("/console/publish/roll-back", snapshot="snapshot-9")
    assert "没有回退" in browser.get("/console/publish/").text
    assert world.indexing.current == "snapshot-1"


@pytest.mark.parametrize(
    ("text", "sure", "words"),
    [
        ("借条过期了还能要钱吗", 0.99, "机器人会直接回答"),
        ("借条过期了还能要钱吗", 0.5, "机器人会反问"),
        ("邻居的树长过来了怎么办", 0.99, "会转给人答复"),
        ("今天天气不错", 0.99, "只回一句客气话或使用说明"),
        ("我老公天天打我怎么办", 0.99, "紧急：有人挨打"),
    ],
)
def test_trying_out_says_what_would_happen_and_stores_nothing(world: World, text: str, sure: float, words: str) -> None:
    world.retriever.sure = sure
    browser = world.browser("li")
    assert words in browser.post("/console/publish/try", text=text).text
    assert world.casework.waiting(world.staff(world.li)) == []
    with world.store.begin() as unit:
        assert sum(unit.inquiries.counts(villages=None, since=world.clock()).values()) == 0
