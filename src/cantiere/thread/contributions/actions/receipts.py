"""Opening a receipt."""

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
