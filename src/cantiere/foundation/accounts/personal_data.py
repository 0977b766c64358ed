"""What accounts know about a person, for export and erasure."""

from collections.abc import Mapping

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import ProtectedError, Q, QuerySet, RestrictedError
from django.utils import timezone

from cantiere.foundation.accounts.models import Code, Consent, Invitation, Person, PlatformRole, Session
from cantiere.foundation.core import personal_data
from cantiere.foundation.core.models import Mail


class Accounts(personal_data.Port):
    """The account itself: asked last to forget, so that rooms above have let go of it."""

    tables = (
        Person,
        PlatformRole,
        Consent,
        Code,
        Invitation,
        Session,
        EmailAddress,
        SocialAccount,
        Authenticator,
    )

    def export(self, person: AbstractBaseUser) -> Mapping[str, object]:
        me = Person.objects.get(pk=person.pk)
        own: dict[str, object] = {
            "account": {
                "email": me.email,
                "name": me.name,
                "language": me.language,
                "assurance": me.assurance,
                "joined_on": me.joined_on.isoformat(),
                "last_login": me.last_login.isoformat() if me.last_login else None,
                "feed_key": me.feed_key,
                "active": me.is_active,
            },
            "platform_roles": list(me.platform_roles.values_list("role", flat=True)),
            "consents": list(
                me.consents.order_by("at").values("purpose", "version", "text_hash", "given", "at", "channel")
            ),
            "sessions": list(me.sessions.order_by("began_at").values("device", "began_at", "expire_date")),
            "pending_codes": list(_codes(me).values("purpose", "email", "expires_at")),
            "invitations": list(_invitations(me).values("kind", "target", "email", "sent_at", "used_at")),
        }
        return own | self._allauth(me)

    def _allauth(self, me: Person) -> dict[str, object]:
        return {
            "addresses": list(EmailAddress.objects.filter(user=me).values("email", "verified")),
            "identities": list(
                SocialAccount.objects.filter(user=me).values("provider", "uid", "extra_data", "date_joined")
            ),
            "passkeys": [
                {"kind": one.type, "name": str(one), "added": one.created_at, "used": one.last_used_at}
                for one in Authenticator.objects.filter(user=me).order_by("created_at")
            ],
        }

    def erase(self, person: AbstractBaseUser) -> None:
        me = Person.objects.get(pk=person.pk)
        _codes(me).delete()
        _unname_invitations(me)
        Invitation.objects.filter(email=me.email).delete()
        for table in (PlatformRole, Consent):
            table.objects.filter(person=me).delete()
        for table in (EmailAddress, SocialAccount, Authenticator):
            table.objects.filter(user=me).delete()
        Session.objects.filter(person=me).delete()
        try:
            with transaction.atomic():
                me.delete()
        except (ProtectedError, RestrictedError):
            _empty(Person.objects.get(pk=person.pk))


def _codes(me: Person) -> QuerySet[Code]:
    """Sign-in codes are sent to an address before anyone knows whose it is."""
    return Code.objects.filter(Q(person=me) | Q(email=me.email))


def _invitations(me: Person) -> QuerySet[Invitation]:
    return Invitation.objects.filter(Q(email=me.email) | Q(by=me))


def _unname_invitations(me: Person) -> None:
    """The messages that said who invites say it no longer; those not yet sent still go out."""
    sent_by_me = [f"invitation:{pk}" for pk in Invitation.objects.filter(by=me).values_list("pk", flat=True)]
    for mail in Mail.objects.filter(once__in=sent_by_me):
        mail.text = mail.text.replace(str(me), settings.CANTIERE_NAME)
        mail.save(update_fields=["text"])


def _empty(me: Person) -> None:
    """Where rows must keep pointing at somebody, nobody is left in the row."""
    me.email, me.name, me.feed_key = f"{me.pk}@erased.invalid", "", None
    me.assurance, me.last_login, me.language = Person.Assurance.NONE, None, "it"
    me.is_active, me.erased_on = False, timezone.localdate()
    me.set_unusable_password()
    me.save()


personal_data.register(Accounts())
