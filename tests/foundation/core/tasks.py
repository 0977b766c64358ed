"""Jobs for tests."""

from cantiere.foundation.core.jobs import job
from cantiere.foundation.core.models import AuditSeal


def mark() -> None:
    AuditSeal.objects.create(up_to=AuditSeal.objects.count() + 1, entries=0, digest="x")


@job
def add(first: int, second: int = 1) -> int:
    mark()
    return first + second


@job(attempts=2, backoff=10)
def fails() -> None:
    mark()
    raise ValueError("as meant")


@job(external=True, queue="mail")
def outside() -> None:
    mark()


@job(attempts=1)
def leaves() -> None:
    raise SystemExit(3)


@job
def gives_an_object() -> object:
    mark()
    return object()


def no_job() -> None:
    mark()
