"""One settings file. What differs between machines comes from the environment (``BIAOCHI_…``).

Development and tests need nothing set. Whatever serves pages (``biaochi serve``, ``wsgi.py``) sets
``BIAOCHI_DEBUG=0`` first: that is production, where a missing value stops with a sentence.
"""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

PACKAGE = Path(__file__).resolve().parent
ROOT = PACKAGE.parents[1]


def env(name, default=""):
    return os.environ.get(f"BIAOCHI_{name}", default)


def flag(name, default="0"):
    return env(name, default).lower() in {"1", "true", "yes", "on"}


def required(name, what):
    value = env(name)
    if not value:
        raise ImproperlyConfigured(
            f"BIAOCHI_{name} is not set. It holds {what}. Set it in the environment, or set "
            "BIAOCHI_DEBUG=1 for development. `.env.example` explains every value."
        )
    return value


BIAOCHI_DEMO = flag("DEMO")
DEBUG = flag("DEBUG", "1")
RELAXED = DEBUG or BIAOCHI_DEMO  # may make its own keys

HOME = Path(env("HOME", str(ROOT / "var"))).resolve()


def kept_key(name):
    """A random key that is made once and kept in a file only its owner can read."""
    path = HOME / f"{name}.key"
    if not path.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        try:
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_hex(32))
        except FileExistsError:
            pass  # another process was faster; its key is the key
    return path.read_text().strip()


SECRET_KEY = (
    env("SECRET_KEY") or kept_key("secret")
    if RELAXED
    else required("SECRET_KEY", "a long random text that signs cookies")
)
VAULT_KEY = (
    env("VAULT_KEY") or kept_key("vault")
    if RELAXED
    else required("VAULT_KEY", "the key that locks contacts and original words")
).encode()
ALLOWED_HOSTS = (
    env("HOSTS", "localhost,127.0.0.1,[::1],testserver")
    if RELAXED
    else required("HOSTS", "the host names of this site, separated by commas")
).split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in env("ORIGINS").split(",") if origin]
TRUSTED_PROXIES = int(env("PROXIES", "0"))
RATE_LIMITS = flag("RATE_LIMITS", "1")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "biaochi",
]
MIDDLEWARE = [
    "biaochi.core.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "biaochi.core.middleware.Doors",
    "biaochi.core.middleware.SayWhyNot",
]
ROOT_URLCONF = "biaochi.urls"
WSGI_APPLICATION = "biaochi.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE],
        "OPTIONS": {
            "environment": "biaochi.web.jinja.environment",
            "context_processors": ["biaochi.web.chrome.chrome"],
        },
    },
]


def database(address):
    """Read ``postgresql://user:password@host:port/name`` or a path of an SQLite file."""
    if address.startswith(("postgresql://", "postgres://")):
        parts = urlsplit(address)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": address,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # Writers queue at BEGIN instead of failing at COMMIT; erased words leave the file.
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON; "
                "PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;"
            ),
        },
    }


DATABASES = {"default": database(env("DATABASE", str(HOME / "biaochi.sqlite3")))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "biaochi.User"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",  # costs an attacker memory, not only time
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "desk"

SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not RELAXED
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "biaochi.web.views.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_SSL_REDIRECT = not RELAXED and flag("HTTPS", "1")
SECURE_HSTS_SECONDS = 31536000 if SECURE_SSL_REDIRECT else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("中文")), ("en", _("英文"))]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = env("TIME_ZONE", "Asia/Shanghai")
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
WHITENOISE_USE_FINDERS = RELAXED
if RELAXED:
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns of a folder that is absent
MEDIA_ROOT = HOME / "media"
MEDIA_URL = "/never/"  # attachments are handed out by views that ask who is looking

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
UPLOAD_LIMIT = int(env("UPLOAD_MB", "40")) * 1024 * 1024

HOLIDAYS = env("HOLIDAYS", str(PACKAGE / "core" / "data" / "holidays.json"))
BIAOCHI_THEME = env("THEME")  # "" or "zhu"
BIAOCHI_SITE = {
    "name": env("SITE_NAME", "青溪民声"),
    "tagline": env("SITE_TAGLINE", ""),
    "office": env("SITE_OFFICE", "青溪市政协办公室（示例）"),
    "phone": env("SITE_PHONE", "0000-12345"),
    "hours": env("SITE_HOURS", "8:30–17:30"),
    "prefix": env("SITE_PREFIX", "青民"),
    "code_prefix": env("CODE_PREFIX", "QX"),
    "icp": env("SITE_ICP", ""),
    "police": env("SITE_POLICE", ""),
    "identifier": env("SITE_IDENTIFIER", ""),
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", "WARNING")},
    "loggers": {"biaochi": {"level": env("LOG_LEVEL", "INFO")}},
}
