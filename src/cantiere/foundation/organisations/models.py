"""Organisations: one table, whatever they do in a programme."""

from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cantiere.engine.words import words
from cantiere.foundation.core.richtext import MarkdownField
from cantiere.foundation.organisations import legal_forms
from cantiere.foundation.places.models import Place


def check_legal_form(code: str) -> None:
    """A code of the list of legal forms."""
    if code not in legal_forms.codes():
        raise ValidationError(_("This legal form is not in the list."), code="legal_form")


def check_tax_code(code: str) -> None:
    """The eleven figures of an organisation, of which the last checks the others (d.m. 23 December 1976).

    Tax codes of persons, with letters, are refused: they are personal data that nobody needs here.
    """
    if len(code) != 11 or not code.isascii() or not code.isdecimal():
        raise ValidationError(_("The tax code of an organisation has 11 figures."), code="tax_code")
    total = 0
    for index, figure in enumerate(map(int, code)):
        total += figure if index % 2 == 0 else figure * 2 - 9 * (figure > 4)
    if total % 10:
        raise ValidationError(_("One figure of the tax code is wrong: check it."), code="tax_code")


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Reads of organisations."""

    def named(self, name: str) -> Self:
        """Those of that name or short name, however it is written."""
        folded = " ".join(words(name))
        return self.filter(Q(folded=folded) | Q(folded_short=folded) & ~Q(folded_short=""))

    def suggest(self, start: str) -> Self:
        """Those whose name, a word of it, or short name begins like this."""
        begins = " ".join(words(start))
        within = (
            Q(folded__startswith=begins)
            | Q(folded__contains=f" {begins}")
            | Q(folded_short__startswith=begins)
        )
        return self.filter(within).select_related("place__parent")


class Organisation(models.Model):
    """A public body, association, foundation, company; its roles live with the programmes."""

    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    slug = models.SlugField(max_length=80, unique=True)
    folded = models.CharField(max_length=200, db_index=True)
    folded_short = models.CharField(max_length=60, blank=True)
    legal_form = models.CharField(_("legal form"), max_length=6, blank=True, validators=[check_legal_form])
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, verbose_name=_("place"), related_name="organisations"
    )
    website = models.URLField(_("website"), blank=True)
    ipa_code = models.CharField(
        _("IPA code"),
        max_length=20,
        blank=True,
        validators=[RegexValidator(r"^[A-Za-z0-9_]+$", _("An IPA code is made of letters and figures."))],
    )
    tax_code = models.CharField(_("tax code"), max_length=11, blank=True, validators=[check_tax_code])
    description = MarkdownField(_("description"), blank=True)

    objects: ClassVar[OrganisationQuerySet] = OrganisationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("folded", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["ipa_code"], condition=~Q(ipa_code=""), name="one_organisation_an_ipa_code"
            ),
            models.UniqueConstraint(
                fields=["tax_code"], condition=~Q(tax_code=""), name="one_organisation_a_tax_code"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def legal_form_name(self) -> str:
        """The name of its legal form in the language in use."""
        return legal_forms.label(self.legal_form)

    @property
    def brief(self) -> str:
        """The name it is called by where there is little room."""
        return self.short_name or self.name
