"""A page: an activity that is told here and run elsewhere."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cantiere.foundation.core.richtext import MarkdownField
from cantiere.foundation.core.uploads import DocumentField
from cantiere.programmes.models import Activity
from cantiere.programmes.models.held import https


class Page(models.Model):
    """The story of an activity, and where it happens."""

    address: ClassVar[str] = "activity__slug"
    address_related: ClassVar[tuple[str, ...]] = (
        "activity__programme",
        "activity__phase",
        "activity__place__parent",
    )

    activity = models.OneToOneField(Activity, models.CASCADE, primary_key=True, related_name="+")
    story = MarkdownField(_("story"), blank=True, help_text=_("What happens, who does it, what for."))
    link = models.CharField(
        _("where it happens"),
        max_length=500,
        blank=True,
        validators=[https],
        help_text=_("The address of the page or form elsewhere, if there is one."),
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(link="") | Q(link__startswith="https://"), name="page_link_is_https"
            )
        ]

    def __str__(self) -> str:
        return self.activity.title

    @property
    def link_host(self) -> str:
        """The name of the site the link leads to."""
        return self.link.removeprefix("https://").partition("/")[0].removeprefix("www.")


class PageDocument(models.Model):
    """A file to download from a page."""

    address_related: ClassVar[tuple[str, ...]] = ("page__activity__programme",)

    page = models.ForeignKey(Page, models.CASCADE, related_name="documents")
    title = models.CharField(_("title of the document"), max_length=120)
    file = DocumentField(_("document"))
    shown = models.CharField(max_length=120, editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def ending(self) -> str:
        """What sort of file it is, such as PDF."""
        return self.shown.rpartition(".")[2].upper()
