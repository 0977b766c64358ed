"""A facilitator at the desk: live beside a co-facilitator, by keyboard, on a phone, and without script."""

import os
import re
import subprocess

import pytest
from playwright.sync_api import expect

from tests.browser import Keyboard, assert_sound, needs_browser
from tests.journeys.conftest import CANTIERE, COMMUNITY
from tests.journeys.evening import press

pytestmark = needs_browser


@pytest.fixture(scope="module")
def lab(served):
    """A laboratory with a question, ideas, two rounds at tables; and who may lead it. Gives its slug."""
    script = f"""
from cantiere.programmes import actions
from cantiere.programmes.models import Activity, Programme, TeamMember
from cantiere.activities.labs.models import Block, Group, Lab
programme = Programme.objects.get(slug="{COMMUNITY}")
who = TeamMember.objects.filter(programme=programme, role="coordinator").select_related("person").first().person
row = actions.add_activity(by=who, programme=programme, kind_key="lab", details={{"title": "Prova della regia"}})
lab = Lab.objects.get(pk=row.pk)
OPTIONS = [{{"key": "a", "text": "Più ombra"}}, {{"key": "b", "text": "Più autobus"}}]
for order, (kind, key, title, plan) in enumerate([
    ("question", "choice", "Da dove cominciamo", {{"asks": "single", "options": OPTIONS, "prompt": "Da dove cominciamo?"}}),
    ("question", "ideas", "Idee", {{"asks": "ideas", "most": 3, "moderated": True, "prompt": "Che cosa manca?"}}),
    ("groups", "one", "Primo giro", {{}}),
    ("groups", "two", "Secondo giro", {{"assign": "rotate", "of": "one"}}),
]):
    Block.objects.create(lab=lab, kind=kind, key=key, title=title, plan=plan, order=order)
for number in range(3):
    Group.objects.create(lab=lab, key=f"t{{number}}", name=f"Tavolo {{number + 1}}", order=number)
print("MADE", row.slug, who.email)
"""

    environment = {name: value for name, value in os.environ.items() if not name.startswith("CANTIERE_")}
    environment |= {"CANTIERE_DATA": str(served.data), "CANTIERE_DEMO": "1", "CANTIERE_URL": served.address}
    said = subprocess.run(
        [CANTIERE, "shell", "-c", script], env=environment, check=True, capture_output=True, text=True
    )
    found = re.search(r"MADE (\S+) (\S+)", said.stdout)
    assert found, said.stdout + said.stderr
    return found[1], found[2]


def primary(page):
    return page.locator(".desk-primary")


def test_two_lead_a_rehearsal_together(visit, lab):
    slug, email = lab
    page = visit(by=email)
    page.goto(f"/gestione/laboratori/{slug}/regia/")
    page.get_by_label("Persone simulate").fill("12")
    page.get_by_role("button", name="Comincia la prova").click()
    page.wait_for_url("**/prova/")
    page.get_by_text("In diretta").wait_for()
    assert_sound(page)
    other = visit(by=email, width=390, height=844)
    other.goto(page.url)
    # What one does the other sees, without loading the page.
    press(page, "Comincia")
    press(page, "Apri la domanda")
    other.get_by_role("button", name="Chiudi le risposte").wait_for()
    other.get_by_text(re.compile(r"\b(1?\d)\s+person[ae] h")).first.wait_for()
    assert_sound(other)
    # A word half typed survives whatever happens meanwhile.
    other.get_by_label("Un messaggio a tutti").fill("Ancora due")
    press(page, "Chiudi le risposte")
    other.get_by_role("button", name="Mostra i risultati").wait_for()
    assert other.get_by_label("Un messaggio a tutti").input_value() == "Ancora due"
    # By keyboard alone, the focus stays on the one thing to do.
    keyboard = Keyboard(page)
    primary(page).filter(has_text="Mostra i risultati").focus()
    press(page, "Mostra i risultati", by_key=True)
    press(page, "Avanti: Idee", by_key=True)
    page.get_by_role("heading", name="Idee", level=2).wait_for()
    keyboard.tab_to("Salta a|Apri la domanda")
    press(page, "Apri la domanda")
    page.get_by_text(re.compile(r"aspetta(no)? te")).wait_for(timeout=40_000)
    page.locator(".desk-idea input").first.check()
    page.locator(".desk-verbs").get_by_role("button", name="Mostra").click()
    page.get_by_role("heading", name="Lasciate passare").wait_for()
    # The groups.
    page.get_by_role("button", name="Salta a: Primo giro").click()
    page.get_by_role("button", name="Forma i gruppi").click()
    page.get_by_text("12 persone al loro posto").wait_for()
    expect(page.locator(".desk-group")).to_have_count(3)
    # What one was told stands, whatever the other does meanwhile.
    other.get_by_label("Un messaggio a tutti").fill("Ai tavoli")
    other.get_by_role("button", name="Invia", exact=True).first.click()
    page.get_by_text("Ai tavoli").first.wait_for()
    expect(page.get_by_text("12 persone al loro posto")).to_be_visible()
    assert_sound(page)
    page.get_by_role("button", name=re.compile("Via:")).click()
    page.get_by_role("button", name="Pausa").click()
    page.get_by_text("in pausa").wait_for()
    page.get_by_role("link", name="Chi siede dove").first.click()
    page.get_by_role("heading", name="Chi siede dove", level=1).wait_for()
    assert_sound(page)
    page.locator("#group-t0").get_by_role("checkbox").first.check()
    page.get_by_label("Sposta le persone scelte in").select_option("t1")
    page.get_by_role("button", name="Sposta", exact=True).click()
    expect(page.locator("#group-t1 .desk-pick li")).to_have_count(5)
    page.goto(f"/gestione/laboratori/{slug}/prova/chiudi/")
    page.get_by_role("button", name="Chiudi la prova").click()
    page.wait_for_url("**/regia/")


def test_the_desk_without_script(visit, lab):
    slug, email = lab
    page = visit(by=email)  # signed in with script: the form of the code is another matter
    page.goto("/")
    still = visit(by=email, script=False)
    still.goto(f"/gestione/laboratori/{slug}/regia/")
    still.get_by_role("button", name="Apri il laboratorio").click()
    still.get_by_role("button", name=re.compile("Comincia:")).click()
    still.get_by_role("button", name="Apri la domanda").click()
    still.get_by_role("link", name=re.compile("Inserisci le risposte")).click()
    still.get_by_label("Più ombra").fill("7")
    still.get_by_role("button", name="Inserisci").click()
    still.get_by_text("Inserita: 1 risposta").first.wait_for()
    still.get_by_role("link", name="Torna alla regia").click()
    still.get_by_role("link", name="Aggiorna").click()
    expect(still.locator(".desk-results")).to_contain_text("7")
    assert_sound(still)
