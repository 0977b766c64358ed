"""What the room does: one function an intention."""

from cantiere.foundation.accounts.actions.codes import LIFETIME, TRIES, Redemption, redeem, send_code
from cantiere.foundation.accounts.actions.consents import agree, note_consent, withdraw
from cantiere.foundation.accounts.actions.invitations import accept, invite, withdraw_invitation
from cantiere.foundation.accounts.actions.people import (
    LastAdministratorError,
    change_address,
    change_profile,
    connect,
    create_account,
    end_other_sessions,
    erase,
    raise_assurance,
    speak,
)
from cantiere.foundation.accounts.actions.roles import (
    INVITED_AS,
    ROLE,
    appoint,
    forget_passkeys,
    give,
    grant,
    revoke,
)

__all__ = [
    "INVITED_AS",
    "LIFETIME",
    "ROLE",
    "TRIES",
    "LastAdministratorError",
    "Redemption",
    "accept",
    "agree",
    "appoint",
    "change_address",
    "change_profile",
    "connect",
    "create_account",
    "end_other_sessions",
    "erase",
    "forget_passkeys",
    "give",
    "grant",
    "invite",
    "note_consent",
    "raise_assurance",
    "redeem",
    "revoke",
    "send_code",
    "speak",
    "withdraw",
    "withdraw_invitation",
]
