"""A person, the roles that reach across the platform, consents, and what signing in needs."""

import hashlib
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cantiere.foundation.accounts import addresses


class People(BaseUserManager["Person"]):
    """Accounts have no password: people sign in by a code, a passkey or their body's gateway."""

    def create_user(self, email: str, **fields: Any) -> "Person":
        person = self.model(email=addresses.normal(email), **fields)
        person.set_unusable_password()
        person.save(using=self._db)
        return person

    def at(self, email: str) -> "Person | None":
        """The person whose normal address this is."""
        return self.filter(email=addresses.normal(email)).first()

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email=addresses.normal(username or ""))


class Person(AbstractBaseUser):
    """Whoever has an account. Never listed, never searched for, no public page.

    An erased person is deleted; only where a row must keep pointing at somebody the row stays, emptied.
    """

    class Assurance(models.TextChoices):
        """How sure we are who this is (eIDAS levels come from a gateway), from low to high."""

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
    erased_on = models.DateField(null=True)

    objects: ClassVar[People] = People()

    EMAIL_FIELD = USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_an_address")]

    def __str__(self) -> str:
        if self.erased_on:
            return gettext("a person who took part")
        return self.name or self.email.partition("@")[0]

    @cached_property
    def roles(self) -> frozenset[str]:
        """Roles on the whole installation, read once for each request."""
        return frozenset(self.platform_roles.values_list("role", flat=True))

    @property
    def is_administrator(self) -> bool:
        return PlatformRole.Role.ADMINISTRATOR in self.roles

    @property
    def is_curator(self) -> bool:
        return PlatformRole.Role.CURATOR in self.roles


class PlatformRole(models.Model):
    """A role on the whole installation; roles in a programme or an activity live with them."""

    class Role(models.TextChoices):
        ADMINISTRATOR = "administrator", _("Administrator")
        CURATOR = "curator", _("Curator")

    person = models.ForeignKey(Person, models.CASCADE, related_name="platform_roles")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)

    address_related: ClassVar[list[str]] = ["person"]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "role"], name="one_platform_role_each")]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_role_display()}"


class Consents(models.QuerySet["Consent"]):
    def standing(self, person: Person) -> dict[str, "Consent"]:
        """By purpose, the last word of a person."""
        return {consent.purpose: consent for consent in self.filter(person=person).order_by("at", "pk")}


class Consent(models.Model):
    """What somebody agreed to or withdrew: appended, never changed (GDPR art. 7)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    text_hash = models.CharField(max_length=64)
    given = models.BooleanField()
    at = models.DateTimeField(auto_now_add=True)
    channel = models.CharField(max_length=20)

    objects = Consents.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "purpose", "-at"])]

    def __str__(self) -> str:
        return f"{self.purpose} {self.version}: {self.given}"


class Code(models.Model):
    """Digits sent by e-mail: for one purpose, in one browser, for minutes and a few tries."""

    class Purpose(models.TextChoices):
        SIGN_IN = "sign_in", "sign_in"
        CONFIRM = "confirm", "confirm"
        NEW_ADDRESS = "new_address", "new_address"

    key = models.CharField(max_length=43, primary_key=True)
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    email = models.EmailField(db_index=True)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    digest = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.purpose}, {self.tries} tries"


class Invitations(models.QuerySet["Invitation"]):
    def open(self) -> "Invitations":
        """Neither used nor expired."""
        return self.filter(used_at=None, expires_at__gt=timezone.now())

    def by_token(self, token: str) -> "Invitation | None":
        """The open invitation behind a link."""
        return self.open().filter(digest=Invitation.digest_of(token)).first()


class Invitation(models.Model):
    """A thing offered to an address that may have no account yet; the link works once, for two weeks."""

    email = models.EmailField(db_index=True)
    kind = models.CharField(max_length=60)
    target = models.CharField(max_length=60, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects = Invitations.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["email", "kind", "target"],
                condition=models.Q(used_at=None),
                name="one_open_invitation_each",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.target}".strip()

    @staticmethod
    def digest_of(token: str) -> str:
        """What is kept of a token."""
        return hashlib.sha256(token.encode()).hexdigest()


class Session(AbstractBaseSession):
    """A browser; it knows its person, so that sessions can be shown and ended."""

    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="sessions")
    device = models.CharField(max_length=60, blank=True)
    began_at = models.DateTimeField(default=timezone.now)

    @classmethod
    def get_session_store_class(cls) -> Any:
        from cantiere.foundation.accounts.sessions import SessionStore

        return SessionStore
