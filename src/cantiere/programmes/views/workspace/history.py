"""What the team did, in words."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from cantiere.foundation.accounts.http import SignedIn
from cantiere.foundation.core.access import requires
from cantiere.programmes.models import Programme
from cantiere.programmes.queries.history import entries_of, in_words
from cantiere.programmes.views.workspace.frame import frame


@requires("programmes.work", Programme)
def history(request: SignedIn, *, programme: Programme) -> HttpResponse:
    """The log of this programme, newest first."""
    page = Paginator(entries_of(programme), 50).get_page(request.GET.get("page"))
    words = {
        **frame(request.person, programme, "history", (_("History"), "")),
        "page": page,
        "lines": in_words(programme, page.object_list),
    }
    return TemplateResponse(request, "programmes/workspace/history.html", words)
