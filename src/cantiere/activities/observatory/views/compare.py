"""Records side by side."""

from django.core.validators import slug_re
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cantiere.activities.observatory.queries import comparison
from cantiere.foundation.accounts.http import Request
from cantiere.foundation.core.access import public


@public
def compare(request: Request) -> HttpResponse:
    """Two to four records; the address says which."""
    asked = list(dict.fromkeys(slug for slug in request.GET.getlist("scheda") if slug_re.match(slug)))
    records = comparison.chosen(asked)
    enough = len(records) >= comparison.FEWEST
    context = {
        "records": records,
        "lines": comparison.lines(records) if enough else [],
        "left_out": len(asked) > len(records) and enough,
        "most": comparison.MOST,
        "crumbs": [(_("Observatory"), reverse("observatory:records")), (_("Comparison"), "")],
    }
    return render(request, "observatory/compare.html", context)
