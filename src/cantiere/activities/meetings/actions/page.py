"""Preparing a page: its words and its documents."""

from collections.abc import Mapping

from django.db import transaction

from cantiere.activities.meetings.models import Page, PageDocument
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import log
from cantiere.foundation.core.edit import apply
from cantiere.foundation.core.uploads import Cleaned
from cantiere.programmes import actions as programmes
from cantiere.programmes.models import Activity

FIELDS = {"story", "link"}


@transaction.atomic
def set_up_page(*, activity: Activity) -> Page:
    """The own row of a new page."""
    return Page.objects.create(activity=activity)


@transaction.atomic
def copy_page(*, source: Activity, target: Activity) -> Page:
    """The same words and link; documents stay with the page they belong to."""
    own = Page.objects.get(pk=source.pk)
    return Page.objects.create(activity=target, story=own.story, link=own.link)


@transaction.atomic
def edit_page(*, by: Person | None, page: Page, row: Mapping[str, object], own: Mapping[str, object]) -> None:
    """Change the row and the story; a changed «what came of it» is told."""
    row = dict(row)
    outcome = row.pop("outcome", None)
    programmes.edit_activity(by=by, activity=page.activity, details=row)
    changed = apply(page, own, allowed=FIELDS)
    if changed:
        log.record(by=by, verb="meetings.edit_page", target=page, changed=changed)
    if isinstance(outcome, str) and outcome != page.activity.outcome:
        programmes.tell_outcome(by=by, activity=page.activity, outcome=outcome)


@transaction.atomic
def add_document(*, by: Person, page: Page, title: str, file: Cleaned) -> PageDocument:
    """Hang an examined file on the page."""
    document = PageDocument(page=page, title=title or file.shown.rpartition(".")[0][:120], shown=file.shown)
    document.file = file
    document.save()
    log.record(by=by, verb="meetings.add_document", target=document)
    return document


@transaction.atomic
def remove_document(*, by: Person, document: PageDocument) -> None:
    """Take a file away, from the disk too once that is certain."""
    log.record(by=by, verb="meetings.remove_document", target=document, title=document.title)
    storage, name = document.file.storage, str(document.file.name)
    document.delete()
    transaction.on_commit(lambda: storage.delete(name))
