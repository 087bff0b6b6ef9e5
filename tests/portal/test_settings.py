"""The environment is read with care: nonsense is refused with a sentence that says what to write."""

import io
import json
import logging
import logging.config
import os
import runpy
import string
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.exceptions import ImproperlyConfigured
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from portal.settings import env, logs
from tests.people.provider import SHORT_KEY
from tests.people.saml import CERTIFICATE, EC_CERTIFICATE, certify

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = {
    "SECRET_KEY": "a-sample-of-fifty-characters-0123456789-ABCDEFGHIJKLM",
    "PARLEY_DIGEST_KEY": "another-sample-of-fifty-characters-9876543210-ZYXWVUT",
    "PARLEY_HOSTS": "news.example.org",
    "PARLEY_BASE_URL": "https://news.example.org",
    "PARLEY_MAIL_FROM": "news@example.org",
}


class TestReaders:
    @pytest.mark.parametrize("value", ["", "*", "https://news.example.org", "a b", " , "])
    def test_hosts_are_refused(self, monkeypatch, value):
        monkeypatch.setenv("PARLEY_HOSTS", value)
        with pytest.raises(ImproperlyConfigured, match=r"PARLEY_HOSTS is .* Write the names"):
            env.read_hosts("PARLEY_HOSTS")

    def test_hosts_are_a_list(self, monkeypatch):
        monkeypatch.setenv("PARLEY_HOSTS", "news.example.org, www.example.org,")
        assert env.read_hosts("PARLEY_HOSTS") == ["news.example.org", "www.example.org"]

    @pytest.mark.parametrize("value", ["", "parley2026", 80 * "a", "abcabc" * 10])
    def test_a_weak_secret_is_refused_and_not_repeated(self, monkeypatch, value):
        monkeypatch.setenv("SECRET_KEY", value)
        with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is missing or too weak") as refusal:
            env.read_secret("SECRET_KEY")
        assert not value or value not in str(refusal.value)

    @pytest.mark.parametrize("start", ["django-insecure-", " django-insecure-"])
    def test_r36_a_key_that_django_marks_insecure_is_refused(self, monkeypatch, start):
        value = start + SAMPLE["SECRET_KEY"]
        monkeypatch.setenv("SECRET_KEY", value)
        with pytest.raises(ImproperlyConfigured, match=r"too weak for a secret\. Write 50 random") as refusal:
            env.read_secret("SECRET_KEY")
        assert value.strip() not in str(refusal.value)

    @pytest.mark.parametrize(
        ("length", "different", "is_taken"),
        [(50, 10, True), (49, 10, False), (50, 9, False), (50, 4, False), (200, 26, True), (0, 0, False)],
    )
    def test_r36_a_key_is_long_and_of_many_characters(self, monkeypatch, length, different, is_taken):
        letters = string.ascii_letters[: different or 1]
        monkeypatch.setenv("SECRET_KEY", (letters * 200)[:length])
        if is_taken:
            assert len(env.read_secret("SECRET_KEY")) == length
            return
        with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is missing or too weak"):
            env.read_secret("SECRET_KEY")

    @pytest.mark.parametrize(
        "value", ["news.example.org", "ftp://news.example.org", "https://", "https://news.example.org/fr/"]
    )
    def test_a_base_url_without_scheme_or_with_a_path_is_refused(self, monkeypatch, value):
        monkeypatch.setenv("PARLEY_BASE_URL", value)
        with pytest.raises(ImproperlyConfigured, match=r"PARLEY_BASE_URL .* with its scheme"):
            env.read_base_url("PARLEY_BASE_URL")

    def test_production_asks_for_an_encrypted_base_url(self, monkeypatch):
        monkeypatch.setenv("PARLEY_BASE_URL", "http://news.example.org")
        with pytest.raises(ImproperlyConfigured):
            env.read_base_url("PARLEY_BASE_URL", schemes=frozenset({"https"}))

    def test_a_base_url_loses_its_last_slash(self, monkeypatch):
        monkeypatch.setenv("PARLEY_BASE_URL", "https://news.example.org/")
        assert env.read_base_url("PARLEY_BASE_URL") == "https://news.example.org"

    @pytest.mark.parametrize("value", ["two", "-1", "11", "1.5"])
    def test_a_number_out_of_bounds_is_refused(self, monkeypatch, value):
        monkeypatch.setenv("PARLEY_TRUSTED_PROXIES", value)
        with pytest.raises(ImproperlyConfigured, match="a whole number between 0 and 10"):
            env.read_number("PARLEY_TRUSTED_PROXIES", 0, at_least=0, at_most=10)

    def test_a_switch_is_true_or_false(self, monkeypatch):
        monkeypatch.setenv("MAIL_TLS", "perhaps")
        with pytest.raises(ImproperlyConfigured, match=r"MAIL_TLS is “perhaps”\. Write true or false"):
            env.read_switch("MAIL_TLS", False)

    def test_a_time_zone_exists(self, monkeypatch):
        monkeypatch.setenv("PARLEY_TIME_ZONE", "Montreal")
        with pytest.raises(ImproperlyConfigured, match="America/Toronto"):
            env.read_time_zone("PARLEY_TIME_ZONE", "America/Toronto")

    def test_a_mail_address_is_one(self, monkeypatch):
        monkeypatch.setenv("PARLEY_MAIL_FROM", "News")
        with pytest.raises(ImproperlyConfigured, match="Write one address"):
            env.read_mail_address("PARLEY_MAIL_FROM", "")

    def test_redis_may_be_left_out_but_not_misspelt(self, monkeypatch):
        monkeypatch.setenv("REDIS_URL", "")
        assert env.read_redis_url("REDIS_URL") == ""
        monkeypatch.setenv("REDIS_URL", "localhost:6379")
        with pytest.raises(ImproperlyConfigured, match="Write redis://"):
            env.read_redis_url("REDIS_URL")


