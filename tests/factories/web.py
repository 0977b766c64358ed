"""Reports as visitors send them."""

from datetime import timedelta

from django.utils import timezone

from cantiere.web import actions


def report(*, days_ago=0, text="Il modulo non si apre", email="visitatrice@example.org"):
    row = actions.report(page="/programmi/", text=text, email=email)
    if days_ago:
        row.received_on = timezone.localdate() - timedelta(days=days_ago)
        row.due_on = row.received_on + timedelta(days=row.DAYS)
        row.save()
    return row
