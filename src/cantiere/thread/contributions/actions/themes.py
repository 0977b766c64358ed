"""Themes: what many speak of. Merging and splitting never lose a contribution."""

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import log
from cantiere.foundation.core.edit import apply, free_slug, reorder
from cantiere.programmes.models import Programme
from cantiere.thread.contributions.models import Coding, Contribution, Theme

FIELDS = {"name", "description", "parent"}
Details = Mapping[str, object]


def _hold(programme: Programme) -> None:
    """Whoever changes the tree of themes waits here for their turn."""
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)


def _fits(theme: Theme, details: Details) -> None:
    name, parent = details.get("name", theme.name), details.get("parent", theme.parent)
    same = Theme.objects.filter(programme=theme.programme, name__iexact=str(name)).exclude(pk=theme.pk)
    if same.exists():
        raise ValidationError({"name": _("There is a theme of this name already: use it, or merge the two.")})
    if not isinstance(parent, Theme):
        return
    below_itself = parent.pk == theme.pk or (theme.pk and theme.children.exists())
    if parent.programme_id != theme.programme_id or parent.parent_id or below_itself:
        raise ValidationError(
            {"parent": _("Themes have two levels: choose one that is not part of another.")}
        )


@transaction.atomic
def add_theme(*, by: Person, programme: Programme, details: Details) -> Theme:
    """A new theme at the end of the list."""
    _hold(programme)
    theme = Theme(
        programme=programme,
        slug=free_slug(Theme, str(details["name"])),
        order=Theme.objects.filter(programme=programme).count(),
    )
    _fits(theme, details)
    apply(theme, details, allowed=FIELDS)
    log.record(by=by, verb="contributions.add_theme", target=theme)
    return theme


@transaction.atomic
def edit_theme(*, by: Person, theme: Theme, details: Details) -> None:
    """Change its name, its sentence, what it is part of; its address stays."""
    _hold(theme.programme)
    _fits(theme, details)
    if changed := apply(theme, details, allowed=FIELDS):
        log.record(by=by, verb="contributions.edit_theme", target=theme, changed=changed)


@transaction.atomic
def move_theme(*, by: Person, theme: Theme, step: int) -> None:
    """One place up or down among those of its level."""
    _hold(theme.programme)
    rows = list(Theme.objects.filter(programme=theme.programme, parent=theme.parent))
    reorder(rows, next(row for row in rows if row.pk == theme.pk), step)
    log.record(by=by, verb="contributions.move_theme", target=theme, step=step)


def _in(programme: Programme, contributions: Iterable[Contribution]) -> list[int]:
    """The keys of those that belong to the programme and still say something."""
    keys = [each.pk for each in contributions]
    rows = Contribution.objects.said().filter(pk__in=keys, activity__programme=programme)
    return sorted(rows.values_list("pk", flat=True))


@transaction.atomic
def code(*, by: Person, contributions: Iterable[Contribution], theme: Theme) -> int:
    """These belong to the theme; gives how many did not before."""
    _hold(theme.programme)
    if not Theme.objects.filter(pk=theme.pk).exists():
        raise ValidationError({"theme": _("This theme was merged or removed meanwhile: choose another.")})
    known = set(theme.codings.values_list("contribution", flat=True))
    new = [number for number in _in(theme.programme, contributions) if number not in known]
    Coding.objects.bulk_create(
        [Coding(contribution_id=number, theme=theme, by=by) for number in new], ignore_conflicts=True
    )
    if new:
        log.record(by=by, verb="contributions.code", target=theme, count=len(new))
    return len(new)


@transaction.atomic
def uncode(*, by: Person, contributions: Iterable[Contribution], theme: Theme) -> int:
    """These do not belong to the theme after all; gives how many did."""
    _hold(theme.programme)
    numbers = _in(theme.programme, contributions)
    gone = theme.codings.filter(contribution__in=numbers).delete()[0]
    if gone:
        log.record(by=by, verb="contributions.uncode", target=theme, count=gone)
    return gone


def _pour(theme: Theme, into: Theme) -> None:
    """All codings of one theme to another, each once, with who coded it and when."""
    there = into.codings.values("contribution")
    theme.codings.exclude(contribution__in=there).update(theme=into)


@transaction.atomic
def merge_themes(*, by: Person, theme: Theme, into: Theme) -> None:
    """What belongs to the one belongs to the other; the one is gone, its parts become parts of the other."""
    _hold(theme.programme)
    if theme.pk == into.pk or theme.programme_id != into.programme_id:
        raise ValidationError({"into": _("Choose another theme of this programme.")})
    into.refresh_from_db()
    if into.parent_id == theme.pk:
        into.parent = theme.parent
        into.save(update_fields=["parent"])
    _pour(theme, into)
    theme.children.exclude(pk=into.pk).update(parent=into.parent or into)
    _gone(by, theme, "contributions.merge_themes", into=into.pk)


@transaction.atomic
def remove_theme(*, by: Person, theme: Theme, to: Theme | None) -> None:
    """Delete a theme; its contributions go ``to`` another, or stay without one. Its parts stand alone."""
    if to is not None:
        merge_themes(by=by, theme=theme, into=to)
        return
    _hold(theme.programme)
    theme.children.update(parent=None)
    _gone(by, theme, "contributions.remove_theme")


def _gone(by: Person, theme: Theme, verb: str, **data: object) -> None:
    log.record(by=by, verb=verb, target=theme.programme, theme=theme.pk, name=theme.name, **data)
    Theme.objects.filter(pk=theme.pk).delete()


@transaction.atomic
def split_theme(*, by: Person, theme: Theme, name: str, contributions: Iterable[Contribution]) -> Theme:
    """Some of a theme's contributions become a theme of their own beside it."""
    new = add_theme(by=by, programme=theme.programme, details={"name": name, "parent": theme.parent})
    theme.codings.filter(contribution__in=_in(theme.programme, contributions)).update(theme=new)
    log.record(by=by, verb="contributions.split_theme", target=new, of=theme.pk)
    return new
