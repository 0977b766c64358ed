"""What is written to those who answer a census or complete a record; each letter once."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from cantiere.activities.observatory.models import Suggestion
from cantiere.activities.observatory.models.answers import CensusEntry, CensusInvitation
from cantiere.foundation.core import outbox
from cantiere.foundation.core.linked import Linked
from cantiere.programmes.actions.letters import at
from cantiere.programmes.models import Activity


def link(row: Linked, page: str) -> str:
    """The whole address of a personal link."""
    return settings.URL + reverse(f"observatory:{page}", args=[row.key_to_send()])


def entry_link(entry: CensusEntry) -> str:
    """Where somebody goes on answering."""
    return link(entry, "entry")


def closing(census: Activity) -> str:
    """«venerdì 12 giugno 2026 alle 18», never relative; empty without a closing."""
    return at(census.closes) if census.closes else ""


def _send(*, to: str, subject: str, name: str, once: str, language: str, **words: Any) -> None:
    with override(language or settings.LANGUAGE_CODE):
        census: Activity = words["census"]
        known = {
            "site": settings.CANTIERE_NAME,
            "page": settings.URL + census.get_absolute_url(),
            "closes": closing(census),
            "contact": census.programme.contact or settings.CANTIERE_CONTACT,
        }
        text = render_to_string(f"observatory/mail/{name}.txt", known | words).strip() + "\n"
    outbox.send(to=to, subject=" ".join(subject.split())[:200], text=text, once=once)


def _about(template: str, title: str) -> str:
    return template.format(title=title)


# Answering -------------------------------------------------------------------------------------


def started(entry: CensusEntry, *, once: str) -> None:
    """The link by which one goes on, as soon as one has begun."""
    with override(entry.language or settings.LANGUAGE_CODE):
        subject = _about(_("Your link to go on answering: {title}"), entry.census.title)
    _to_entry(entry, subject, "started", once)


def received(entry: CensusEntry) -> None:
    """We have it, and what happens next."""
    with override(entry.language or settings.LANGUAGE_CODE):
        subject = _about(_("We have your answers: {title}"), entry.census.title)
    _to_entry(entry, subject, "received", f"census-received:{entry.pk}:{_at(entry.submitted_at)}")


def changes_asked(entry: CensusEntry) -> None:
    """What a curator asks, and the link under which the answers stand open again."""
    with override(entry.language or settings.LANGUAGE_CODE):
        subject = _about(_("A question about your answers: {title}"), entry.census.title)
    _to_entry(entry, subject, "changes_asked", f"census-changes:{entry.pk}:{_at(entry.asked_at)}")


def published(entry: CensusEntry) -> None:
    """Where the record is now."""
    with override(entry.language or settings.LANGUAGE_CODE):
        subject = _("Your record is public: {title}").format(title=entry.record)
    address = settings.URL + entry.record.get_absolute_url() if entry.record else ""
    _to_entry(entry, subject, "published", f"census-published:{entry.pk}:{entry.record_id}", record=address)


def declined(entry: CensusEntry) -> None:
    """Why it is not published."""
    with override(entry.language or settings.LANGUAGE_CODE):
        subject = _about(_("About your answers: {title}"), entry.census.title)
    _to_entry(entry, subject, "declined", f"census-declined:{entry.pk}:{_at(entry.decided_at)}")


def closes_soon(entry: CensusEntry) -> None:
    """The last days, to who has begun without an invitation and not finished."""
    with override(entry.language or settings.LANGUAGE_CODE):
        subject = _about(_("Few days left to finish: {title}"), entry.census.title)
    _to_entry(entry, subject, "closes_soon", f"census-closes-soon:{entry.pk}")


def _to_entry(entry: CensusEntry, subject: str, name: str, once: str, **words: Any) -> None:
    if entry.email:
        _send(
            to=entry.email, subject=subject, name=name, once=once, language=entry.language,
            census=entry.census, entry=entry, link=entry_link(entry), **words,
        )  # fmt: skip


def _at(moment: Any) -> str:
    return str(moment.timestamp()) if moment else ""


# Inviting --------------------------------------------------------------------------------------


def invitation(row: CensusInvitation) -> None:
    """The first letter."""
    with override(settings.LANGUAGE_CODE):
        subject = _about(_("Tell us about your process: {title}"), row.census.title)
    _to_invited(row, subject, "invitation", f"census-invitation:{row.pk}")


def reminder(row: CensusInvitation) -> None:
    """One more; the link is the one of the first letter."""
    with override(settings.LANGUAGE_CODE):
        subject = _about(_("There is still time: {title}"), row.census.title)
    _to_invited(row, subject, "reminder", f"census-invitation:{row.pk}:{row.reminders}")


def _to_invited(row: CensusInvitation, subject: str, name: str, once: str) -> None:
    _send(
        to=row.email, subject=subject, name=name, once=once, language="", census=row.census, invitation=row,
        link=link(row, "invitation"), refuse=link(row, "invitation_refuse"),
    )  # fmt: skip


# Suggestions -----------------------------------------------------------------------------------


def confirm_suggestion(suggestion: Suggestion) -> None:
    """The link by which somebody confirms that the address is theirs."""
    with override(suggestion.language or settings.LANGUAGE_CODE):
        subject = _("Confirm your suggestion: {title}").format(title=suggestion.record)
    _to_suggester(
        suggestion, subject, "suggestion_confirm", "confirm", link=link(suggestion, "suggestion_confirm")
    )


def suggestion_decided(suggestion: Suggestion, taken: list[str], left: list[str]) -> None:
    """What came of it."""
    with override(suggestion.language or settings.LANGUAGE_CODE):
        subject = _("What came of your suggestion: {title}").format(title=suggestion.record)
    _to_suggester(suggestion, subject, "suggestion_decided", "decided", taken=taken, left=left)


def _to_suggester(suggestion: Suggestion, subject: str, name: str, step: str, **words: Any) -> None:
    if suggestion.email:
        record = suggestion.record
        _send(
            to=suggestion.email, subject=subject, name=name, once=f"suggestion-{step}:{suggestion.pk}",
            language=suggestion.language, census=record.census, suggestion=suggestion, record=record,
            address=settings.URL + record.get_absolute_url(), **words,
        )  # fmt: skip
