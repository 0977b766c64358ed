"""Several answers in one column: written, read, counted, refused."""

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from cantiere.foundation.core.codes import CodesField, CodesFormField, code, joined, split

CHOICES = [("times", "Tempi"), ("costs", "Costi"), ("time", "Ora")]


@given(st.lists(st.sampled_from(["times", "costs", "time"]), unique=True))
def test_what_is_joined_splits_again(values):
    assert split(joined(values)) == values


def test_one_code_is_not_part_of_another():
    assert code("time") not in joined(["times"])


def test_the_column_keeps_the_order_of_the_choices_and_each_once():
    assert CodesField(choices=CHOICES).get_prep_value(["costs", "times", "costs"]) == ",times,costs,"
    assert CodesField(choices=CHOICES).get_prep_value([]) == ""


def test_an_unknown_code_is_refused():
    with pytest.raises(ValidationError):
        CodesField(choices=CHOICES).clean(["times", "else"], None)


def test_boxes_begin_ticked_as_they_were():
    field = CodesField(choices=CHOICES).formfield()
    assert isinstance(field, CodesFormField)
    assert field.prepare_value(",times,costs,") == ["times", "costs"]
    assert not field.has_changed(["times"], ["times"])
    assert field.has_changed(["times"], ["costs"])
    assert field.clean(["costs"]) == ["costs"]
    assert field.clean([]) == []


def test_codes_have_words():
    assert CodesField(choices=CHOICES).labels(["costs", "gone"]) == ["Costi", "gone"]


@pytest.mark.django_db
def test_a_row_counts_and_filters_by_code():
    from cantiere.activities.observatory.models import Record
    from tests.factories import programmes as make

    with make.toy():
        census = make.activity(make.programme())
    for number, changed in enumerate([["times"], ["times", "costs"], []]):
        Record.objects.create(census=census, slug=f"s{number}", title="Prova", changed=changed)
    assert Record.objects.filter(changed__contains=code("times")).count() == 2
    assert Record.objects.aggregate(
        costs=models.Count("pk", filter=models.Q(changed__contains=code("costs")))
    ) == {"costs": 1}
    assert Record.objects.get(slug="s1").changed == ["times", "costs"]
