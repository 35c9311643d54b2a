"""Doing things at the same moment, in threads and in processes."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier as ProcessBarrier
from threading import Barrier
from typing import Any, TypeVar

from bot.ports import Store, Unit
from bot.store.engine import SqlStore

T = TypeVar("T")
PROCESSES = multiprocessing.get_context("spawn")


def at_once(works: Sequence[Callable[[], T]]) -> list[T]:
    """Each work in a thread of its own, all starting together."""
    start = Barrier(len(works))

    def run(work: Callable[[], T]) -> T:
        start.wait()
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def in_threads(store: Store, works: Sequence[Callable[[Unit], T]]) -> list[T]:
    """Each work in a thread and a transaction of its own, all starting together."""

    def run(work: Callable[[Unit], T]) -> T:
        with store.begin() as unit:
            return work(unit)

    return at_once([partial(run, work) for work in works])


def in_processes(url: str, work: Callable[[Store], T], *, count: int = 2) -> list[T]:
    """The work (a function of a module) in several processes, all starting together."""
    start, results = PROCESSES.Barrier(count), PROCESSES.Queue()
    processes = [PROCESSES.Process(target=_run, args=(url, work, start, results)) for _ in range(count)]
    for process in processes:
        process.start()
    found = [results.get(timeout=60) for _ in processes]
    for process in processes:
        process.join()
    return found


def _run(url: str, work: Callable[[Store], Any], start: ProcessBarrier, results: Queue[Any]) -> None:
    store = SqlStore(url)
    start.wait()
    results.put(work(store))
    store.close()
