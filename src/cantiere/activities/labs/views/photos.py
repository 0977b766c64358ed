"""Photos of paper notes: taken at the desk, seen there and by those at the table."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cantiere.activities.labs.actions.photos import keep_photo
from cantiere.activities.labs.models import Lab, Photo
from cantiere.activities.labs.views.desk import chair_of, here
from cantiere.activities.labs.views.phone import WHICH
from cantiere.activities.labs.views.taking_part import found
from cantiere.foundation.accounts.http import Request, SignedIn
from cantiere.foundation.core.access import public, requires
from cantiere.foundation.core.limits import limited
from cantiere.foundation.core.media import send_file


@requires("labs.run", Lab)
@limited("photo")
def desk_photos(request: SignedIn, lab: Lab, hall: str) -> HttpResponseBase:
    """Take a photo (field ``photo``): ``{"photo": id}``, or 422 with words; or give the one asked for."""
    room = chair_of(request, lab, hall).room
    if request.method != "POST":
        kept = _asked(request, room)
        return redirect(here(lab, hall)) if kept is None else send_file(request, kept.picture)
    file = request.FILES.get("photo")
    if file is None:
        return _refused(_("Choose a photo."))
    try:
        return JsonResponse({"photo": keep_photo(room=room, file=file).pk})
    except ValidationError as refused:
        return _refused(*refused.messages)


def _refused(*words: str) -> JsonResponse:
    return JsonResponse({"error": " ".join(words)}, status=422)


@public
@require_safe
def photo(request: Request, code: str) -> HttpResponseBase:
    """A photo, for whoever takes part."""
    lab, held = found(request, code)
    kept = _asked(request, lab.room_id) if held is not None and lab.room_id is not None else None
    if kept is None:
        raise Http404
    return send_file(request, kept.picture)


def _asked(request: HttpRequest, room: int) -> Photo | None:
    return Photo.objects.filter(room=room, pk=request.GET.get(WHICH, "")).first()


def photo_address(lab: Lab, hall: str) -> str:
    """Where the team finds a photo, but for its name at the end."""
    return f"{reverse('labs:desk_photos', kwargs={'lab': lab.activity.slug, 'hall': hall})}?{WHICH}="


def desk_addresses(lab: Lab, hall: str) -> tuple[str, str]:
    """Where a board at the desk sends a photo, and where it finds one: ``{id}`` stands for which."""
    address = reverse("labs:desk_photos", kwargs={"lab": lab.activity.slug, "hall": hall})
    return address, f"{photo_address(lab, hall)}{{id}}"
