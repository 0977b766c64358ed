"""A person, the roles that reach across the platform, and consents."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class People(BaseUserManager["Person"]):
    """Accounts have no password: people sign in by a code, a passkey or their body's gateway."""

    def create_user(self, email: str, **fields: Any) -> "Person":
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_unusable_password()
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Whoever has an account. Never listed, never searched for, no public page."""

    class Assurance(models.TextChoices):
        """How sure we are who this is (eIDAS levels come from a gateway)."""

        NONE = "none", _("not verified")
        EMAIL = "email", _("e-mail verified")
        LOW = "gateway_l1", _("identity provider, level 1")
        SUBSTANTIAL = "gateway_l2", _("identity provider, level 2")
        HIGH = "gateway_l3", _("identity provider, level 3")

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(
        _("name"), max_length=80, blank=True, help_text=_("As others will see it; it may be a pseudonym.")
    )
    language = models.CharField(_("language"), max_length=5, default="it")
    assurance = models.CharField(max_length=12, choices=Assurance.choices, default=Assurance.NONE)
    is_active = models.BooleanField(default=True)
    joined_on = models.DateField(auto_now_add=True)
    feed_key = models.CharField(max_length=43, unique=True, null=True)

    objects: ClassVar[People] = People()

    EMAIL_FIELD = USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_an_address")]

    def __str__(self) -> str:
        return self.name or self.email.partition("@")[0]


class PlatformRole(models.Model):
    """A role on the whole installation; roles in a programme or an activity live with them."""

    class Role(models.TextChoices):
        ADMINISTRATOR = "administrator", _("Administrator")
        CURATOR = "curator", _("Curator")

    person = models.ForeignKey(Person, models.CASCADE, related_name="platform_roles")
    role = models.CharField(max_length=20, choices=Role.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "role"], name="one_platform_role_each")]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_role_display()}"


class Consent(models.Model):
    """What somebody agreed to or withdrew: appended, never changed (GDPR art. 7)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    text_hash = models.CharField(max_length=64)
    given = models.BooleanField()
    at = models.DateTimeField(auto_now_add=True)
    channel = models.CharField(max_length=20)

    class Meta:
        indexes = [models.Index(fields=["person", "purpose", "-at"])]

    def __str__(self) -> str:
        return f"{self.purpose} {self.version}: {self.given}"
