"""A form counts once, however often it arrives.

Phones on poor networks send twice; after a crash the first sending may have been committed without
anyone knowing. The key travels with the form and is stored in the transaction of what the form does.
"""

import hashlib
from collections.abc import Callable, Container
from typing import Any, Protocol

from django.core.exceptions import NON_FIELD_ERRORS, SuspiciousOperation, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse

from cantiere.foundation.core.models import Submission

FIELD = "once"


def _fingerprint(request: HttpRequest) -> str:
    digest = hashlib.sha256(request.path.encode())
    for name, values in sorted(request.POST.lists()):
        if name not in {FIELD, "csrfmiddlewaretoken"}:
            digest.update(f"\0{name}\0".encode() + "\0".join(values).encode())
    for name, file in sorted(request.FILES.items()):
        digest.update(f"\0{name}\0{getattr(file, 'name', '')}\0{getattr(file, 'size', '')}".encode())
    return digest.hexdigest()


def key_of(sent: QueryDict) -> str:
    """The key that a form carries; one without is refused with 400."""
    key = sent.get(FIELD, "")
    if not 16 <= len(key) <= 64:
        raise SuspiciousOperation("The form carries no key.")
    return key


def once(request: HttpRequest, act: Callable[[], str]) -> HttpResponse:
    """Run ``act`` in a transaction, unless this form was taken before; go to the address it gave.

    The same key with other content is refused with 409; a form without a key with 400.
    """
    key = key_of(request.POST)
    fingerprint = _fingerprint(request)
    with transaction.atomic():
        taken = Submission(key=key, fingerprint=fingerprint)
        Submission.objects.bulk_create([taken], ignore_conflicts=True)
        first = Submission.objects.select_for_update().get(pk=key)
        if first.fingerprint != fingerprint:
            return TemplateResponse(request, "409.html", status=409)
        if not first.address:
            first.address = act()
            first.save(update_fields=["address"])
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": first.address})
    return HttpResponseRedirect(first.address)


class Checked(Protocol):
    """A form, or what looks like one: it knows its fields, judges, and takes what an action refuses."""

    @property
    def fields(self) -> Container[str]: ...

    def is_valid(self) -> bool: ...

    def add_error(self, field: str | None, error: Any) -> None: ...


def submit(request: HttpRequest, form: Checked, act: Callable[[], str]) -> HttpResponse | None:
    """Take a valid form :func:`once`; ``None`` when it or ``act`` refuses, the reasons being in the form."""
    if not form.is_valid():
        return None
    try:
        return once(request, act)
    except ValidationError as refused:
        reasons = refused.error_dict if hasattr(refused, "error_dict") else {NON_FIELD_ERRORS: [refused]}
        for name, errors in reasons.items():
            form.add_error(name if name in form.fields else None, errors)
        return None