class TestDatabase:
    @pytest.mark.parametrize(
        "value", ["mysql://root:pass-1@host/portal", "sqlite://", "postgresql://parley:pass-1@host", "pass-1"]
    )
    def test_an_address_without_a_database_is_refused_and_not_repeated(self, monkeypatch, value):
        monkeypatch.setenv("DATABASE_URL", value)
        with pytest.raises(ImproperlyConfigured, match="DATABASE_URL names no database") as refusal:
            env.read_database("DATABASE_URL", "")
        assert "pass-1" not in str(refusal.value)

    def test_a_port_is_a_number(self, monkeypatch):
        monkeypatch.setenv("DATABASE_URL", "postgresql://host:port/portal")
        with pytest.raises(ImproperlyConfigured, match="port"):
            env.read_database("DATABASE_URL", "")

    def test_sqlite_waits_its_turn_and_loses_nothing(self, monkeypatch):
        monkeypatch.setenv("DATABASE_URL", "sqlite:////srv/parley/parley.sqlite3")
        database = env.read_database("DATABASE_URL", "")
        assert database["NAME"] == "/srv/parley/parley.sqlite3"
        assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
        assert "synchronous=FULL" in database["OPTIONS"]["init_command"]

    def test_postgresql_is_read_part_by_part(self, monkeypatch):
        monkeypatch.setenv("DATABASE_URL", "postgresql://parley:p%40ss@db:5433/portal?connect_timeout=4")
        database = env.read_database("DATABASE_URL", "")
        assert (database["USER"], database["PASSWORD"], database["HOST"]) == ("parley", "p@ss", "db")
        assert (database["PORT"], database["NAME"]) == ("5433", "portal")
        assert database["OPTIONS"]["connect_timeout"] == "4"
        assert "lock_timeout" in database["OPTIONS"]["options"]


