"""The letters this room writes, each in its reader's language: one link, why it came, how to get out."""

from collections.abc import Sequence

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from cantiere.activities.innovators.consent import runners
from cantiere.activities.innovators.models import Innovator, InnovatorMap, Letter, Nomination
from cantiere.foundation.core import outbox
from cantiere.foundation.notices import actions as notices
from cantiere.programmes.models import TeamMember


def own_page(innovator: Innovator) -> str:
    """The secret address where an innovator tells, agrees, changes and leaves."""
    return settings.URL + reverse("innovators:mine", args=[innovator.key_to_send()])


def _text(name: str, own: InnovatorMap, **words: object) -> str:
    activity = own.activity
    known = {
        "site": settings.CANTIERE_NAME,
        "map": activity.title,
        "map_address": f"{settings.URL}{activity.get_absolute_url()}",
        "runners": runners(own),
        "contact": activity.programme.contact or settings.CANTIERE_CONTACT,
    }
    return render_to_string(f"innovators/mail/{name}.txt", known | words).strip() + "\n"


def _to_innovator(innovator: Innovator, name: str, subject: str, *, once: str = "", **words: object) -> None:
    """``subject`` is an English msgid; nothing goes out where no address is known."""
    if not innovator.email:
        return
    once = once or f"{timezone.now().timestamp()}"
    with override(innovator.language):
        told = {"innovator": innovator, "page": own_page(innovator)}
        outbox.send(
            to=innovator.email,
            subject=_(subject).format(map=innovator.map.activity.title),
            text=_text(name, innovator.map, **told | words),
            once=f"innovators:{name}:{innovator.pk}:{once}"[:200],
        )


def begin(innovator: Innovator) -> None:
    """To who nominated themselves: the link to go on, at most once an hour."""
    once = f"{timezone.now():%Y%m%d%H}"
    _to_innovator(innovator, "begin", gettext_noop("Go on with your entry: {map}"), once=once)


def invite(innovator: Innovator, nomination: Nomination | None) -> None:
    """To who was nominated: one letter, which never says who nominated unless they agreed."""
    by = nomination.by_name if nomination is not None and nomination.may_name else ""
    _to_innovator(innovator, "invite", gettext_noop("Somebody nominated you: {map}"), once="1", by=by)


def changes_asked(innovator: Innovator) -> None:
    """What the team asks to change."""
    _to_innovator(innovator, "changes", gettext_noop("One thing to change before you are on the map: {map}"))


def published(innovator: Innovator) -> None:
    """You are on the map."""
    address = f"{settings.URL}{innovator.get_absolute_url()}"
    _to_innovator(innovator, "published", gettext_noop("You are on the map: {map}"), address=address)


def declined(innovator: Innovator) -> None:
    """Not published, and why."""
    _to_innovator(innovator, "declined", gettext_noop("About your entry: {map}"))


def edited(innovator: Innovator, labels: Sequence[str]) -> None:
    """The team changed these parts."""
    _to_innovator(
        innovator, "edited", gettext_noop("We changed something in your entry: {map}"), labels=labels
    )


def by_hand(innovator: Innovator) -> None:
    """The team wrote the entry from a sheet."""
    _to_innovator(innovator, "by_hand", gettext_noop("Your entry: {map}"))


def still_right(innovator: Innovator, *, last: bool) -> None:
    """Once a year the question whether it is still right; ``last`` says that it is the last time."""
    subject = (
        gettext_noop("Last reminder: is your entry still right? {map}")
        if last
        else gettext_noop("Is it still right? {map}")
    )
    once = f"{innovator.right_on}:{innovator.asked}"
    _to_innovator(innovator, "still_right", subject, once=once, last=last)


def confirm_nomination(nomination: Nomination, key: str) -> None:
    """To who nominated another: one link to say it was really them."""
    own = nomination.innovator.map
    page = settings.URL + reverse("innovators:confirm_nomination", args=[key])
    outbox.send(
        to=nomination.by_email,
        subject=_("Confirm that you nominate {name}").format(name=nomination.innovator.name),
        text=_text("confirm", own, nomination=nomination, innovator=nomination.innovator, page=page),
        once=f"innovators:confirm:{nomination.pk}",
    )


def thank_nominator(nomination: Nomination) -> None:
    """Whom they nominated is on the map; the last time we write."""
    innovator = nomination.innovator
    address = f"{settings.URL}{innovator.get_absolute_url()}"
    outbox.send(
        to=nomination.by_email,
        subject=_("{name} is on the map").format(name=innovator.name),
        text=_text("thanks", innovator.map, innovator=innovator, address=address),
        once=f"innovators:thanks:{nomination.pk}",
    )


def confirm_letter(letter: Letter, key: str) -> None:
    """To who writes to an innovator: the link that sends it."""
    page = settings.URL + reverse("innovators:send_letter", args=[key])
    outbox.send(
        to=letter.email,
        subject=_("Confirm your message to {name}").format(name=letter.innovator.name),
        text=_text(
            "confirm_letter", letter.innovator.map, letter=letter, innovator=letter.innovator, page=page
        ),
        once=f"innovators:letter:{letter.pk}:confirm",
    )


def forward(letter: Letter) -> None:
    """The letter itself; who answers writes to its writer, who learns no address before."""
    innovator = letter.innovator
    with override(innovator.language):
        outbox.send(
            to=innovator.email,
            subject=_("{name} writes to you").format(name=" ".join(letter.name.split())),
            text=_text("letter", innovator.map, letter=letter, innovator=innovator, page=own_page(innovator)),
            once=f"innovators:letter:{letter.pk}",
            headers={"Reply-To": letter.email},
        )


def tell_team(own: InnovatorMap, *, title: str, text: str, once: str) -> None:
    """A word to those who write the programme, in the rhythm of mail each chose."""
    roles = [TeamMember.Role.COORDINATOR, TeamMember.Role.EDITOR]
    rows = TeamMember.objects.filter(programme=own.activity.programme, activity=None, role__in=roles)
    queue = reverse("innovators:queue", args=[own.activity.slug])
    for member in rows.select_related("person").order_by("pk"):
        with override(member.person.language):
            notices.tell_person(
                person=member.person,
                once=f"innovators:{once}",
                title=_(title).format(map=own.activity.title),
                text=_(text),
                address=queue,
                urgent=False,
            )
