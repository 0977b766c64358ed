"""Who holds what: the code of a receipt stays in the browser, never in an address, a session or a log."""

from django.conf import settings
from django.http import Http404, HttpResponse

from cantiere.foundation.accounts.http import Request
from cantiere.thread.contributions import queries
from cantiere.thread.contributions.models import Contribution, Receipt

COOKIE = "ricevuta"
PATH = "/che-ne-e-stato/"
KEPT = 3600
SLIP = "foglio"
SLIP_KEPT = 900


def hold(response: HttpResponse, code: str) -> None:
    """Keep the code in this browser for an hour."""
    _keep(response, COOKIE, code, PATH, KEPT)


def let_go(response: HttpResponse) -> None:
    """Forget the code in this browser."""
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")


def hold_slip(response: HttpResponse, code: str, path: str) -> None:
    """Keep the code of a slip for the page that prints it, a quarter of an hour."""
    _keep(response, SLIP, code, path, SLIP_KEPT)


def _keep(response: HttpResponse, name: str, code: str, path: str, seconds: int) -> None:
    response.set_cookie(
        name, code, max_age=seconds, path=path, secure=settings.SECURE, httponly=True, samesite="Lax"
    )


def receipt_in(request: Request, name: str = COOKIE) -> tuple[Receipt, str] | None:
    """The receipt this browser holds, with its code."""
    code = request.COOKIES.get(name, "")
    receipt = queries.receipt_of(code) if code else None
    return (receipt, code) if receipt is not None else None


def own(request: Request, number: int) -> Contribution:
    """A contribution of whoever asks, by the receipt or by the account; else nothing is here."""
    rows = Contribution.objects.select_related("activity__programme", "place")
    found = rows.filter(pk=number).first()
    if found is None or not _is_theirs(request, found):
        raise Http404
    return found


def _is_theirs(request: Request, contribution: Contribution) -> bool:
    if request.person is not None and contribution.person_id == request.person.pk:
        return True
    held = receipt_in(request) if contribution.receipt_id else None
    return held is not None and held[0].pk == contribution.receipt_id