class TestProvider:
    """The identity provider: all that it needs, or nothing."""

    ALL = {
        "PARLEY_PROVIDER_ISSUER": "https://id.example.org/realms/staff",
        "PARLEY_PROVIDER_CLIENT_ID": "parley",
        "PARLEY_PROVIDER_CLIENT_SECRET": "secret-1",
        "PARLEY_PROVIDER_LABEL": "Nordet ID",
    }

    @pytest.fixture
    def read(self, monkeypatch):
        def read(**changes: str) -> dict[str, object]:
            for name, value in {**self.ALL, **changes}.items():
                monkeypatch.setenv(name, value)
            return runpy.run_path(str(ROOT / "portal" / "settings" / "provider.py"))

        return read

    def test_without_an_issuer_nothing_else_is_needed(self, read):
        found = read(**dict.fromkeys(self.ALL, ""))
        assert found["PROVIDER_ISSUER"] == ""
        assert found["LOCAL_SIGN_IN"] is True

    def test_the_issuer_is_kept_letter_by_letter(self, read):
        found = read(PARLEY_PROVIDER_ISSUER="https://id.example.org/")
        assert found["PROVIDER_ISSUER"] == "https://id.example.org/"
        assert found["PROVIDER_RECHECK_SECONDS"] <= 60

    @pytest.mark.parametrize("name", [name for name in ALL if not name.endswith("ISSUER")])
    def test_what_only_you_know_must_be_given(self, read, name):
        with pytest.raises(ImproperlyConfigured, match=f"{name} is “”. Write"):
            read(**{name: ""})

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("PARLEY_PROVIDER_ISSUER", "id.example.org"),
            ("PARLEY_PROVIDER_ISSUER", "http://id.example.org"),
            ("PARLEY_PROVIDER_ISSUER", "http://localhost.example.org"),
            ("PARLEY_PROVIDER_ISSUER", "https://id.example.org?tenant=1"),
            ("PARLEY_PROVIDER_ISSUER", "https://me:secret@id.example.org"),
            ("PARLEY_PROVIDER_SCOPES", "profile email"),
            ("PARLEY_PROVIDER_ORIGINS", "login.example.org"),
            ("PARLEY_PROVIDER_ORIGINS", "https://login.example.org/path"),
            ("PARLEY_PROVIDER_ORIGINS", "https:"),
            ("PARLEY_PROVIDER_GROUPS", "staff=Employees"),
            ("PARLEY_PROVIDER_GROUPS", '["Employees"]'),
            ("PARLEY_PROVIDER_GROUPS", '{"staff": "Employees"}'),
            ("PARLEY_PROVIDER_GROUPS", '{"staff": []}'),
            ("PARLEY_PROVIDER_GROUPS", '{"staff": [1]}'),
            ("PARLEY_PROVIDER_RECHECK_SECONDS", "61"),
            ("PARLEY_PROVIDER_RECHECK_SECONDS", "0"),
            ("PARLEY_LOCAL_SIGN_IN", "perhaps"),
        ],
    )
    def test_nonsense_is_refused(self, read, name, value):
        with pytest.raises(ImproperlyConfigured, match=f"{name} is “.*”. Write"):
            read(**{name: value})

    def test_somebody_must_be_able_to_sign_in(self, read):
        assert read(PARLEY_LOCAL_SIGN_IN="false")["LOCAL_SIGN_IN"] is False
        with pytest.raises(ImproperlyConfigured, match="PARLEY_LOCAL_SIGN_IN"):
            read(PARLEY_LOCAL_SIGN_IN="false", **dict.fromkeys(self.ALL, ""))

    def test_groups_are_read(self, read):
        found = read(PARLEY_PROVIDER_GROUPS='{"*": ["Employees"], "a, b=c": ["Editors", "Answerers"]}')
        assert found["PROVIDER_GROUPS"] == {"*": ["Employees"], "a, b=c": ["Editors", "Answerers"]}


