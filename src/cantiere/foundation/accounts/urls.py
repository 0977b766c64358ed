"""Addresses of the room; of allauth only what is used, under names it expects."""

from allauth.mfa.webauthn.views import login_webauthn
from django.urls import URLPattern, URLResolver, include, path

from cantiere.foundation.accounts.views import account, demonstration, entrance, fresh, passkeys, people

own: list[URLPattern | URLResolver] = [
    path("entra/benvenuto/", entrance.welcome, name="welcome"),
    path("entra/invito/<str:token>/", people.invitation, name="invitation"),
    path("arrivederci/", account.farewell, name="farewell"),
    path("il-mio-conto/", account.account, name="account"),
    path("il-mio-conto/e-mail/", account.address, name="address"),
    path("il-mio-conto/e-mail/codice/", account.address_code, name="address_code"),
    path("il-mio-conto/accessi/", account.sessions, name="sessions"),
    path("il-mio-conto/consensi/", account.agreed, name="consents"),
    path("il-mio-conto/consensi/<slug:key>/", account.consent, name="consent"),
    path("il-mio-conto/dati/", account.my_data, name="my_data"),
    path("il-mio-conto/dati/scarica/", account.download, name="download"),
    path("il-mio-conto/cancella/", account.erase, name="erase"),
    path("gestione/persone/", people.people, name="people"),
    path("gestione/persone/<int:pk>/togli/", people.revoke, name="revoke"),
    path("gestione/persone/inviti/<int:pk>/ritira/", people.withdraw_invitation, name="withdraw_invitation"),
    path("posta-di-prova/", demonstration.mailbox, name="mailbox"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((own, "accounts"))),
    path("entra/", entrance.sign_in, name="account_login"),
    path("entra/codice/", entrance.enter_code, name="account_confirm_login_code"),
    path("entra/conferma/", fresh.confirm, name="account_reauthenticate"),
    path("entra/sospeso/", entrance.inactive, name="account_inactive"),
    path("entra/passkey/", login_webauthn, name="mfa_login_webauthn"),
    path("entra/secondo-passo/", passkeys.second_step, name="mfa_authenticate"),
    path("entra/ente/", entrance.to_gateway, name="openid_connect_login"),
    path("entra/ente/ritorno/", entrance.from_gateway, name="openid_connect_callback"),
    path("entra/ente/e-mail/", entrance.gateway_address, name="socialaccount_signup"),
    path("entra/ente/annullato/", entrance.gateway_cancelled, name="socialaccount_login_cancelled"),
    path("esci/", entrance.sign_out, name="account_logout"),
    path("lingua/", entrance.language, name="set_language"),
    path("il-mio-conto/passkey/", passkeys.passkeys, name="mfa_index"),
    path("il-mio-conto/passkey/", passkeys.passkeys, name="mfa_list_webauthn"),
    path("il-mio-conto/passkey/aggiungi/", passkeys.add, name="mfa_add_webauthn"),
    path("il-mio-conto/passkey/<int:pk>/nome/", passkeys.rename, name="mfa_edit_webauthn"),
    path("il-mio-conto/passkey/<int:pk>/togli/", passkeys.remove, name="mfa_remove_webauthn"),
    path("il-mio-conto/codici/", passkeys.recovery_codes, name="mfa_view_recovery_codes"),
    path("il-mio-conto/codici/nuovi/", passkeys.new_recovery_codes, name="mfa_generate_recovery_codes"),
    path(
        "il-mio-conto/codici/scarica/", passkeys.download_recovery_codes, name="mfa_download_recovery_codes"
    ),
]
