"""Two mirrored programmes with their teams, a draft of each thing, and everyone who may knock."""

import io
from dataclasses import dataclass, field
from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from cantiere.activities.innovators.models import (
    Innovator,
    InnovatorMap,
    Letter,
    Nomination,
    OwnInnovator,
)
from cantiere.activities.labs.actions import leading, rehearsing
from cantiere.activities.labs.models import Block, Group, Lab, Participant
from cantiere.activities.meetings.models import Meeting, Page, PageDocument
from cantiere.activities.observatory.actions.census import questionnaire
from cantiere.activities.observatory.models import (
    Census,
    CensusEntry,
    CensusInvitation,
    EntryLink,
    InvitationLink,
    Record,
    RecordImport,
    Suggestion,
    SuggestionLink,
    Tool,
)
from cantiere.foundation.accounts.models import Invitation, Person, PlatformRole
from cantiere.foundation.core.keys import digest_of, new_key
from cantiere.foundation.core.models import Job
from cantiere.foundation.notices.models import Notice
from cantiere.foundation.organisations.models import Organisation
from cantiere.foundation.places.models import Place
from cantiere.foundation.questionnaires import actions as questionnaires
from cantiere.programmes import invitations
from cantiere.programmes.invitations import Seat
from cantiere.programmes.kinds import kind_of
from cantiere.programmes.models import (
    Activity,
    Appointment,
    Change,
    Enrolment,
    EnrolmentRules,
    Goal,
    Partnership,
    Phase,
    Programme,
    TeamMember,
)
from cantiere.thread.contributions.models import Coding, Contribution, Theme
from cantiere.web.models import Report

Role = TeamMember.Role
ROLES = (
    "anonymous", "person", "participant", "observer", "facilitator", "helper", "editor", "coordinator",
    "other_coordinator", "curator", "administrator",
)  # fmt: skip


def _picture():
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(file, "PNG")
    return ContentFile(file.getvalue(), name="verde.png")


@dataclass
class Half:
    """One programme and one of each thing that belongs to it, by model."""

    things: dict[type, object] = field(default_factory=dict)


