"""Whatever is done in whatever order: nobody is shown without their consent, and who leaves is gone."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cantiere.activities.innovators import actions, datasets
from cantiere.activities.innovators.models import Innovator, PublicationConsent
from cantiere.foundation.core.models import Mail
from cantiere.foundation.search.models import Entry
from tests.environment import examples
from tests.factories import innovators as make
from tests.factories.accounts import person
from tests.factories.places import place

pytestmark = pytest.mark.django_db
State = Innovator.State
EMAILS = ("ada@example.org", "bice@example.org")
STEPS = (
    "oneself", "nominate", "confirm", "agree", "later", "leave", "publish", "changes", "decline", "edit",
    "sheet", "paper", "invite", "right", "year", "forget", "merge", "back", "again",
)  # fmt: skip
# What needs the will of the person: their secret link, or their name under a sheet of paper.
OWN = {"oneself", "agree", "later", "right", "sheet", "paper"}


class Walk:
    """One map and two people, to whom things happen."""

    def __init__(self):
        self.own, self.town, self.clerk = make.innovator_map(), place(), person()
        self.day = timezone.localdate()
        self.refused = set()

    def rows(self, email):
        return [make.fresh(row) for row in self.own.innovators.at(email).order_by("pk")]

    def take(self, step, email):
        """Do it to the last entry of this address, as far as the room lets it be done."""
        innovator = next(iter(self.rows(email)[-1:]), None)
        act = getattr(self, step)
        try:
            with transaction.atomic():
                act(email) if step in {"oneself", "nominate", "sheet", "year", "forget"} else (
                    innovator and act(innovator)
                )
        except ValidationError:
            pass

    def oneself(self, email):
        actions.nominate_oneself(own=self.own, details=make.details(email[:4], self.town), email=email)

    def nominate(self, email):
        said = {"why": "x", "by_name": "Lea", "by_email": "lea@example.org"}
        actions.nominate_other(
            own=self.own, details=make.details(email[:4], self.town, email=email), nomination=said
        )

    def confirm(self, innovator):
        row = innovator.nominations.filter(confirmed_on=None, own=False).first()
        if row is not None:
            make.confirm(row)

    def back(self, innovator):
        row = innovator.nominations.filter(confirmed_on=None, own=False).first()
        if row is not None:
            there = set(PublicationConsent.objects.values_list("pk", flat=True))
            actions.take_back_nomination(nomination=row)
            assert set(PublicationConsent.objects.values_list("pk", flat=True)) == there

    def again(self, innovator):
        actions.take_up_again(by=self.clerk, innovator=innovator)

    def agree(self, innovator):
        actions.save_profile(
            innovator=innovator, details={"searchable": True, "open_data": True}, agrees=True
        )

    def later(self, innovator):
        actions.save_profile(innovator=innovator, details={"story": "Poi."}, agrees=False)

    def leave(self, innovator):
        before = innovator.pk
        actions.leave(innovator=innovator)
        self.refused.add(innovator.email)
        assert not Innovator.objects.filter(pk=before).exists()
        assert not Entry.objects.filter(key=f"innovator:{before}").exists()

    def publish(self, innovator):
        actions.publish(by=self.clerk, innovator=innovator)

    def changes(self, innovator):
        actions.ask_for_changes(by=self.clerk, innovator=innovator, message="Ancora.")

    def decline(self, innovator):
        actions.decline(by=self.clerk, innovator=innovator, message="No.")

    def edit(self, innovator):
        actions.edit_profile(
            by=self.clerk, innovator=innovator, details={"what": "Altro.", "open_data": True}
        )

    def sheet(self, email):
        actions.add_by_hand(
            by=self.clerk, own=self.own, details=make.details(email[:4], self.town), email=email,
            given_on=timezone.localdate(), note="c",
        )  # fmt: skip

    def paper(self, innovator):
        actions.record_consent(by=self.clerk, innovator=innovator, given_on=timezone.localdate(), note="c")

    def invite(self, innovator):
        actions.invite(by=self.clerk, innovator=innovator, email=innovator.email)

    def right(self, innovator):
        actions.still_right(innovator=innovator)

    def year(self, _email):
        self.day += timedelta(days=366)
        for _time in range(4):
            actions.ask_whether_right(today=self.day)
            self.day += timedelta(days=14)

    def forget(self, _email):
        actions.forget_unanswered(today=timezone.localdate() + timedelta(days=61))

    def merge(self, innovator):
        other = self.own.innovators.exclude(pk=innovator.pk).first()
        if other is not None:
            actions.merge(by=self.clerk, kept=innovator, double=other)

    def look(self):
        """What is found and given out is what somebody agreed to show."""
        agreed = set(PublicationConsent.objects.values_list("innovator_id", flat=True))
        shown = {row.pk for row in self.own.innovators.all() if row.state == State.PUBLISHED}
        assert shown <= agreed
        found = {
            int(key.partition(":")[2])
            for key in Entry.objects.filter(key__startswith="innovator:").values_list("key", flat=True)
        }
        assert found <= shown
        assert len(list(datasets.open_rows(self.own))) <= len(shown)
        return shown

    def look_at_pages(self):
        """And so is what anyone sees."""
        shown = self.look()
        html = Client().get(self.own.activity.get_absolute_url()).content.decode()
        for row in self.own.innovators.all():
            assert (f'href="{row.get_absolute_url()}"' in html) == (row.pk in shown)
            assert (Client().get(row.get_absolute_url()).status_code == 200) == (row.pk in shown)
        assert not any(email in html for email in EMAILS)


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(STEPS), st.sampled_from(EMAILS)), min_size=4, max_size=14))
def test_nobody_is_shown_without_consent(steps):
    with transaction.atomic():
        walk = Walk()
        for step, email in steps:
            walk.take(step, email)
            walk.look()
        walk.look_at_pages()
        transaction.set_rollback(True)


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([step for step in STEPS if step not in OWN]), max_size=10))
def test_who_refused_hears_no_more_from_nominations(steps):
    with transaction.atomic():
        walk = Walk()
        walk.take("nominate", EMAILS[0])
        walk.take("confirm", EMAILS[0])
        walk.take("leave", EMAILS[0])
        before = Mail.objects.filter(to=EMAILS[0]).count()
        for step in steps:
            walk.take(step, EMAILS[0])
        assert Mail.objects.filter(to=EMAILS[0]).count() == before
        transaction.set_rollback(True)
