# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.settings import resolve
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    AuthError,
    OptionError,
)

Values = dict[str, t.Any]

KEYS = {"access_key": "option-ak", "secret_key": "option-sk"}
LOGIN = {
    "auth_url": "https://iam.option/v3",
    "username": "option-user",
    "password": "option-password",
    "user_domain_name": "option-domain",
    "project_name": "option-project",
}
REGION = {"region_name": "eu-de"}


class TestWhatCannotWork:
    def test_no_credentials_at_all(self) -> None:
        with pytest.raises(AuthError) as raised:
            resolve({"region_name": "eu-de"}, {"PATH": "/bin"})
        assert str(raised.value) == (
            "No credentials: none of the options cloud, auth, access_key is set, and none of the "
            "environment "
            "variables OS_CLOUD, HUAWEICLOUD_SDK_AK, OS_ACCESS_KEY, OS_USERNAME, OS_TOKEN. "
            "See the documentation of the option auth."
        )

    @pytest.mark.parametrize(
        ("params", "environ", "text"),
        [
            (
                {"access_key": "a"},
                {},
                "secret_key: is needed with access_key. Set it, or the environment variable "
                "HUAWEICLOUD_SDK_SK or "
                "OS_SECRET_KEY.",
            ),
            (
                {},
                {"OS_SECRET_KEY": "s"},
                "access_key: is needed with secret_key. Set it, or the environment variable "
                "HUAWEICLOUD_SDK_AK or "
                "OS_ACCESS_KEY.",
            ),
            (
                KEYS | {"auth": LOGIN},
                {},
                "auth: cannot be used together with access_key, secret_key: choose one way to log "
                "in.",
            ),
            (
                KEYS | REGION | {"api_timeout": 0.0},
                {},
                "api_timeout: must be greater than 0, not 0",
            ),
            (
                KEYS | REGION | {"api_timeout": float("inf")},
                {},
                "api_timeout: must be greater than 0, not inf",
            ),
            (
                KEYS | REGION | {"poll_interval": -1.5},
                {},
                "poll_interval: must be greater than 0, not -1.5",
            ),
            (
                KEYS | REGION | {"poll_interval": float("nan")},
                {},
                "poll_interval: must be greater than 0, not nan",
            ),
            (
                KEYS | REGION | {"outcome_timeout": -1.0},
                {},
                "outcome_timeout: must be 0 or more, not -1",
            ),
            (
                KEYS | REGION | {"outcome_timeout": float("inf")},
                {},
                "outcome_timeout: must be 0 or more, not inf",
            ),
            (
                KEYS | REGION | {"outcome_timeout": float("nan")},
                {},
                "outcome_timeout: must be 0 or more, not nan",
            ),
            (KEYS | REGION | {"wait_timeout": -1}, {}, "wait_timeout: must be 0 or more, not -1"),
            (KEYS | REGION | {"api_retries": -1}, {}, "api_retries: must be 0 or more, not -1"),
            (
                KEYS | {"endpoint": "ftp://mrs"} | REGION,
                {},
                "endpoint: 'ftp://mrs' is not an address such as https://mrs.example.com.",
            ),
            (
                KEYS | {"endpoint": "https://[::1"} | REGION,
                {},
                "endpoint: 'https://[::1' is not an address such as https://mrs.example.com.",
            ),
            (
                KEYS | {"endpoint": "mrs.example.com"} | REGION,
                {},
                "endpoint: 'mrs.example.com' is not an address such as https://mrs.example.com.",
            ),
            *(
                (
                    KEYS | {"endpoint": f"https://mrs.example.com{end}"} | REGION,
                    {},
                    "endpoint: must have no ?, # or .. in it: paths are added at its end.",
                )
                for end in ("?token=CANARY", "/#v2", "/v1.1/..", "/v1.1/%2E%2e/x", "/./v2")
            ),
            (
                {"auth": LOGIN | {"auth_url": "https://iam.example.com/v3/../"}},
                {},
                "auth.auth_url: must have no ?, # or .. in it: paths are added at its end.",
            ),
            (
                {"auth": LOGIN | {"auth_url": "https://me:CANARY@iam/v3"}},
                {},
                "auth.auth_url: must not contain a user name or a password.",
            ),
            (
                KEYS | {"region_name": "x.org/#"},
                {},
                "region_name: 'x.org/#' has characters that cannot be in it.",
            ),
            (
                KEYS | REGION | {"project_id": "../p"},
                {},
                "project_id: '../p' has characters that cannot be in it.",
            ),
            (
                KEYS | REGION | {"security_token": "CANARY\n"},
                {},
                "security_token: has blanks or other characters that cannot be sent in a header.",
            ),
            (
                {"auth": {"token": "CANARY\r\nX: y", "project_id": "p"}} | REGION,
                {},
                "auth.token: has blanks or other characters that cannot be sent in a header.",
            ),
        ],
    )
    def test_an_option_that_cannot_work_is_named(
        self, params: Values, environ: dict[str, str], text: str
    ) -> None:
        with pytest.raises(OptionError) as raised:
            resolve(params, environ)
        assert str(raised.value) == text

    @pytest.mark.parametrize(
        ("params", "text"),
        [
            (
                KEYS,
                "With access_key and secret_key, either region_name (OS_REGION_NAME) or endpoint "
                "(HUAWEICLOUD_MRS_ENDPOINT) is needed to find the service.",
            ),
            (
                KEYS | {"endpoint": "https://mrs"},
                "With access_key and secret_key, either project_id (HUAWEICLOUD_SDK_PROJECT_ID, "
                "OS_PROJECT_ID) or "
                "region_name (OS_REGION_NAME) is needed to find the project.",
            ),
            (
                {"auth": {"token": "t", "project_id": "p"}},
                "A token without auth.auth_url (OS_AUTH_URL) needs project_id (OS_PROJECT_ID), "
                "and endpoint "
                "(HUAWEICLOUD_MRS_ENDPOINT) or region_name (OS_REGION_NAME).",
            ),
            (
                {"auth": {"token": "t"}} | REGION,
                "A token without auth.auth_url (OS_AUTH_URL) needs project_id (OS_PROJECT_ID), "
                "and endpoint "
                "(HUAWEICLOUD_MRS_ENDPOINT) or region_name (OS_REGION_NAME).",
            ),
            (
                {"auth_type": "token", "auth": {"auth_url": "https://iam"}},
                "auth_type token needs auth.token (OS_TOKEN).",
            ),
            (
                {"auth": LOGIN | {"auth_url": None}},
                "A login needs auth.auth_url (OS_AUTH_URL), the address of IAM.",
            ),
            (
                {"auth": LOGIN | {"password": None}},
                "A login as a user needs auth.password (OS_PASSWORD).",
            ),
            (
                {"auth": LOGIN | {"username": ""}},
                "A login with a password needs auth.username (OS_USERNAME) or auth.user_id "
                "(OS_USER_ID).",
            ),
            (
                {"auth": LOGIN | {"user_domain_name": None}},
                "auth.username needs auth.user_domain_name (OS_USER_DOMAIN_NAME) or "
                "auth.user_domain_id "
                "(OS_USER_DOMAIN_ID): the account that the user belongs to.",
            ),
            (
                {"auth": LOGIN | {"project_name": None}},
                "A login needs a project: project_id (OS_PROJECT_ID), auth.project_name "
                "(OS_PROJECT_NAME), or "
                "region_name (OS_REGION_NAME) for the project that is named like the region.",
            ),
        ],
    )
    def test_what_is_missing_is_named(self, params: Values, text: str) -> None:
        with pytest.raises(AuthError) as raised:
            resolve(params, {})
        assert str(raised.value) == text

    def test_an_address_of_iam_alone_is_no_credentials(self) -> None:
        with pytest.raises(AuthError, match=r"^No credentials: "):
            resolve({}, {"OS_AUTH_URL": "https://iam/v3"})