class World:
    """``own`` and ``foreign`` are public, ``draft`` is a programme not yet published with ``own``'s team."""

    def __init__(self):
        self.people = {name: self._person(name) for name in ROLES if name != "anonymous"}
        PlatformRole.objects.create(person=self.people["administrator"], role=PlatformRole.Role.ADMINISTRATOR)
        PlatformRole.objects.create(person=self.people["curator"], role=PlatformRole.Role.CURATOR)
        self.halves = {
            "own": self._half("own", public=True, team=True),
            "foreign": self._half("foreign", public=True, team=False),
            "draft": self._half("draft", public=False, team=True),
        }

    def _person(self, name):
        return Person.objects.create(email=f"{name}@example.org", name=name)

    def _half(self, name, *, public, team):
        now = timezone.now()
        programme = Programme.objects.create(
            slug=name, title=f"Programma {name}", summary="Prova", published_at=now if public else None,
            starts_on=timezone.localdate(), cover=_picture(), cover_alt="Prova",
        )  # fmt: skip
        phase = Phase.objects.create(programme=programme, title="Fase")
        goal = Goal.objects.create(programme=programme, title="Obiettivo")
        meeting = self._activity(programme, phase, "meeting", public=public)
        page = self._activity(programme, phase, "page", public=public)
        half = Half({
            Programme: programme, Phase: phase, Goal: goal, Activity: meeting,
            Meeting: Meeting.objects.get(pk=meeting.pk), Page: Page.objects.get(pk=page.pk),
        })  # fmt: skip
        organisation = Organisation.objects.create(
            name=f"Ente {name}", slug=f"ente-{name}", folded=f"ente {name}"
        )
        half.things[Organisation] = organisation
        half.things[Partnership] = Partnership.objects.create(
            programme=programme, organisation=organisation, role=Partnership.Role.PROMOTER
        )
        half.things[Change] = Change.objects.create(
            programme=programme, kind=Change.Kind.REPLANNED, on=timezone.localdate(), reason="Prova"
        )
        half.things[Enrolment] = Enrolment.objects.create(
            activity=meeting,
            person=self.people["participant"],
            state=Enrolment.State.CONFIRMED,
            queued_at=now,
        )
        half.things[PageDocument] = PageDocument.objects.create(
            page=half.things[Page],
            title="Documento",
            shown="d.txt",
            file=ContentFile(b"Prova\n", name="d.txt"),
        )
        half.things[Invitation] = self._invitation(programme)
        half.things[Notice] = Notice.objects.create(
            person=self.people["participant"],
            once=f"n{name}",
            topic=programme.topic,
            title="t",
            text="t",
            link="/",
        )
        half.things[Report] = Report.objects.create(
            text="x", email="x@example.org", received_on=timezone.localdate(), due_on=timezone.localdate()
        )
        half.things[Job] = Job.objects.create(task="nessuno", status=Job.Status.FAILED, finished_at=now)
        half.things[PlatformRole] = self._platform_role(name)
        half.things[TeamMember] = self._team(programme, meeting, with_own=team)
        half.things |= self._innovators(self._activity(programme, phase, "innovator_map", public=public))
        half.things |= self._contributions(programme, meeting)
        half.things |= self._lab(self._activity(programme, phase, "lab", public=public))
        half.things |= self._observatory(self._activity(programme, phase, "census", public=public))
        return half

    def _innovators(self, activity):
        """Somebody on the map who takes letters; a nomination and a letter with the keys of their links."""
        name, today = activity.programme.slug, timezone.localdate()
        town = Place.objects.create(
            kind="municipality", code=f"innovatori-{name}", name="Borgo", slug=f"borgo-{name}", folded="borgo"
        )
        innovator = Innovator(
            map_id=activity.pk, slug=f"ada-{name}", name="Ada", place=town, email="ada@example.org",
            takes_letters=True, state=Innovator.State.PUBLISHED, consented_on=today, published_on=today,
            picture=_picture(), picture_alt="Verde",
        )  # fmt: skip
        innovator.save()
        things = {
            InnovatorMap: InnovatorMap.objects.get(pk=activity.pk), Innovator: innovator,
            OwnInnovator: OwnInnovator.objects.get(pk=innovator.pk),
        }  # fmt: skip
        for model in (Nomination, Letter):
            key = new_key()
            things[model] = model.objects.create(innovator=innovator, digest=digest_of(key))
            things[model].key = key
        return things

    def _lab(self, activity):
        """A laboratory that was led, is rehearsed and whose minutes are out, with somebody in it."""
        lab, today = Lab.objects.get(pk=activity.pk), timezone.localdate()
        things = {
            Lab: lab, Block: Block.objects.create(lab=lab, kind="plenary", title="Benvenuto"),
            Group: Group.objects.create(lab=lab, key="t1", name="Tavolo 1"),
            Participant: Participant.objects.create(lab=lab),
        }  # fmt: skip
        rehearsing.rehearse(lab=lab, by=None, key="rehearsal-of-the-world", people=1)
        leading.start(lab=lab, by=None, key="beginning-of-the-world")
        Lab.objects.filter(pk=lab.pk).update(ended_on=today, minutes_on=today)
        return things

    def _contributions(self, programme, meeting):
        """Something said in the meeting, under a theme."""
        said = Contribution.objects.create(
            activity=meeting, key="prova", text="Prova", person=self.people["person"]
        )
        theme = Theme.objects.create(programme=programme, name="Tema", slug=f"{programme.slug}-tema")
        Coding.objects.create(contribution=said, theme=theme)
        return {Contribution: said, Theme: theme}

    def _observatory(self, census):
        """A census with a published record, an answer to look at, an invitation, a suggestion, an import."""
        name, now = census.programme.slug, timezone.now()
        record = Record.objects.create(
            census=census, slug=f"{name}-scheda", title=f"Scheda {name}", published_at=now
        )
        tool = Tool.objects.create(name=f"Strumento {name}", slug=f"{name}-strumento", published_at=now)
        response, _key = questionnaires.start(version=questionnaire(sheet="other"))
        entry = CensusEntry.objects.create(
            census=census, sheet="other", response=response, state=CensusEntry.State.SUBMITTED
        )
        invitation = CensusInvitation.objects.create(
            census=census, sheet="other", email="invitata@example.org", invited_at=now
        )
        suggestion = Suggestion.objects.create(
            record=record, note="Prova", email="chi@example.org", state=Suggestion.State.WAITING
        )
        brought = RecordImport.objects.create(
            census=census, shown="schede.csv", file=ContentFile(b"titolo\n", name="schede.csv")
        )
        return {
            Census: Census.objects.get(pk=census.pk), Record: record, Tool: tool, RecordImport: brought,
            CensusEntry: entry, EntryLink: entry, CensusInvitation: invitation, InvitationLink: invitation,
            Suggestion: suggestion, SuggestionLink: suggestion,
        }  # fmt: skip

    def _activity(self, programme, phase, kind, *, public):
        now = timezone.now()
        activity = Activity.objects.create(
            programme=programme, phase=phase, kind_key=kind, slug=f"{programme.slug}-{kind}", title=f"Prova {kind}",
            published_at=now if public else None, opens=now - timedelta(days=1), closes=now + timedelta(days=5),
            starts_on=timezone.localdate() + timedelta(days=5),
        )  # fmt: skip
        kind_of(kind).setup(activity)
        Appointment.objects.create(
            activity=activity, starts=now + timedelta(days=5), ends=now + timedelta(days=5, hours=1)
        )
        EnrolmentRules.objects.get_or_create(activity=activity)
        return activity

    def _invitation(self, programme):
        return Invitation.objects.create(
            email="nuova@example.org", kind=invitations.KIND, target=Seat(programme, Role.EDITOR).target,
            digest=Invitation.digest_of(programme.slug), expires_at=timezone.now() + timedelta(days=5),
        )  # fmt: skip

    def _platform_role(self, name):
        other = self._person(f"curatrice-{name}")
        return PlatformRole.objects.create(person=other, role=PlatformRole.Role.CURATOR)

    def _team(self, programme, meeting, *, with_own):
        stranger = Person.objects.create(email=f"squadra-{programme.slug}@example.org", name="Squadra")
        member = TeamMember.objects.create(programme=programme, person=stranger, role=Role.COORDINATOR)
        if with_own:
            for name in ("observer", "facilitator", "editor", "coordinator"):
                TeamMember.objects.create(programme=programme, person=self.people[name], role=name)
            TeamMember.objects.create(
                programme=programme, person=self.people["helper"], activity=meeting, role=Role.FACILITATOR
            )
        else:
            TeamMember.objects.create(
                programme=programme, person=self.people["other_coordinator"], role=Role.COORDINATOR
            )
        return member

    def thing(self, half, model):
        """The object of a model in one of the halves."""
        return self.halves[half].things[model]
