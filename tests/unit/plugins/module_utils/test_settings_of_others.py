# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What users bring from other tools: older variables, a second factor, a whole entry."""

from __future__ import annotations

import json
import pathlib
import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.settings import resolve
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    AuthError,
    OptionError,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.action.playbooks import play

USER = {
    "OS_AUTH_URL": "https://iam.example.com/v3",
    "OS_USERNAME": "robot",
    "OS_PASSWORD": "Canary-7",
    "OS_USER_DOMAIN_NAME": "dom",
    "OS_REGION_NAME": "eu-de",
}


class TestTenants:
    @pytest.mark.parametrize(
        ("environ", "project"),
        [
            ({"OS_TENANT_NAME": "old"}, (None, "old")),
            ({"OS_TENANT_ID": "1a"}, ("1a", None)),
            ({"OS_TENANT_NAME": "old", "OS_PROJECT_NAME": "new"}, (None, "new")),
            ({"OS_TENANT_ID": "1a", "OS_PROJECT_NAME": "new"}, (None, "new")),
            ({"OS_TENANT_NAME": "old", "OS_PROJECT_ID": "2b"}, ("2b", None)),
            ({"OS_TENANT_NAME": "old", "OS_PROJECT_NAME": ""}, (None, "old")),
        ],
    )
    def test_they_are_projects_where_nothing_else_says_so(
        self, environ: dict[str, str], project: tuple[str | None, str | None]
    ) -> None:
        settings = resolve({}, {**USER, **environ})
        assert (settings.project_id, settings.project_name) == project

    def test_an_option_wins(self) -> None:
        assert (
            resolve(
                {"auth": {"project_name": "mine"}}, {**USER, "OS_TENANT_NAME": "old"}
            ).project_name
            == "mine"
        )


class TestSecondFactor:
    @pytest.mark.parametrize(
        "environ",
        [
            {"OS_AUTH_TYPE": "v3multifactor", "OS_AUTH_METHODS": "totp", "OS_PASSCODE": "819539"},
            {"OS_AUTH_TYPE": "v3totp"},
            {"OS_PASSCODE": "819539"},
        ],
    )
    def test_it_is_refused_with_the_way_to_go(self, environ: dict[str, str]) -> None:
        with pytest.raises(AuthError) as caught:
            resolve({}, {**USER, **environ})
        assert str(caught.value) == (
            "A login with a second factor (passcode, OS_PASSCODE, auth_type v3multifactor or "
            "v3totp) is not supported. "
            "Use an access key instead, which needs none: access_key and secret_key "
            "(HUAWEICLOUD_SDK_AK, "
            "HUAWEICLOUD_SDK_SK)."
        )

    def test_keys_need_none(self) -> None:
        keys = {"HUAWEICLOUD_SDK_AK": "ak", "HUAWEICLOUD_SDK_SK": "sk"}
        assert resolve({}, {**USER, **keys, "OS_PASSCODE": "819539"}).way == "signature"


ENTRY: dict[str, t.Any] = {
    "auth": {
        "auth_url": "http://127.0.0.1:1/v3",
        "username": "u",
        "password": "Canary-7",
        "project_name": "eu-de",
    },
    "region_name": "eu-de",
}
GIVE_THE_NAME = "cloud: give the name of an entry of clouds.yaml, not the entry itself"


@pytest.mark.parametrize(
    "cloud", [json.dumps(ENTRY), str(ENTRY), '["Canary-7"]', "auth:\n  password: Canary-7"]
)
def test_a_whole_entry_in_the_environment_is_not_shown(cloud: str) -> None:
    with pytest.raises(OptionError) as caught:
        resolve({}, {"OS_CLOUD": cloud})
    assert str(caught.value) == GIVE_THE_NAME


@pytest.mark.parametrize("in_process", [True, False])
def test_a_whole_entry_as_the_option_is_not_shown_at_any_verbosity(
    in_process: bool, tmp_path: pathlib.Path
) -> None:
    tasks: list[dict[str, t.Any]] = []
    for name in ("entry", "text"):
        given: dict[str, t.Any] = {"cloud": "{{ " + name + " }}"}
        several = {"clusters": [{"name": "etl", **given}]}
        tasks += [
            {"name": name, "huaweicloud.mrs.mrs_cluster_info": given},
            {"name": f"{name} of one", "huaweicloud.mrs.mrs_cluster_plan_info": several},
        ]
    variables = tmp_path / "given.json"
    variables.write_text(
        json.dumps({"entry": ENTRY, "text": "cloud " + json.dumps(ENTRY)}), "utf-8"
    )
    played = play(
        tmp_path,
        tasks,
        *("-vvvv", "-e", f"@{variables}"),
        vars={"mrs_in_process": in_process},
        ignore_errors=True,
    )
    for task in tasks:
        assert GIVE_THE_NAME in played.result(task["name"])["msg"]
    assert "Canary-7" not in played.stdout + played.stderr + json.dumps(played.records)