class TestSaml:
    """A provider that speaks SAML: all that it needs, and no other beside it."""

    @pytest.fixture
    def read(self, monkeypatch, tmp_path):
        certificates = tmp_path / "provider.pem"
        certificates.write_bytes(
            b"".join(each.public_bytes(Encoding.PEM) for each in (CERTIFICATE, EC_CERTIFICATE))
        )
        given = {
            "PARLEY_SAML_ENTITY": "https://id.example.org/saml",
            "PARLEY_SAML_ADDRESS": "https://id.example.org/saml/sign-in",
            "PARLEY_SAML_CERTIFICATES": str(certificates),
            "PARLEY_PROVIDER_LABEL": "Nordet ID",
        }

        def read(**changes: str) -> dict[str, object]:
            for name, value in {**given, **changes}.items():
                monkeypatch.setenv(name, value)
            return runpy.run_path(str(ROOT / "portal" / "settings" / "provider.py"))

        return read

    def test_it_is_read(self, read):
        found = read()
        assert found["PROVIDER_ISSUER"] == "saml:https://id.example.org/saml"
        assert found["SAML_CERTIFICATES"] == [CERTIFICATE, EC_CERTIFICATE]
        assert found["SAML_MINUTES"] == 30

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("PARLEY_SAML_ADDRESS", ""),
            ("PARLEY_SAML_ADDRESS", "http://id.example.org"),
            ("PARLEY_SAML_CERTIFICATES", ""),
            ("PARLEY_SAML_CERTIFICATES", "/nowhere/provider.pem"),
            ("PARLEY_SAML_CERTIFICATES", __file__),
            ("PARLEY_SAML_MINUTES", "61"),
            ("PARLEY_SAML_MINUTES", "0"),
            ("PARLEY_PROVIDER_LABEL", ""),
        ],
    )
    def test_nonsense_is_refused(self, read, name, value):
        with pytest.raises(ImproperlyConfigured, match=f"{name} is “.*”. Write"):
            read(**{name: value})

    def test_a_short_key_is_refused(self, read, tmp_path):
        short = tmp_path / "short.pem"
        short.write_bytes(certify(SHORT_KEY).public_bytes(Encoding.PEM))
        with pytest.raises(ImproperlyConfigured, match="of RSA keys of 2048 bits"):
            read(PARLEY_SAML_CERTIFICATES=str(short))

    def test_there_is_one_provider(self, read):
        with pytest.raises(ImproperlyConfigured, match="with one provider"):
            read(PARLEY_PROVIDER_ISSUER="https://id.example.org")

    def test_without_the_extra_it_is_refused_with_what_to_do(self, read, monkeypatch):
        monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
        with pytest.raises(ImproperlyConfigured, match=r"requirements/saml\.txt"):
            read()

    def test_without_the_extra_everything_else_works(self):
        hidden = "import sys; sys.modules |= dict.fromkeys(('lxml', 'lxml.etree', 'signxml')); "
        code = f"{hidden}import django; django.setup(); import portal.urls"
        run = subprocess.run(  # noqa: S603 - our own code
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert run.returncode == 0, run.stderr


class TestProduction:
    """Run in a process of its own: settings are read once."""

    @staticmethod
    def run(code: str, tmp_path: Path, **changes: str) -> subprocess.CompletedProcess[str]:
        clean = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "REDIS_URL"}}
        environment = {
            **clean,
            **SAMPLE,
            "PARLEY_DATA": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "portal.settings.production",
            **changes,
        }
        return subprocess.run(  # noqa: S603 - our own interpreter, our own words
            [sys.executable, "-c", code],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )

    @pytest.mark.parametrize("name", SAMPLE)
    def test_it_does_not_start_without_what_only_you_know(self, tmp_path, name):
        result = self.run("import portal.settings.production", tmp_path, **{name: ""})
        assert result.returncode != 0
        assert f"ImproperlyConfigured: {name} is" in result.stderr

    def test_cookies_belong_to_this_host_alone(self, tmp_path):
        code = (
            "from portal.settings import production as p\n"
            "for kind in ('SESSION', 'CSRF', 'LANGUAGE'):\n"
            "    assert getattr(p, kind + '_COOKIE_NAME').startswith('__Host-')\n"
            "    assert getattr(p, kind + '_COOKIE_SECURE') and getattr(p, kind + '_COOKIE_HTTPONLY')\n"
            "    assert getattr(p, kind + '_COOKIE_PATH') == '/'\n"
            "    assert not getattr(p, kind + '_COOKIE_DOMAIN', None)\n"
        )
        assert self.run(code, tmp_path).stderr == ""

    @pytest.mark.parametrize(("proxies", "believed"), [("0", "False"), ("1", "True")])
    def test_only_a_proxy_of_ours_says_that_a_request_was_encrypted(self, tmp_path, proxies, believed):
        code = "from portal.settings import production as p; print(hasattr(p, 'SECURE_PROXY_SSL_HEADER'))"
        assert self.run(code, tmp_path, PARLEY_TRUSTED_PROXIES=proxies).stdout.strip() == believed

    def test_h3_former_keys_are_read_and_a_weak_one_is_refused(self, tmp_path):
        code = "from portal.settings import production as p; print(p.SECRET_KEY_FALLBACKS)"
        keys = [SAMPLE["SECRET_KEY"] + end for end in ("1", "2")]
        assert self.run(code, tmp_path).stdout.strip() == "[]"
        assert self.run(code, tmp_path, SECRET_KEY_FALLBACKS=" ".join(keys)).stdout.strip() == str(keys)
        refused = self.run(code, tmp_path, SECRET_KEY_FALLBACKS=f"{keys[0]} passe-partout")
        assert "ImproperlyConfigured: SECRET_KEY_FALLBACKS holds what was no key here" in refused.stderr
        assert "passe-partout" not in refused.stderr

    @pytest.mark.parametrize(
        ("switches", "told"),
        [
            ({}, "max-age=31536000"),
            ({"PARLEY_HSTS_SUBDOMAINS": "true"}, "max-age=31536000; includeSubDomains"),
            (
                {"PARLEY_HSTS_SUBDOMAINS": "true", "PARLEY_HSTS_PRELOAD": "true"},
                "max-age=31536000; includeSubDomains; preload",
            ),
        ],
    )
    def test_h3_only_this_host_is_promised_to_be_encrypted_unless_somebody_says_more(
        self, tmp_path, switches, told
    ):
        code = (
            "from django.http import HttpResponse\n"
            "from django.middleware.security import SecurityMiddleware\n"
            "from django.test import RequestFactory\n"
            "request = RequestFactory().get('/', secure=True)\n"
            "answer = SecurityMiddleware(lambda request: HttpResponse())(request)\n"
            "print(answer['Strict-Transport-Security'])\n"
        )
        assert self.run(code, tmp_path, **switches).stdout.strip() == told

    def test_h3_a_list_of_domains_takes_whole_ones(self, tmp_path):
        refused = self.run("import portal.settings.production", tmp_path, PARLEY_HSTS_PRELOAD="true")
        assert "PARLEY_HSTS_SUBDOMAINS as well" in refused.stderr

    def test_the_demonstration_is_not_installed(self, tmp_path):
        code = "from portal.settings import production as p; print('demo' in p.INSTALLED_APPS, p.DEBUG)"
        assert self.run(code, tmp_path).stdout.strip() == "False False"


