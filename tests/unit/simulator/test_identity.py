# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from mrs_simulator.identity.account import DOMAIN_ID, DOMAIN_NAME, PASSWORD, USER_ID, USERNAME


def _auth(cloud, user: t.Any = None, scope: t.Any = None, **more: t.Any) -> dict[str, t.Any]:
    user = user or {"name": USERNAME, "password": PASSWORD, "domain": {"name": DOMAIN_NAME}}
    scope = scope or {"project": {"id": cloud.project}}
    return {
        "auth": {
            "identity": {"methods": ["password"], "password": {"user": user}, **more},
            "scope": scope,
        }
    }


def test_a_password_gives_a_token_for_24_hours_with_a_catalog(cloud) -> None:
    answer = cloud.request("POST", "/v3/auth/tokens", _auth(cloud))
    token = answer.json["token"]
    assert answer.status == 201
    assert token["issued_at"] == "2024-03-27T08:44:40.000000Z"
    assert token["expires_at"] == "2024-03-28T08:44:40.000000Z"
    assert token["project"]["name"] == "eu-de"
    assert [service["type"] for service in token["catalog"]] == ["mrs", "identity"]
    cloud.token = answer.headers["X-Subject-Token"]
    assert cloud.call("GET", "cluster_infos").status == 200
    cloud.clock.advance(86400)
    assert cloud.call("GET", "cluster_infos").code == "APIGW.0301"


def test_the_catalog_can_be_left_out(cloud) -> None:
    assert (
        "catalog"
        not in cloud.request("POST", "/v3/auth/tokens", _auth(cloud), "nocatalog=true").json[
            "token"
        ]
    )


def test_the_catalog_url_ends_as_each_cloud_documents_it(make_cloud) -> None:
    otc, hwc = make_cloud(flavor="otc"), make_cloud(flavor="hwc")

    def url(cloud: t.Any) -> str:
        document = cloud.request("GET", "/v3/auth/catalog", x_auth_token=cloud.token).json
        return document["catalog"][0]["endpoints"][0]["url"]

    assert url(otc) == "http://mrs.simulator/v1.1"
    assert url(hwc) == f"http://mrs.simulator/v1.1/{hwc.project}"


@pytest.mark.parametrize(
    ("user", "scope"),
    [
        ({"id": USER_ID, "password": PASSWORD}, None),
        ({"name": USERNAME, "password": PASSWORD, "domain": {"id": DOMAIN_ID}}, None),
        (None, {"project": {"name": "eu-de", "domain": {"name": DOMAIN_NAME}}}),
        (None, {"project": {"name": "eu-de", "domain": {"id": DOMAIN_ID}}}),
    ],
)
def test_the_documented_variants_of_a_login_work(cloud, user: t.Any, scope: t.Any) -> None:
    answer = cloud.request("POST", "/v3/auth/tokens", _auth(cloud, user, scope))
    assert (answer.status, answer.json["token"]["project"]["id"]) == (201, cloud.project)


def test_a_token_can_be_made_from_a_token_and_does_not_outlive_it(cloud) -> None:
    cloud.clock.advance(3600)
    identity = {"methods": ["token"], "token": {"id": cloud.token}}
    body = {"auth": {"identity": identity, "scope": {"project": {"id": cloud.project}}}}
    assert (
        cloud.request("POST", "/v3/auth/tokens", body).json["token"]["expires_at"]
        == "2024-03-28T08:44:40.000000Z"
    )


def test_a_wrong_login_is_401_in_the_words_of_keystone(cloud) -> None:
    for user in (
        {"id": USER_ID, "password": "wrong"},
        {"name": "nobody", "password": PASSWORD, "domain": {"id": DOMAIN_ID}},
    ):
        answer = cloud.request("POST", "/v3/auth/tokens", _auth(cloud, user))
        assert answer.status == 401
        assert answer.json["error"] == {
            "code": 401,
            "message": "The request you have made requires authentication.",
            "title": "Unauthorized",
        }


