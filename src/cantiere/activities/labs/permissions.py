"""Who may do what with a laboratory: what the programme says; joining is for whoever holds the code."""

from cantiere.activities.labs.models import Block, Group, Lab, Participant
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core.access import Decision, can, rule
from cantiere.programmes.models import Enrolment


@rule("labs.see")
def see(person: Person | None, lab: Lab) -> bool:
    """Whoever may see the activity."""
    return can(person, "programmes.see_activity", lab.activity)


@rule("labs.edit")
def edit(person: Person | None, lab: Lab) -> bool:
    """Whoever may write the activity."""
    return can(person, "programmes.edit_activity", lab.activity)


@rule("labs.prepare")
def prepare(person: Person | None, lab: Lab) -> bool:
    """Write the run sheet and the groups: whoever runs the activity."""
    return can(person, "programmes.run_activity", lab.activity)


@rule("labs.prepare_part")
def prepare_part(person: Person | None, part: Block | Group) -> bool:
    """Write a block or a group: whoever writes the run sheet."""
    return prepare(person, part.lab)


@rule("labs.run")
def run(person: Person | None, lab: Lab) -> bool:
    """Hold the laboratory, from the desk or at a table: whoever runs the activity."""
    return can(person, "programmes.run_activity", lab.activity)


@rule("labs.run_participant")
def run_participant(person: Person | None, participant: Participant) -> bool:
    """Move somebody, or show them out: whoever holds the laboratory."""
    return run(person, participant.lab)


@rule("labs.publish")
def publish(person: Person | None, lab: Lab) -> bool:
    """Let everyone read what came out: whoever may write the activity."""
    return can(person, "programmes.edit_activity", lab.activity)


@rule("labs.see_link")
def see_link(person: Person | None, lab: Lab) -> bool:
    """The team, and those with a confirmed seat."""
    if can(person, "labs.run", lab):
        return True
    if person is None or not can(person, "labs.see", lab):
        return False
    mine = Enrolment.objects.filter(activity=lab.activity_id, person=person)
    return mine.filter(state=Enrolment.State.CONFIRMED).exists()


@rule("labs.join")
def join(person: Person | None, lab: Lab) -> Decision:
    """Whoever has the code; where only the enrolled may, the team and those with a confirmed seat."""
    if lab.joins == Lab.Joins.CODE or can(person, "labs.see_link", lab):
        return Decision.YES
    return Decision.SIGN_IN if person is None else Decision.NO


@rule("labs.see_results")
def see_results(person: Person | None, lab: Lab) -> bool:
    """Whoever may see the activity, once the minutes are published; before, whoever holds it."""
    if lab.ended_on is None:
        return False
    return can(person, "labs.run", lab) or (lab.minutes_on is not None and see(person, lab))
