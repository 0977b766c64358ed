"""Who may do what with maps of innovators: secret links belong to whoever holds them."""

from cantiere.activities.innovators.models import (
    Innovator,
    InnovatorMap,
    Letter,
    Nomination,
    OwnInnovator,
)
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core.access import Decision, can, rule


@rule("innovators.see")
def see(person: Person | None, own: InnovatorMap) -> bool:
    """Whoever may see the activity."""
    return can(person, "programmes.see_activity", own.activity)


@rule("innovators.embed")
def embed(_person: Person | None, own: InnovatorMap) -> bool:
    """Anyone on any site, once the map is public."""
    return own.activity.is_public


@rule("innovators.follow")
def follow(person: Person | None, own: InnovatorMap) -> bool | Decision:
    """Anyone with an account, once the map is public."""
    if not own.activity.is_public:
        return False
    return Decision.SIGN_IN if person is None else True


@rule("innovators.see_profile")
def see_profile(person: Person | None, innovator: Innovator) -> bool:
    """Anyone, while the innovator agrees and the map is public; the curators always."""
    return innovator.is_public or curate(person, innovator.map)


@rule("innovators.write_to")
def write_to(_person: Person | None, innovator: Innovator) -> bool:
    """Anyone, where the innovator on the map takes letters."""
    return innovator.is_public and innovator.takes_letters and bool(innovator.email)


@rule("innovators.own")
def own(_person: Person | None, _innovator: OwnInnovator) -> bool:
    """Tell, agree, withdraw: whoever holds the innovator's secret link."""
    return True


@rule("innovators.confirm")
def confirm(_person: Person | None, _nomination: Nomination) -> bool:
    """Confirm or take back a nomination: whoever holds the link sent to its writer."""
    return True


@rule("innovators.send_letter")
def send_letter(_person: Person | None, letter: Letter) -> bool:
    """Send a letter on: whoever holds the link sent to its writer, while it is taken."""
    return write_to(None, letter.innovator)


@rule("innovators.edit")
def edit(person: Person | None, own: InnovatorMap) -> bool:
    """Prepare the map: whoever may write the activity."""
    return can(person, "programmes.edit_activity", own.activity)


@rule("innovators.curate")
def curate(person: Person | None, own: InnovatorMap) -> bool:
    """Read, publish, decline, add: whoever may write the activity; once public the site's curators too."""
    return edit(person, own) or (person is not None and person.is_curator and own.activity.is_public)


@rule("innovators.curate_one")
def curate_one(person: Person | None, innovator: Innovator) -> bool:
    """Decide about one innovator: whoever curates the map."""
    return curate(person, innovator.map)
