"""Publishing in the background: one at a time on this machine, its progress readable by every web process.

Progress stands in one small file of the data folder, replaced whole at each step. A file lock says whether anybody is
at work: the system releases it when a process dies, so a publishing that broke off is seen as such.
"""

from __future__ import annotations

import fcntl
import json
import logging
import secrets
import time
import traceback
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from threading import Thread
from typing import IO

from bot.domain.people import Staff
from bot.service.publishing import Publishing

logger = logging.getLogger(__name__)


class JobState(StrEnum):
    """`broken_off`: the process died on the way; the snapshot in use before is still in use."""

    NEVER = "never"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    BROKEN_OFF = "broken_off"


@dataclass(frozen=True, slots=True)
class JobProgress:
    """`done` of `total` texts; `total` is 0 until it is known. `problem` is the id under which the log has more."""

    state: JobState
    by: str = ""
    done: int = 0
    total: int = 0
    snapshot: str = ""
    problem: str = ""


class PublishJob:
    """`folder` is the data folder; jobs over the same folder exclude each other."""

    def __init__(self, publishing: Publishing, folder: Path) -> None:
        self._publishing = publishing
        self._file = folder / "publishing.json"
        self._lock = folder / "publishing.lock"

    def start(self, staff: Staff) -> bool:
        """Publish in a thread of this process. False if somebody is publishing already."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        held = self._take_lock(fcntl.LOCK_EX, tries=5)
        if held is None:
            return False
        self._write(JobProgress(JobState.RUNNING, staff.name))
        Thread(target=self._work, args=(staff, held), name="publishing", daemon=True).start()
        return True

    def progress(self) -> JobProgress:
        """As of now, whichever process is at work."""
        try:
            fields = json.loads(self._file.read_text("utf-8"))
        except FileNotFoundError:
            return JobProgress(JobState.NEVER)
        progress = JobProgress(**{**fields, "state": JobState(fields["state"])})
        if progress.state is not JobState.RUNNING:
            return progress
        free = self._take_lock(fcntl.LOCK_SH, tries=1)
        if free is None:
            return progress
        free.close()
        # It may have ended between the two looks.
        state = JobState(json.loads(self._file.read_text("utf-8"))["state"])
        return self.progress() if state is not JobState.RUNNING else JobProgress(JobState.BROKEN_OFF, progress.by)

    def _work(self, staff: Staff, held: IO[bytes]) -> None:
        with held:  # Closing the file releases the lock.
            try:
                snapshot = self._publishing.publish(
                    staff, lambda done, total: self._write(JobProgress(JobState.RUNNING, staff.name, done, total))
                )
            except Exception as error:  # The outermost frame of a thread: whatever happened, the page must learn of it.
                problem = secrets.token_hex(4)
                place = "".join(traceback.format_tb(error.__traceback__))
                logger.error("publishing failed: id=%s error=%s\n%s", problem, type(error).__name__, place)
                self._write(JobProgress(JobState.FAILED, staff.name, problem=problem))
            else:
                self._write(JobProgress(JobState.DONE, staff.name, snapshot=snapshot))

    def _write(self, progress: JobProgress) -> None:
        partial = self._file.with_suffix(".partial")
        partial.write_text(json.dumps(asdict(progress), ensure_ascii=False), "utf-8")
        partial.replace(self._file)

    def _take_lock(self, kind: int, *, tries: int) -> IO[bytes] | None:
        file = self._lock.open("ab")
        for _ in range(tries):
            try:
                fcntl.flock(file, kind | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(0.02)  # Somebody reading the progress holds it for a moment.
            else:
                return file
        file.close()
        return None
