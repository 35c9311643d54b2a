"""Background work: the outbox, lost messages, overdue cases. One process; a second one does no harm."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from threading import Event

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from bot.app import Service
from bot.domain.errors import BotError

log = structlog.get_logger()

SEND_EVERY = timedelta(seconds=1)
RECOVER_EVERY = timedelta(seconds=10)
PASS_ON_EVERY = timedelta(minutes=1)
TIDY_EVERY = timedelta(hours=1)


def work(service: Service, stop: Event) -> None:
    """Run until `stop` is set. Each job runs alone; one that is late runs once, not several times."""
    jobs: tuple[tuple[str, Callable[[], object], timedelta], ...] = (
        ("send", service.sending.send_due, SEND_EVERY),
        ("recover", service.conversation.recover, RECOVER_EVERY),
        ("pass on overdue cases", service.casework.pass_on_overdue, PASS_ON_EVERY),
        ("laws come into force", service.law_importing.come_into_force, TIDY_EVERY),
        ("forget nonces", service.nonces.forget_expired, TIDY_EVERY),
    )
    scheduler = BackgroundScheduler(timezone="UTC", executors={"default": ThreadPoolExecutor(len(jobs))})
    for name, job, every in jobs:
        scheduler.add_job(
            _guarded(name, job), "interval", seconds=every.total_seconds(), max_instances=1, coalesce=True, name=name
        )
    scheduler.start()
    log.info("worker started")
    stop.wait()
    scheduler.shutdown(wait=True)
    log.info("worker stopped")


def _guarded(name: str, job: Callable[[], object]) -> Callable[[], None]:
    def run() -> None:
        try:
            job()
        except BotError as failure:
            log.warning("job failed", job=name, kind=type(failure).__name__)
        except Exception as failure:  # The outermost loop: one broken job must not end the others.
            log.error("job broke", job=name, kind=type(failure).__name__)

    return run
