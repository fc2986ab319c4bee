"""The addresses: the floors from the top, the sign-in pages that we use, and the two that machines ask."""

from allauth.account import views as account
from django.urls import include, path, re_path

from config import health

# Of allauth's pages only these: nobody signs up by themselves, and a person's address is the clerk's to keep.
sign_in = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password/reset/key/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
]

urlpatterns = [
    path("", include("foundation.urls")),
    path("", include("monitoring.urls")),
    path("", include("sip.urls")),
    path("", include("governance.urls")),
    path("", include("foundation.urls")),
    path("accounts/", include(sign_in)),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]

handler403 = "foundation.answers.refused"
handler404 = "foundation.answers.not_found"
handler500 = "foundation.answers.broken"
handler429 = "foundation.answers.too_many"  # allauth asks for it by this name