def test_a_malformed_login_is_400_and_an_unknown_project_404(cloud) -> None:
    assert cloud.request("POST", "/v3/auth/tokens", b"[1]").status == 400
    assert (
        cloud.request(
            "POST", "/v3/auth/tokens", {"auth": {"identity": {"methods": "password"}}}
        ).status
        == 400
    )
    assert (
        cloud.request(
            "POST", "/v3/auth/tokens", _auth(cloud, scope={"project": {"id": ["x"]}})
        ).status
        == 404
    )


def test_agencies_and_second_factors_answer_501(cloud) -> None:
    for methods in (["assume_role"], ["password", "totp"]):
        answer = cloud.request(
            "POST", "/v3/auth/tokens", {"auth": {"identity": {"methods": methods}}}
        )
        assert (answer.status, answer.code) == (501, "SIMULATOR.501")


def test_a_domain_token_and_a_token_of_another_project_do_not_open_mrs(cloud) -> None:
    projects = list(cloud.simulator.world.identity.projects)
    for scope in ({"domain": {"name": DOMAIN_NAME}}, {"project": {"id": projects[1]}}):
        answer = cloud.request("POST", "/v3/auth/tokens", _auth(cloud, scope=scope))
        cloud.token = answer.headers["X-Subject-Token"]
        refused = cloud.call("GET", "cluster_infos")
        assert (refused.status, refused.code) == (403, "APIGW.0302")


def test_projects_are_found_by_name_and_an_unknown_name_is_an_empty_list(cloud) -> None:
    found = cloud.request("GET", "/v3/projects", query="name=eu-de", x_auth_token=cloud.token)
    assert [project["id"] for project in found.json["projects"]] == [cloud.project]
    unknown = cloud.request("GET", "/v3/projects", query="name=nowhere", x_auth_token=cloud.token)
    assert (unknown.status, unknown.json["projects"]) == (200, [])
    assert len(cloud.request("GET", "/v3/projects", x_auth_token=cloud.token).json["projects"]) == 2
    assert cloud.request("GET", "/v3/projects").json["error"]["code"] == 401


def test_domains_are_listed(cloud) -> None:
    answer = cloud.request("GET", "/v3/auth/domains", x_auth_token=cloud.token)
    assert answer.json["domains"] == [{"id": DOMAIN_ID, "name": DOMAIN_NAME}]


def test_temporary_keys_are_made_from_a_token_for_at_least_15_minutes(cloud) -> None:
    body = {
        "auth": {
            "identity": {
                "methods": ["token"],
                "token": {"id": cloud.token, "duration_seconds": 900},
            }
        }
    }
    credential = cloud.request("POST", "/v3.0/OS-CREDENTIAL/securitytokens", body).json[
        "credential"
    ]
    assert credential["expires_at"] == "2024-03-27T08:59:40.000000Z"
    assert set(credential) == {"access", "secret", "securitytoken", "expires_at"}
    body["auth"]["identity"]["token"]["duration_seconds"] = 899
    assert cloud.request("POST", "/v3.0/OS-CREDENTIAL/securitytokens", body).status == 400


def test_an_expired_token_can_be_told_by_a_code_of_mrs(cloud) -> None:
    cloud.token = "unknown"
    for code, status in (("12000001", 401), ("130000002", 500), ("APIGW.0301", 401)):
        cloud.set(expired_token_code=code)
        answer = cloud.call("GET", "cluster_infos")
        assert (answer.status, answer.code) == (status, code)


def test_a_missing_content_type_is_refused_only_when_asked_for(cloud) -> None:
    path = f"/v1.1/{cloud.project}/cluster_infos"
    assert cloud.request("GET", path, x_auth_token=cloud.token).status == 200
    cloud.set(require_content_type=True)
    assert cloud.request("GET", path, x_auth_token=cloud.token).status == 415