class TestLogs:
    """What production writes down holds nothing of what visitors wrote."""

    @pytest.fixture
    def written(self):
        stream = io.StringIO()
        handler = logging.StreamHandler(stream)
        configured = logs.LOGGING["formatters"]["json"]
        options = {key: value for key, value in configured.items() if key != "()"}
        handler.setFormatter(configured["()"](**options))
        logger = logging.getLogger("test.logs")
        logger.addHandler(handler)
        logger.propagate = False
        yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
        logger.removeHandler(handler)

    def test_a_refused_request_is_told_without_its_path(self, written):
        request = RequestFactory().get("/fr/conversation/status/a-secret-token/")
        logging.getLogger("test.logs").warning(
            "Not Found: %s", request.path, extra={"request": request, "status_code": 404}
        )
        [line] = written()
        assert (line["event"], line["status"], line["method"]) == ("request refused", 404, "GET")
        assert "a-secret-token" not in json.dumps(line)

    def test_an_error_is_told_by_its_kind_and_place(self, written):
        try:
            raise ValueError("Key (email)=(odile@example.com) already exists.")
        except ValueError:
            logging.getLogger("test.logs").exception("It failed")
        [line] = written()
        assert line["error"] == "ValueError"
        assert line["where"][0].split(":")[0] == __file__
        assert "odile" not in json.dumps(line)

    def test_addresses_are_left_out(self, written):
        logging.getLogger("test.logs").warning("Sent to odile@example.com\nand so on")
        [line] = written()
        assert line["event"] == "Sent to [address]\nand so on"

    @given(
        message=st.text(alphabet=st.characters(codec="utf-8"), max_size=200),
        end=st.sampled_from(
            ["", '\r\n{"event": "forged"}', "\x1b[2J\x1b]0;title\x07", "\u2028", "\x85", "\x00", "%s"]
        ),
    )
    def test_t28_every_line_is_one_object_whatever_is_in_it(self, message, end):
        """Nothing that somebody sends begins a line of its own or moves the cursor of who reads the log."""
        stream = io.StringIO(newline="")
        handler = logging.StreamHandler(stream)
        configured = logs.LOGGING["formatters"]["json"]
        handler.setFormatter(configured["()"](**{k: v for k, v in configured.items() if k != "()"}))
        record = logging.LogRecord("test", logging.WARNING, __file__, 1, "%s", (message + end,), None)
        handler.emit(record)
        written = stream.getvalue()
        assert written.count("\n") == 1
        assert written.endswith("\n")
        assert not any(unicodedata.category(sign) == "Cc" for sign in written[:-1])
        assert isinstance(json.loads(written)["event"], str)
