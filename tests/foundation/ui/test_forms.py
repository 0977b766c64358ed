import re

from django import forms

from cantiere.foundation.ui.forms import DateInput, DateTimeInput, TimeInput
from tests.foundation.ui.pages import SampleForm


def test_every_field_has_a_label_help_and_errors_tied_to_it():
    page = str(SampleForm({"email": "nessuna"}))
    described = re.findall(r'aria-describedby="([^"]+)"', page)
    ids = set(re.findall(r'\bid="([^"]+)"', page))
    assert described
    assert {one for value in described for one in value.split()} <= ids
    assert set(re.findall(r'<label[^>]* for="([^"]+)"', page)) <= ids


def test_the_error_summary_leads_to_the_fields():
    page = str(SampleForm({"email": "nessuna"}))
    ids = set(re.findall(r'\bid="([^"]+)"', page))
    summary = page[: page.index("</ul>")]
    assert "Ci sono 5 cose da correggere" in summary
    assert re.findall(r'href="#([^"]+)"', summary) == [
        "id_name",
        "id_email",
        "id_place",
        "id_how_0",
        "id_agree",
    ]
    assert set(re.findall(r'href="#([^"]+)"', summary)) <= ids


def test_the_summary_ends_no_question_twice():
    class Asked(forms.Form):
        who = forms.CharField(label="Chi siete?")
        where = forms.CharField(label="Dove")

    page = str(Asked({}))
    assert "Chi siete? " in page
    assert "Chi siete?:" not in page
    assert "Dove: " in page


def test_a_good_form_has_no_summary():
    assert "error-summary" not in str(SampleForm())


def test_needed_fields_say_so_in_words():
    page = str(SampleForm())
    assert page.count("(obbligatorio)") == 5


def test_choices_are_a_fieldset_with_input_before_label():
    page = SampleForm()["how"].as_field_group()
    assert re.search(r"<fieldset[^>]*>\s*<legend>Come partecipi", page)
    assert re.search(
        r'<input type="radio"[^>]*id="id_how_0"[^>]*>\s*<label for="id_how_0">In presenza</label>', page
    )


def test_selects_stand_in_their_wrapper():
    assert re.search(
        r'<div class="select-wrapper"><select name="place"', SampleForm()["place"].as_field_group()
    )


def test_a_file_field_is_described_by_its_help():
    assert 'aria-describedby="id_paper_helptext"' in SampleForm()["paper"].as_field_group()


def test_hidden_fields_are_drawn_bare_and_their_errors_told():
    class Quiet(forms.Form):
        token = forms.CharField(widget=forms.HiddenInput)

    page = str(Quiet({}))
    assert page.count('<input type="hidden"') == 1
    assert "C’è una cosa da correggere" in page


def test_native_inputs_speak_the_machine_format():
    assert (DateInput().input_type, TimeInput().input_type, DateTimeInput().input_type) == (
        "date",
        "time",
        "datetime-local",
    )
    import datetime as dt

    assert 'value="2026-06-12"' in DateInput().render("d", dt.date(2026, 6, 12))
