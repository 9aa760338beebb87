# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pathlib
import sys
import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.settings import (
    Settings,
    resolve,
    secrets,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError

# openstacksdk speaks of a library of its own, whatever one reads with it
pytestmark = pytest.mark.filterwarnings("ignore:Support for InfluxDB")

Values = dict[str, t.Any]

KEYS = {"access_key": "option-ak", "secret_key": "option-sk"}
LOGIN = {
    "auth_url": "https://iam.option/v3",
    "username": "option-user",
    "password": "option-password",
    "user_domain_name": "option-domain",
    "project_name": "option-project",
}
ENV_KEYS = {"HUAWEICLOUD_SDK_AK": "env-ak", "HUAWEICLOUD_SDK_SK": "env-sk"}
ENV_LOGIN = {
    "OS_AUTH_URL": "https://iam.env/v3",
    "OS_USERNAME": "env-user",
    "OS_PASSWORD": "env-password",
    "OS_USER_DOMAIN_NAME": "env-domain",
    "OS_PROJECT_NAME": "env-project",
}
REGION = {"region_name": "eu-de"}
ENV_REGION = {"OS_REGION_NAME": "env-region"}

CLOUDS = """
clouds:
  login:
    auth:
      auth_url: https://iam.cloud/v3
      username: cloud-user
      password: cloud-password
      user_domain_name: cloud-domain
      project_name: cloud-project
    region_name: cloud-region
    interface: internal
  keys:
    auth: {access_key: cloud-ak, secret_key: cloud-sk, project_id: cloud-project-id}
    region_name: cloud-region
    mrs_endpoint_override: https://mrs.cloud
    verify: false
  short_keys:
    auth: {ak: cloud-ak, sk: cloud-sk, security_token: cloud-st, auth_url: https://iam.cloud/v3}
    region_name: cloud-region
    cacert: /cloud/ca.pem
  top_keys: {access_key: cloud-ak, secret_key: cloud-sk, region_name: cloud-region}
  place: {region_name: cloud-region, mrs_endpoint: https://mrs.cloud}
  token:
    auth: {auth_url: https://iam.cloud/v3, token: cloud-token, project_id: cloud-project-id}
  regions:
    auth: {access_key: cloud-ak, secret_key: cloud-sk}
    regions:
      - name: eu-de
        values: {mrs_endpoint: https://mrs.cloud.eu-de}
      - name: eu-nl
        values: {mrs_endpoint: https://mrs.cloud.eu-nl}
  federated:
    auth_type: v3oidcaccesstoken
    auth:
      auth_url: https://iam.cloud/v3
      access_token: cloud-token
      identity_provider: idp
      protocol: oidc
  otc:
    profile: otc
    auth: {username: cloud-user, password: cloud-password, user_domain_name: cloud-domain}
    region_name: eu-de
"""


@pytest.fixture
def clouds(tmp_path: pathlib.Path) -> dict[str, str]:
    """An environment that names a clouds.yaml."""
    path = tmp_path / "clouds.yaml"
    path.write_text(CLOUDS, encoding="utf-8")
    return {"OS_CLIENT_CONFIG_FILE": str(path)}


def text_of(params: Values, environ: dict[str, str]) -> str:
    with pytest.raises(OptionError) as raised:
        resolve(params, environ)
    return str(raised.value)


class TestTheWay:
    @pytest.mark.parametrize(
        ("params", "environ", "way", "who"),
        [
            (KEYS | REGION, {}, "signature", "option-ak"),
            ({"auth": LOGIN}, {}, "keystone", "option-user"),
            (REGION, ENV_KEYS, "signature", "env-ak"),
            (REGION, {"OS_ACCESS_KEY": "otc-ak", "OS_SECRET_KEY": "otc-sk"}, "signature", "otc-ak"),
            ({}, ENV_LOGIN, "keystone", "env-user"),
            (KEYS | REGION, ENV_LOGIN, "signature", "option-ak"),
            (KEYS | REGION, ENV_KEYS, "signature", "option-ak"),
            ({"auth": LOGIN}, ENV_KEYS, "keystone", "option-user"),
            ({"auth": LOGIN}, ENV_LOGIN, "keystone", "option-user"),
            (REGION, ENV_KEYS | ENV_LOGIN, "signature", "env-ak"),
            ({"auth_type": "password"}, ENV_KEYS | ENV_LOGIN, "keystone", "env-user"),
            ({"cloud": "login"}, ENV_KEYS, "keystone", "cloud-user"),
            ({"cloud": "keys"}, ENV_LOGIN, "signature", "cloud-ak"),
            ({"cloud": "short_keys"}, {}, "signature", "cloud-ak"),
            ({"cloud": "top_keys"}, {}, "signature", "cloud-ak"),
            ({"cloud": "login"} | KEYS, {}, "signature", "option-ak"),
            ({"cloud": "keys", "auth": LOGIN}, {}, "keystone", "option-user"),
            ({"cloud": "place"}, ENV_KEYS | ENV_LOGIN, "signature", "env-ak"),
            ({"cloud": "place"}, ENV_LOGIN, "keystone", "env-user"),
            ({}, ENV_KEYS | ENV_LOGIN | {"OS_CLOUD": "login"}, "keystone", "cloud-user"),
            ({"cloud": "keys"}, {"OS_CLOUD": "login"}, "signature", "cloud-ak"),
        ],
    )
    def test_it_is_that_of_the_highest_layer_with_credentials(
        self, params: Values, environ: dict[str, str], way: str, who: str, clouds: dict[str, str]
    ) -> None:
        settings = resolve(params, environ | clouds)
        assert (settings.way, settings.access_key or settings.auth["username"]) == (way, who)

    def test_a_token_with_an_address_of_iam_is_exchanged(self) -> None:
        settings = resolve(
            {"auth": {"auth_url": "https://iam/v3", "token": "tok"}, "project_id": "p"}, {}
        )
        assert (settings.way, settings.auth_type, settings.auth) == (
            "keystone",
            "token",
            {"token": "tok"},
        )

    @pytest.mark.parametrize(
        "place", [{"endpoint": "https://mrs.example.com"}, {"region_name": "eu-de"}]
    )
    def test_a_token_without_an_address_of_iam_is_sent_as_it_is(self, place: Values) -> None:
        settings = resolve({"auth": {"token": "tok", "project_id": "p"}} | place, {})
        assert (settings.way, settings.auth_type, settings.auth) == (
            "token",
            "token",
            {"token": "tok"},
        )
        assert settings.project_id == "p"

    def test_a_token_of_the_environment_is_found(self) -> None:
        environ = {
            "OS_TOKEN": "tok",
            "OS_PROJECT_ID": "p",
            "HUAWEICLOUD_MRS_ENDPOINT": "https://mrs.example.com",
        }
        settings = resolve({}, environ)
        assert (settings.way, settings.auth["token"]) == ("token", "tok")

    def test_a_token_of_clouds_yaml_is_found(self, clouds: dict[str, str]) -> None:
        settings = resolve({"cloud": "token"}, clouds)
        assert (settings.way, settings.auth_type, settings.auth) == (
            "keystone",
            "token",
            {"token": "cloud-token"},
        )

    def test_another_plugin_of_keystoneauth_gets_what_it_knows(
        self, clouds: dict[str, str]
    ) -> None:
        settings = resolve({"cloud": "federated", "region_name": "eu-de"}, clouds)
        assert (settings.way, settings.auth_type) == ("keystone", "v3oidcaccesstoken")
        assert settings.auth == {
            "access_token": "cloud-token",
            "identity_provider": "idp",
            "protocol": "oidc",
        }


class TestPrecedence:
    @pytest.mark.parametrize(
        ("params", "environ", "field", "expected"),
        [
            ({"region_name": "opt"}, ENV_REGION, "region_name", "opt"),
            ({"cloud": "keys"}, ENV_REGION, "region_name", "cloud-region"),
            (
                {"cloud": "place", "region_name": "cloud-region"},
                ENV_REGION,
                "region_name",
                "cloud-region",
            ),
            ({}, ENV_REGION, "region_name", "env-region"),
            (
                {"endpoint": "https://opt"},
                {"HUAWEICLOUD_MRS_ENDPOINT": "https://env"},
                "endpoint",
                "https://opt",
            ),
            (
                {"cloud": "keys"},
                {"HUAWEICLOUD_MRS_ENDPOINT": "https://env"},
                "endpoint",
                "https://mrs.cloud",
            ),
            ({"cloud": "place"}, {}, "endpoint", "https://mrs.cloud"),
            (
                {},
                {
                    "HUAWEICLOUD_MRS_ENDPOINT": "https://env",
                    "OS_MAP_REDUCE_ENDPOINT_OVERRIDE": "https://old",
                },
                "endpoint",
                "https://env",
            ),
            ({}, {"OS_MAP_REDUCE_ENDPOINT_OVERRIDE": "https://old"}, "endpoint", "https://old"),
            ({"project_id": "opt"}, {"OS_PROJECT_ID": "env"}, "project_id", "opt"),
            ({"cloud": "keys"}, {"OS_PROJECT_ID": "env"}, "project_id", "cloud-project-id"),
            ({}, {"HUAWEICLOUD_SDK_PROJECT_ID": "hw", "OS_PROJECT_ID": "otc"}, "project_id", "hw"),
            ({}, {"OS_PROJECT_ID": "otc"}, "project_id", "otc"),
            ({}, {"OS_PROJECT_NAME": "otc"}, "project_name", "otc"),
            ({"cloud": "short_keys"}, ENV_LOGIN, "auth_url", "https://iam.cloud/v3"),
            ({}, ENV_LOGIN, "auth_url", "https://iam.env/v3"),
            (
                {"validate_certs": False, "ca_cert": "/opt/ca.pem"},
                {"OS_CACERT": "/env/ca.pem"},
                "verify",
                False,
            ),
            ({"validate_certs": True, "ca_cert": "/opt/ca.pem"}, {}, "verify", "/opt/ca.pem"),
            ({"validate_certs": True}, {"OS_CACERT": "/env/ca.pem"}, "verify", "/env/ca.pem"),
            ({"ca_cert": "/opt/ca.pem"}, {"OS_CACERT": "/env/ca.pem"}, "verify", "/opt/ca.pem"),
            ({}, {"OS_CACERT": "/env/ca.pem"}, "verify", "/env/ca.pem"),
            ({}, {}, "verify", True),
            ({"validate_certs": None}, {}, "verify", True),
            ({"cloud": "keys"}, {"OS_CACERT": "/env/ca.pem"}, "verify", False),
            ({"cloud": "keys", "validate_certs": True}, {}, "verify", True),
            ({"cloud": "keys", "ca_cert": "/opt/ca.pem"}, {}, "verify", "/opt/ca.pem"),
            ({"cloud": "short_keys"}, {"OS_CACERT": "/env/ca.pem"}, "verify", "/cloud/ca.pem"),
            ({"cloud": "short_keys", "validate_certs": False}, {}, "verify", False),
            ({"cloud": "login"}, {}, "interface", "internal"),
            ({}, {}, "interface", "public"),
        ],
    )
    def test_options_win_over_the_cloud_which_wins_over_the_environment(
        self,
        params: Values,
        environ: dict[str, str],
        field: str,
        expected: t.Any,
        clouds: dict[str, str],
    ) -> None:
        settings = resolve(params, {"OS_REGION_NAME": "any"} | ENV_KEYS | environ | clouds)
        assert getattr(settings, field) == expected

    def test_a_password_of_the_environment_completes_a_login(self) -> None:
        auth = {key: value for key, value in LOGIN.items() if key != "password"}
        settings = resolve({"auth": auth}, {"OS_PASSWORD": "env-password"})
        assert settings.auth == {
            "username": "option-user",
            "password": "env-password",
            "user_domain_name": "option-domain",
            "project_domain_name": "option-domain",
        }

    def test_a_secret_key_of_the_environment_completes_an_access_key(self) -> None:
        settings = resolve({"access_key": "option-ak"} | REGION, {"OS_SECRET_KEY": "otc-sk"})
        assert (settings.access_key, settings.secret_key) == ("option-ak", "otc-sk")

    def test_the_project_of_an_option_keeps_out_that_of_the_environment(self) -> None:
        settings = resolve({"auth": LOGIN}, {"OS_PROJECT_ID": "env-project-id"})
        assert (settings.project_id, settings.project_name) == (None, "option-project")

    def test_the_user_of_an_option_keeps_out_that_of_the_environment(self) -> None:
        settings = resolve({"auth": LOGIN}, {"OS_USER_ID": "env-user-id"})
        assert settings.auth["username"] == "option-user"
        assert "user_id" not in settings.auth

    def test_a_password_of_an_option_keeps_out_a_token_of_the_environment(self) -> None:
        settings = resolve({"auth": LOGIN}, {"OS_TOKEN": "env-token", "OS_AUTH_TYPE": "token"})
        assert (settings.auth_type, settings.auth["password"]) == ("password", "option-password")

    def test_a_token_of_an_option_keeps_out_a_password_of_the_environment(self) -> None:
        settings = resolve({"auth": {"token": "option-token"}, "project_id": "p"}, ENV_LOGIN)
        assert (settings.auth_type, settings.auth["token"]) == ("token", "option-token")
        assert "password" not in settings.auth

    def test_the_domain_of_a_cloud_keeps_out_every_domain_of_the_environment(
        self, clouds: dict[str, str]
    ) -> None:
        settings = resolve(
            {"cloud": "login"},
            clouds | {"OS_PROJECT_DOMAIN_NAME": "env", "OS_USER_DOMAIN_ID": "env"},
        )
        assert settings.auth == {
            "username": "cloud-user",
            "password": "cloud-password",
            "user_domain_name": "cloud-domain",
            "project_domain_name": "cloud-domain",
        }

    @pytest.mark.parametrize(
        ("environ", "expected"),
        [
            ({"OS_DOMAIN_NAME": "d"}, {"user_domain_name": "d", "project_domain_name": "d"}),
            ({"OS_USER_DOMAIN_ID": "d"}, {"user_domain_id": "d", "project_domain_id": "d"}),
            (
                {"OS_PROJECT_DOMAIN_NAME": "d"},
                {"user_domain_name": "d", "project_domain_name": "d"},
            ),
            (
                {"OS_USER_DOMAIN_NAME": "u", "OS_PROJECT_DOMAIN_ID": "p"},
                {"user_domain_name": "u", "project_domain_id": "p"},
            ),
        ],
    )
    def test_one_domain_is_that_of_the_user_and_of_the_project(
        self, environ: dict[str, str], expected: dict[str, str]
    ) -> None:
        auth = {
            "auth_url": "https://iam/v3",
            "username": "u",
            "password": "p",
            "project_name": "eu-de",
        }
        settings = resolve({"auth": auth}, environ)
        assert settings.auth == {"username": "u", "password": "p"} | expected

    def test_the_security_token_of_other_keys_is_not_used(self) -> None:
        environ = {"OS_ACCESS_KEY": "a", "OS_SECRET_KEY": "s", "OS_SECURITY_TOKEN": "env-st"}
        assert resolve(KEYS | REGION, environ).security_token is None
        assert resolve(REGION, ENV_KEYS | environ).security_token is None
        assert resolve(REGION, environ).security_token == "env-st"
        assert (
            resolve(KEYS | {"security_token": "opt-st"} | REGION, environ).security_token
            == "opt-st"
        )

    def test_the_security_token_of_huawei_variables_is_found(self) -> None:
        environ = ENV_KEYS | {"HUAWEICLOUD_SDK_SECURITY_TOKEN": "hw-st"}
        assert resolve(REGION, environ).security_token == "hw-st"

    def test_an_empty_variable_is_as_good_as_none(self) -> None:
        environ = {"OS_CLOUD": "", "OS_TOKEN": "", "OS_REGION_NAME": "", "OS_CACERT": ""} | ENV_KEYS
        settings = resolve(REGION | {"auth": {"username": None}}, environ)
        assert (settings.way, settings.region_name, settings.verify) == ("signature", "eu-de", True)

    def test_a_password_that_is_a_number_is_a_text(self) -> None:
        assert resolve({"auth": LOGIN | {"password": 12345}}, {}).auth["password"] == "12345"


class TestClouds:
    def test_an_entry_may_have_other_values_for_each_region(self, clouds: dict[str, str]) -> None:
        settings = resolve({"cloud": "regions", "region_name": "eu-nl"}, clouds)
        assert (settings.region_name, settings.endpoint) == ("eu-nl", "https://mrs.cloud.eu-nl")

    def test_the_profile_of_a_known_cloud_gives_the_address_of_iam(
        self, clouds: dict[str, str]
    ) -> None:
        settings = resolve({"cloud": "otc"}, clouds)
        assert settings.auth_url == "https://iam.eu-de.otc.t-systems.com/v3"

    def test_only_the_environment_that_was_given_names_the_file(
        self, clouds: dict[str, str], tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        other = tmp_path / "other.yaml"
        other.write_text(CLOUDS.replace("cloud-password", "another"), encoding="utf-8")
        monkeypatch.setenv("OS_CLIENT_CONFIG_FILE", str(other))
        assert resolve({"cloud": "login"}, clouds).auth["password"] == "cloud-password"

    @pytest.mark.parametrize("folder", [".", ".config/openstack"])
    def test_the_file_is_looked_for_in_the_current_directory_and_in_the_home(
        self, folder: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        home, current = tmp_path / "home", tmp_path / "current"
        place = (current if folder == "." else home) / folder
        for each in (home, current, place):
            each.mkdir(parents=True, exist_ok=True)
        (place / "clouds.yaml").write_text(CLOUDS, encoding="utf-8")
        monkeypatch.setenv("HOME", str(home))
        monkeypatch.chdir(current)
        # openstacksdk decides on the folders when it is imported.
        monkeypatch.delitem(sys.modules, "openstack.config.loader", raising=False)
        assert resolve({"cloud": "login"}, {}).auth["password"] == "cloud-password"

    def test_an_unknown_entry_is_named(self, clouds: dict[str, str]) -> None:
        file = clouds["OS_CLIENT_CONFIG_FILE"]
        assert (
            text_of({"cloud": "nix"}, clouds)
            == f"cloud: cannot read 'nix' from {file}: Cloud nix was not found."
        )

    def test_a_region_that_the_entry_does_not_have_is_named(self, clouds: dict[str, str]) -> None:
        assert "Region eu-west is not a valid region name for cloud regions" in text_of(
            {"cloud": "regions", "region_name": "eu-west"}, clouds
        )

    def test_a_secret_in_a_broken_file_is_neither_shown_nor_logged(
        self, tmp_path: pathlib.Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        path = tmp_path / "clouds.yaml"
        path.write_text("clouds:\n  a:\n    auth: {password: *CANARY-secret}\n", encoding="utf-8")
        text = text_of({"cloud": "a"}, {"OS_CLIENT_CONFIG_FILE": str(path)})
        assert text.startswith("cloud: cannot read 'a' from clouds.yaml")
        assert "CANARY" not in text + caplog.text

    @pytest.mark.parametrize(
        "clouds",
        [
            "",
            " [a]",
            " {a: }",
            " {a: CANARY}",
            " {a: {auth: }}",
            " {a: {auth: [CANARY, x]}}",
            " {a: {auth: CANARY}}",
        ],
    )
    def test_a_file_of_another_form_is_told_so(self, tmp_path: pathlib.Path, clouds: str) -> None:
        path = tmp_path / "clouds.yaml"
        path.write_text(f"clouds:{clouds}\n", encoding="utf-8")
        text = text_of({"cloud": "a"}, {"OS_CLIENT_CONFIG_FILE": str(path)})
        assert text.endswith(
            ": its form is wrong; clouds, each entry of it, and auth in an entry are dictionaries"
        )

    @pytest.mark.parametrize(
        ("written", "verify"),
        [('"False"', False), ('"true"', True), ("no", False), ("[1]", True), ("/ca", "/ca")],
    )
    def test_a_word_in_quotes_is_no_file_of_authorities(
        self, tmp_path: pathlib.Path, written: str, verify: bool | str
    ) -> None:
        path = tmp_path / "clouds.yaml"
        auth = "auth: {auth_url: https://iam/v3, token: x}, region_name: eu-de"
        path.write_text(f"clouds: {{a: {{{auth}, verify: {written}}}}}\n", encoding="utf-8")
        found = resolve({"cloud": "a"}, {"OS_CLIENT_CONFIG_FILE": str(path)})
        assert found.verify == verify


class TestSecrets:
    def test_those_of_keys_are_all_three(self) -> None:
        settings = resolve(KEYS | {"security_token": "option-st"} | REGION, {})
        assert secrets(settings) == {"option-ak", "option-sk", "option-st"}

    def test_that_of_a_login_is_the_password(self) -> None:
        assert secrets(resolve({"auth": LOGIN}, {})) == {
            "option-password",
            f"{LOGIN['username']}:option-password",
        }

    def test_that_of_a_federated_login_is_its_token(self, clouds: dict[str, str]) -> None:
        assert secrets(resolve({"cloud": "federated"} | REGION, clouds)) == {"cloud-token"}

    @pytest.mark.parametrize(
        "params",
        [
            {"access_key": "CANARY1", "secret_key": "CANARY2", "security_token": "CANARY3"}
            | REGION,
            {"auth": LOGIN | {"password": "CANARY4"}},
            {"auth": {"token": "CANARY5", "project_id": "p"}} | REGION,
        ],
    )
    def test_none_is_in_the_representation(self, params: Values) -> None:
        settings: Settings = resolve(params, {})
        assert all("CANARY" in secret for secret in secrets(settings))
        assert "CANARY" not in f"{settings} {settings!r}"
