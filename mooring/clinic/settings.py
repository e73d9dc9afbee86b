"""Django settings. Everything a clinic may set comes from the environment; see docs/settings.md."""

import os
from pathlib import Path
from typing import cast

import dj_database_url
from csp.constants import NONE, SELF

from mooring.clinic import home
from mooring.clinic.database import sqlite
from mooring.clinic.database.wire import encrypt_to_other_machines

HERE = Path(__file__).parent

sqlite.install()

DEBUG = False
SECRET_KEY = home.key("web.key").hex()
ALLOWED_HOSTS = os.environ.get("MOORING_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
BEHIND_TLS = os.environ.get("MOORING_TLS") == "1"
ON_THIS_MACHINE = "127.0.0.1,::1"
# Whose word is taken for where a request came from: a made-up address would evade the lock.
PROXIES = os.environ.get("MOORING_PROXIES", ON_THIS_MACHINE if BEHIND_TLS else "")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if BEHIND_TLS else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "mooring.clinic.accounts",
    "mooring.clinic.audit",
    "mooring.clinic.chores",
    "mooring.clinic.backups",
    "mooring.clinic.people",
    "mooring.clinic.imports",
    "mooring.clinic.screening",
    "mooring.clinic.courses",
    "mooring.clinic.consents",
    "mooring.clinic.interactions",
    "mooring.clinic.vials",
    "mooring.clinic.sessions",
    "mooring.clinic.exposure",
    "mooring.clinic.prescriptions",
    "mooring.clinic.ladders",
    "mooring.clinic.measures",
    "mooring.clinic.tasks",
    "mooring.clinic.restricted",
    "mooring.clinic.alone",
    "mooring.clinic.suicidality",
    "mooring.clinic.handbook",
    "mooring.clinic.once",
    "mooring.clinic.clock",
]

MIDDLEWARE = [
    "mooring.clinic.requests.RequestNumberMiddleware",
    "django.middleware.security.SecurityMiddleware",
    # Before WhiteNoise: styles and scripts carry the same policy as pages.
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "mooring.clinic.clock.watch.ClockMiddleware",
    "mooring.clinic.middleware.ClinicMiddleware",
    "mooring.clinic.doors.DoorMiddleware",
    "mooring.clinic.accounts.idle.IdleLockMiddleware",
    "mooring.clinic.accounts.first_password.FirstPasswordMiddleware",
    "mooring.clinic.accounts.second_factor.SecondFactorMiddleware",
    "mooring.clinic.handbook.missing.MissingPolicyMiddleware",
    "mooring.clinic.accounts.doorstep.DoorstepMiddleware",
    "axes.middleware.AxesMiddleware",
    "mooring.clinic.middleware.TakenFormMiddleware",
    "mooring.clinic.accounts.signing.SigningMiddleware",
    "mooring.clinic.once.middleware.OnceMiddleware",
]

# More different charts than this, opened by one person within ten minutes, are told the owner.
MANY_CHARTS = int(os.environ.get("MOORING_MANY_CHARTS", "50"))

CSRF_FAILURE_VIEW = "mooring.clinic.web.cannot_tell_who_sent"
ROOT_URLCONF = "mooring.clinic.urls"
ASGI_APPLICATION = "mooring.clinic.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mooring.clinic.context.clinic",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "mooring.clinic.templatetags.words",
                "mooring.clinic.templatetags.signatures",
                "mooring.clinic.alone.marks",
                "mooring.clinic.templatetags.chart_menu",
                "mooring.clinic.handbook.marks",
                "mooring.clinic.once.marks",
            ],
        },
    }
]
COTTON_DIR = "components"


def database() -> dict[str, object]:
    """PostgreSQL where DATABASE_URL says so, else the SQLite file in the data folder."""
    url = os.environ.get("DATABASE_URL")
    if not url:
        return sqlite.settings_for(home.home() / "mooring.sqlite3")
    encrypt_to_other_machines()
    settings: dict[str, object] = dict(dj_database_url.parse(url))
    if settings["ENGINE"] == "django.db.backends.postgresql":
        # Without server-side binding the server's logs would carry what patients say.
        settings["OPTIONS"] = {
            **cast(dict[str, object], settings.get("OPTIONS", {})),
            "pool": {"min_size": 1, "max_size": 12, "timeout": 20},
            "server_side_binding": True,
        }
        settings["CONN_MAX_AGE"] = 0
    return settings


DATABASES = {"default": database()}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "mooring.clinic.accounts.pin_backend.BedsidePinBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "mooring.clinic.accounts.own_words.OwnWordsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "mooring.clinic.accounts.adapter.ClosedDoorAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
# One count of what is wrong, in the database, for all processes: accounts/limits.py. allauth's own
# counts lie in one process's memory, and by address they would hold a whole ward.
ACCOUNT_RATE_LIMITS = False
MFA_RATE_LIMITS = False
ACCOUNT_FORMS = {
    "change_password": "mooring.clinic.accounts.factor_forms.CountedChangePasswordForm",
}
MFA_ADAPTER = "mooring.clinic.accounts.adapter.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# One step of 30 s either way, for a slow hand or clock (RFC 6238, 5.2).
MFA_TOTP_TOLERANCE = 1
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not BEHIND_TLS
MFA_FORMS = {
    "authenticate": "mooring.clinic.accounts.factor_forms.CountedAuthenticateForm",
    "reauthenticate": "mooring.clinic.accounts.factor_forms.CountedReauthenticateForm",
}
# django-axes stands at the door; what is counted, and when it closes, is accounts/limits.py.
AXES_HANDLER = "mooring.clinic.accounts.guard.Guard"
AXES_CLIENT_IP_CALLABLE = "mooring.clinic.accounts.guard.address"
AXES_LOCKOUT_CALLABLE = "mooring.clinic.accounts.guard.too_many"
AXES_VERBOSE = False

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Browsers hold a name with this prefix to TLS and to this host: no other host can set it.
COOKIE_PREFIX = "__Host-" if BEHIND_TLS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
# What a page says once may name a person: it waits with the session, never in a cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = BEHIND_TLS
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "img-src": [SELF, "data:"],
        # uPlot and Observable Plot place elements with style attributes set from script, which
        # the CSSOM allows; nothing inline stands in a page.
        "style-src": [SELF],
        "script-src": [SELF],
    }
}

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-gb"
USE_I18N = False
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "static/"
STATICFILES_DIRS = [HERE / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
# No other site has a use for Mooring's styles and scripts.
WHITENOISE_ALLOW_ALL_ORIGINS = False

EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"short": {"()": "mooring.clinic.logs.ShortFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "short"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Wrong passwords stand in the audit; django-axes would name whom they were tried for.
    "loggers": {"axes": {"level": "ERROR"}},
}
