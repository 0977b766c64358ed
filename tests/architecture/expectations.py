"""Who may do what, said once more and by hand: rule → for each half of the world, the roles that get in.

``own``: a public programme with our team; ``foreign``: a public programme with another team; ``draft``: not yet
public, with our team. Whoever is not named meets the answer of what does not exist; ``sign in`` names those who
are asked to sign in first.
"""

EVERYONE = {
    "anonymous", "person", "participant", "observer", "facilitator", "helper", "editor", "coordinator",
    "other_coordinator", "curator", "administrator",
}  # fmt: skip
SIGNED_IN = EVERYONE - {"anonymous"}
ADMIN = {"administrator"}
COORDINATORS = ADMIN | {"coordinator"}
EDITORS = COORDINATORS | {"editor"}
FACILITATORS = EDITORS | {"facilitator", "helper"}
WHOLE_TEAM = EDITORS | {"facilitator", "observer"}
ANY_ROLE = WHOLE_TEAM | {"helper"}
OTHERS = ADMIN | {"other_coordinator"}
CURATORS = ADMIN | {"curator"}


def team(own, foreign=OTHERS, sign_in=frozenset()):
    """The usual shape: our team in ours, theirs in theirs."""
    return {"own": own, "foreign": foreign, "draft": own, "sign in": sign_in}


def same(roles, sign_in=frozenset()):
    """The same roles whatever the object."""
    return {"own": roles, "foreign": roles, "draft": roles, "sign in": sign_in}


def curated(own=EDITORS):
    """What a programme's editors do, and the curators of the site once it is public."""
    return {"own": own | {"curator"}, "foreign": OTHERS | {"curator"}, "draft": own, "sign in": set()}


def once_public(draft=frozenset()):
    """Everyone, as soon as it is public."""
    return {"own": EVERYONE, "foreign": EVERYONE, "draft": draft, "sign in": set()}


EXPECTED = {
    "public": same(EVERYONE),
    "programmes.see": {"own": EVERYONE, "foreign": EVERYONE, "draft": ANY_ROLE, "sign in": set()},
    "programmes.follow": {
        "own": SIGNED_IN,
        "foreign": SIGNED_IN,
        "draft": ANY_ROLE,
        "sign in": {"anonymous"},
    },
    "programmes.create": same(CURATORS),
    "programmes.open_workspace": same(ANY_ROLE | CURATORS | {"other_coordinator"}),
    "programmes.work": team(WHOLE_TEAM),
    "programmes.edit": team(EDITORS),
    "programmes.edit_part": team(EDITORS),
    "programmes.publish": team(COORDINATORS),
    "programmes.correct": team(COORDINATORS),
    "programmes.manage_team": team(COORDINATORS),
    "programmes.manage_member": team(COORDINATORS),
    "programmes.manage_invitation": team(COORDINATORS),
    "programmes.see_activity": {"own": EVERYONE, "foreign": EVERYONE, "draft": ANY_ROLE, "sign in": set()},
    "programmes.act": {"own": SIGNED_IN, "foreign": SIGNED_IN, "draft": set(), "sign in": {"anonymous"}},
    "programmes.edit_activity": team(EDITORS),
    "programmes.publish_activity": team(COORDINATORS),
    "programmes.run_activity": team(FACILITATORS),
    "programmes.run_enrolment": team(FACILITATORS),
    "contributions.see": {"own": EVERYONE, "foreign": EVERYONE, "draft": FACILITATORS, "sign in": set()},
    "contributions.write": team(FACILITATORS),
    "contributions.curate": team(EDITORS),
    "contributions.edit": team(EDITORS),
    "contributions.code": team(EDITORS),
    "contributions.edit_theme": team(EDITORS),
    "contributions.own": same(SIGNED_IN, sign_in={"anonymous"}),
    "labs.join": same(EVERYONE),
    "meetings.see": {"own": EVERYONE, "foreign": EVERYONE, "draft": ANY_ROLE, "sign in": set()},
    "meetings.see Page": {"own": EVERYONE, "foreign": EVERYONE, "draft": WHOLE_TEAM, "sign in": set()},
    "meetings.see_document": {"own": EVERYONE, "foreign": EVERYONE, "draft": WHOLE_TEAM, "sign in": set()},
    "meetings.edit": team(EDITORS),
    "meetings.run": team(FACILITATORS),
    "meetings.publish_minutes": team(EDITORS),
    "labs.see": once_public(WHOLE_TEAM),
    "labs.edit": team(EDITORS),
    "labs.prepare": team(EDITORS | {"facilitator"}),
    "labs.prepare_part": team(EDITORS | {"facilitator"}),
    "labs.run": team(EDITORS | {"facilitator"}),
    "labs.run_participant": team(EDITORS | {"facilitator"}),
    "labs.publish": team(EDITORS),
    "labs.see_results": once_public(WHOLE_TEAM),
    "innovators.see": once_public(WHOLE_TEAM),
    "innovators.embed": once_public(),
    "innovators.follow": {
        "own": SIGNED_IN,
        "foreign": SIGNED_IN,
        "draft": set(),
        "sign in": {"anonymous"},
    },
    "innovators.see_profile": once_public(EDITORS),
    "innovators.write_to": once_public(),
    "innovators.own": same(EVERYONE),
    "innovators.confirm": same(EVERYONE),
    "innovators.send_letter": once_public(),
    "innovators.edit": team(EDITORS),
    "innovators.curate": curated(),
    "innovators.curate_one": curated(),
    "observatory.see_census": once_public(WHOLE_TEAM),
    "observatory.edit_census": team(EDITORS),
    "observatory.curate": curated(),
    "observatory.see_record": once_public(EDITORS),
    "observatory.curate_record": curated(),
    "observatory.suggest": once_public(),
    "observatory.confirm_suggestion": once_public(),
    "observatory.curate_suggestion": curated(),
    "observatory.curate_import": curated(),
    "observatory.answer": once_public(),
    "observatory.answer_invitation": once_public(),
    "observatory.curate_entry": curated(),
    "observatory.edit_invitation": team(EDITORS),
    "observatory.see_tool": same(EVERYONE),
    "observatory.edit_toolbox": same(CURATORS),
    "accounts.own": same(SIGNED_IN, sign_in={"anonymous"}),
    "accounts.manage": same(ADMIN),
    "accounts.curate": same(CURATORS),
    "accounts.demonstrate": same(set()),
    "notices.own": same(SIGNED_IN, sign_in={"anonymous"}),
    "notices.read": same({"participant"}),
    "organisations.manage": same(CURATORS),
    "web.look_after": same(ADMIN),
}
