"""Runs jobs: threads inside ``cantiere serve``, or a process of its own by ``cantiere worker``."""

import logging
import os
import socket
import threading
from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.db import close_old_connections, connections, transaction
from django.utils import translation

from cantiere.foundation.core.jobs import queue
from cantiere.foundation.core.jobs.backend import find
from cantiere.foundation.core.jobs.bell import bell
from cantiere.foundation.core.models import Job

log = logging.getLogger(__name__)

# Threads for each queue: mail waits for servers, the others work.
QUEUES = {"default": 1, "mail": 2, "media": 1, "maintenance": 1}
LEASE = timedelta(seconds=60)
POLL = 1.0


def execute(job: Job) -> None:
    """Run a claimed job and store how it ended."""
    try:
        task = find(job.task)
        with translation.override(settings.LANGUAGE_CODE):
            if task.external:
                outcome = task.func(*job.args, **job.kwargs)
                queue.finish(job, outcome)
                return
            with transaction.atomic():
                outcome = task.func(*job.args, **job.kwargs)
                queue.finish(job, outcome)
    except queue.LeaseLostError:
        log.warning("Job %s was taken over by another worker; what this one did is undone.", job.pk)
    except (Exception, SystemExit) as failure:  # noqa: BLE001 (whatever it is, it belongs in the table)
        level = logging.ERROR if job.attempts >= job.attempts_allowed else logging.WARNING
        log.log(
            level, "Job %s failed, attempt %s of %s: %r", job, job.attempts, job.attempts_allowed, failure
        )
        queue.fail(job, failure)


def run_all(*queues: str, limit: int = 1000) -> int:
    """Run what is ready, here and now, until nothing is; for tests and the demonstration."""
    done = 0
    for name in queues or tuple(QUEUES):
        while done < limit and (job := queue.claim(name, "run_all", LEASE)) is not None:
            execute(job)
            done += 1
    return done


class Worker:
    """Threads that take jobs, and one that keeps their leases."""

    def __init__(
        self, queues: Mapping[str, int] | None = None, *, lease: timedelta = LEASE, grace: float = 20
    ) -> None:
        """``grace``: seconds that running jobs get to end when told to stop."""
        self.queues = dict(QUEUES if queues is None else queues)
        self.lease = lease
        self.grace = grace
        self.name = f"{socket.gethostname()}:{os.getpid()}"
        self._held: dict[int, str] = {}
        self._lock = threading.Lock()

    def run(self, stop: threading.Event) -> None:
        """Work until told to stop; then end what runs, or give it back."""
        ended = threading.Event()
        threads = [
            threading.Thread(target=self._work, args=(name, stop), name=f"jobs-{name}-{n}", daemon=True)
            for name, count in self.queues.items()
            for n in range(count)
        ]
        keeper = threading.Thread(target=self._keep_leases, args=(ended,), name="jobs-leases", daemon=True)
        for thread in (*threads, keeper):
            thread.start()
        stop.wait()
        bell.ring()
        for thread in threads:
            thread.join(self.grace)
        ended.set()
        keeper.join(self.grace)
        self._give_back()

    def _work(self, name: str, stop: threading.Event) -> None:
        heard = 0
        while not stop.is_set():
            heard = bell.rings
            try:
                close_old_connections()
                while not stop.is_set() and self._one(name):
                    pass
            except Exception:
                log.exception("The queue %s could not be read; it is tried again.", name)
                connections.close_all()
                stop.wait(POLL)
            if not stop.is_set():
                bell.wait(heard, POLL)
        connections.close_all()

    def _one(self, name: str) -> bool:
        job = queue.claim(name, self.name, self.lease)
        if job is None:
            return False
        with self._lock:
            self._held[job.pk] = job.token
        try:
            execute(job)
        finally:
            with self._lock:
                self._held.pop(job.pk, None)
        return True

    def _keep_leases(self, ended: threading.Event) -> None:
        while not ended.wait(self.lease.total_seconds() / 3):
            with self._lock:
                held = dict(self._held)
            try:
                queue.extend(held, self.lease)
            except Exception:
                log.exception("The leases could not be extended; it is tried again.")
                connections.close_all()
        connections.close_all()

    def _give_back(self) -> None:
        with self._lock:
            held = dict(self._held)
        if held:
            log.warning("%s jobs did not end in time and are given back.", queue.give_back(held))
        connections.close_all()
