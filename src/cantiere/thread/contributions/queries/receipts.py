"""What a receipt holds."""

from cantiere.foundation.accounts.models import Person
from cantiere.thread.contributions import codes
from cantiere.thread.contributions.models import Contribution, Receipt
from cantiere.thread.contributions.queries.becoming import Followed, followed


def receipt_of(code: str) -> Receipt | None:
    """The receipt of a code; what is no code is looked for all the same, so that both take as long."""
    return Receipt.objects.filter(digest__in=codes.digests_of(code)).first()


def held_by(receipt: Receipt) -> list[Followed]:
    """What was said in one visit, with what became of it."""
    rows = Contribution.objects.filter(receipt=receipt).select_related("activity__programme", "place")
    return followed(list(rows.order_by("day", "pk")), own=True)


def said_by(person: Person) -> list[Followed]:
    """What somebody said under their name, the latest first."""
    rows = Contribution.objects.filter(person=person).select_related("activity__programme", "place")
    return followed(list(rows.order_by("-day", "pk")[:300]), own=True)
