"""Telling whoever said it under their name; whoever has a receipt finds it by the code."""

import hashlib
from collections.abc import Sequence

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import override

from cantiere.foundation.accounts.models import Person
from cantiere.foundation.notices import actions as notices
from cantiere.thread.contributions.models import Contribution

Words = str | Promise


def tell_authors(contributions: Sequence[Contribution], *, once: str, title: Words, text: str) -> None:
    """One notice a person however many of their contributions it is about; quiet: it waits for their digest.

    ``once`` names the event among those of these contributions.
    """
    by_person: dict[int, list[Contribution]] = {}
    for contribution in contributions:
        if contribution.person_id is not None:
            by_person.setdefault(contribution.person_id, []).append(contribution)
    languages = dict(Person.objects.filter(pk__in=by_person, is_active=True).values_list("pk", "language"))
    for number, language in sorted(languages.items()):
        first = min(each.pk for each in by_person[number])
        event = hashlib.sha256(f"{once}\0{first}".encode()).hexdigest()
        with override(language):
            news = notices.News(
                topic="",
                once=f"contribution:{event}",
                title=str(title),
                text=text or by_person[number][0].short,
                link=f"{reverse('contributions:mine')}#c{first}",
                urgent=False,
            )
            notices.write([number], news)
            notices.send_soon(news.once)
