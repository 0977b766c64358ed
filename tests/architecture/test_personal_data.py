"""No table may point at a person without a port that exports and erases it."""

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Model

from cantiere.foundation.core import personal_data

# Sessions name nobody in a column; they end with the account. Tables of other packages are erased by
# cascade and exported by the port of accounts, which must name them too.
EXEMPT: set[str] = set()


def pointing_at_a_person() -> set[type[Model]]:
    person = get_user_model()
    found: set[type[Model]] = {person}
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            related = getattr(field, "related_model", None)
            forward = field.concrete and field.is_relation and related is person
            if forward and not model._meta.auto_created:
                found.add(model)
            elif forward and model._meta.auto_created not in (False, person):
                found.add(model._meta.auto_created)  # type: ignore[arg-type]
    return found


def test_every_table_that_points_at_a_person_has_a_port() -> None:
    covered = {table for port in personal_data.ports() for table in port.tables}
    missing = {model._meta.label for model in pointing_at_a_person() - covered} - EXEMPT
    assert sorted(missing) == []


def test_a_person_is_what_the_settings_say() -> None:
    assert get_user_model()._meta.label == settings.AUTH_USER_MODEL
    assert personal_data.ports()[-1].tables.count(get_user_model()) == 1
