"""Opening a receipt."""

from collections.abc import Iterable

from django.db import transaction

from cantiere.thread.contributions import codes
from cantiere.thread.contributions.models import Receipt


@transaction.atomic
def open_receipt(*, code: str) -> Receipt:
    """The receipt of this code, made when there is none yet; the code itself is not kept anywhere.

    A page makes the code (:func:`codes.new_code`) before it is sent, so that sending twice opens one receipt.
    No line in the audit log: it would say when somebody was here.
    """
    code = codes.heard(code)
    if not codes.is_code(code):
        raise ValueError("This is no code of a receipt.")
    standing = Receipt.objects.filter(digest__in=codes.digests_of(code)).first()
    if standing is not None:
        return standing
    digest = codes.digest_of(code)
    Receipt.objects.bulk_create([Receipt(digest=digest)], ignore_conflicts=True)
    return Receipt.objects.get(digest=digest)


@transaction.atomic
def write_anew(*, receipts: Iterable[int]) -> None:
    """Write these rows again, all at once and in the order of their numbers, which are random.

    A database remembers beside what a row was written, and thereby with whom somebody came in. Each keeps its
    number, so that what it holds stays its own.
    """
    rows = Receipt.objects.filter(pk__in=list(receipts)).order_by("pk")
    kept = list(rows.select_for_update())
    rows.order_by()._raw_delete(rows.db)  # noqa: SLF001 (what hangs on them stays: they are back at once)
    Receipt.objects.bulk_create(kept, batch_size=500)
