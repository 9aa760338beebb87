# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""IAM v3 as a client of MRS needs it: tokens, catalog, projects, temporary keys (service_login)."""

from __future__ import annotations

import datetime
import typing as t

from mrs_simulator.base.errors import PlainRefusal, Refusal, iam, not_simulated
from mrs_simulator.base.messages import JsonObject, Reply, answer
from mrs_simulator.base.parsing import json_body
from mrs_simulator.cloud.call import Call
from mrs_simulator.identity import account
from mrs_simulator.identity.account import Principal


def versions(call: Call) -> Reply:
    return answer(300, {"versions": {"values": [_version(call)]}})


def version_3(call: Call) -> Reply:
    return answer(200, {"version": _version(call)})


def _version(call: Call) -> JsonObject:
    links = [{"rel": "self", "href": f"{call.world.base_url}/v3/"}]
    return {
        "id": "v3.6",
        "status": "stable",
        "updated": "2016-04-04T00:00:00Z",
        "links": links,
        "media-types": [],
    }


def create_token(call: Call) -> Reply:
    """POST /v3/auth/tokens with a password or a token.

    The new token is scoped to a project, to the domain, or to nothing.
    """
    auth = _dig(_body(call), "auth")
    project_id, expires_at = _identify(call, auth)
    scope = auth.get("scope")
    if scope is not None:
        project_id = _scoped_project(call, _mapping(scope))
    token, ends = call.world.identity.issue(project_id, call.now, expires_at)
    document: JsonObject = {
        "expires_at": _time(ends),
        "issued_at": _time(call.now),
        "methods": _dig(auth, "identity")["methods"],
        "user": {"id": account.USER_ID, "name": account.USERNAME, "domain": _domain()},
        "roles": [{"id": "0", "name": "mrs_adm"}],
    }
    if project_id is not None:
        name = call.world.identity.projects[project_id]
        document["project"] = {"id": project_id, "name": name, "domain": _domain()}
        if "nocatalog" not in dict(call.request.pairs):
            document["catalog"] = _catalog(call, project_id)
    elif scope is not None:
        document["domain"] = _domain()
    reply = answer(201, {"token": document})
    reply.headers["X-Subject-Token"] = token
    return reply


def _identify(call: Call, auth: JsonObject) -> tuple[str | None, float | None]:
    """Check who asks.

    The project and the end of the token that was shown, or nothing after a login with a password.
    """
    identity = _dig(auth, "identity")
    methods = identity.get("methods")
    if methods == ["password"]:
        _check_password(_dig(identity, "password", "user"))
        return None, None
    if methods == ["token"]:
        found = call.world.identity.find(_text(_dig(identity, "token").get("id")), call.now)
        if found is None:
            raise _unauthorized()
        return found["project_id"], found["expires_at"]
    if isinstance(methods, list) and {"assume_role", "totp"} & {str(method) for method in methods}:
        raise not_simulated("Tokens of agencies and with a second factor are not simulated.")
    raise _bad('methods must be ["password"] or ["token"]')


def _check_password(user: JsonObject) -> None:
    if "id" in user:
        known = user["id"] == account.USER_ID
    else:
        known = user.get("name") == account.USERNAME and _is_domain(user.get("domain"))
    if not known or user.get("password") != account.PASSWORD:
        raise _unauthorized()


def _scoped_project(call: Call, scope: JsonObject) -> str | None:
    """The project of a scope. One given by name alone is looked for in the user's own account.

    So do the examples of the IAM documents (api-iam/iam_30_0001); Keystone asks for the domain.
    """
    if set(scope) == {"domain"}:
        if not _is_domain(scope["domain"]):
            raise iam(404, "Not Found", "The domain could not be found.")
        return None
    if set(scope) != {"project"}:
        raise _bad("scope must be one project or one domain")
    project = _mapping(scope["project"])
    found = _known_project(call.world.identity.projects, project)
    if found is None:
        raise iam(404, "Not Found", "The project could not be found.")
    return found


def _known_project(projects: t.Mapping[str, str], wanted: JsonObject) -> str | None:
    """The id of a project that is told by its id, or by its name and perhaps a domain."""
    if "id" in wanted:
        return next((key for key in projects if key == wanted["id"]), None)
    if "domain" in wanted and not _is_domain(wanted["domain"]):
        return None
    return next((key for key, name in projects.items() if name == wanted.get("name")), None)


def show_catalog(call: Call) -> Reply:
    principal = _authenticate(call)
    project_id = (
        principal.project_id
        or call.request.headers.get("x-project-id")
        or call.world.identity.project_id
    )
    return answer(
        200,
        {
            "catalog": _catalog(call, project_id),
            "links": {"self": f"{call.world.base_url}/v3/auth/catalog"},
        },
    )


def list_domains(call: Call) -> Reply:
    _authenticate(call)
    return answer(
        200, {"domains": [_domain()], "links": _links(f"{call.world.base_url}/v3/auth/domains")}
    )


def list_projects(call: Call) -> Reply:
    """GET /v3/projects, with a name or for all."""
    _authenticate(call)
    return _projects(call, dict(call.request.pairs).get("name"), "/v3/projects")


def list_own_projects(call: Call) -> Reply:
    """GET /v3/auth/projects: those that the user may enter (api-iam/iam_06_0003)."""
    _authenticate(call)
    return _projects(call, None, "/v3/auth/projects")


def list_regions(call: Call) -> Reply:
    """GET /v3/regions (api-iam/iam_05_0001). There is one: that of the simulator."""
    _authenticate(call)
    url = f"{call.world.base_url}/v3/regions"
    name = call.settings.region
    region = {
        "id": name,
        "type": "public",
        "description": "",
        "parent_region_id": None,
        "locales": {"en-us": name, "zh-cn": name},
        "links": {"self": f"{url}/{name}"},
    }
    return answer(200, {"regions": [region], "links": _links(url)})


def _projects(call: Call, wanted: str | None, path: str) -> Reply:
    url = f"{call.world.base_url}/v3/projects"
    projects = [
        {
            "id": key,
            "name": name,
            "domain_id": account.DOMAIN_ID,
            "parent_id": account.DOMAIN_ID,
            "is_domain": False,
            "enabled": True,
            "description": "",
            "links": _links(f"{url}/{key}"),
        }
        for key, name in call.world.identity.projects.items()
        if wanted in (None, name)
    ]
    return answer(200, {"projects": projects, "links": _links(f"{call.world.base_url}{path}")})


def create_temporary_key(call: Call) -> Reply:
    """POST /v3.0/OS-CREDENTIAL/securitytokens from a token, which may also come in the header."""
    identity = _dig(_body(call), "auth", "identity")
    if identity.get("methods") != ["token"]:
        raise not_simulated(
            "Temporary keys are made from a token only; agencies are not simulated."
        )
    wish = _mapping(identity.get("token", {}))
    token = call.request.headers.get("x-auth-token") or _text(wish.get("id"))
    seconds = wish.get("duration_seconds", 900)
    if not isinstance(seconds, int) or not 900 <= seconds <= 86400:
        raise _bad("duration_seconds is a number from 900 to 86400")
    if call.world.identity.find(token, call.now) is None:
        raise _unauthorized()
    access_key, key = call.world.identity.issue_key(seconds, call.now)
    credential = {
        "access": access_key,
        "secret": key.secret_key,
        "securitytoken": key.security_token,
        "expires_at": _time(key.expires_at),
    }
    return answer(201, {"credential": credential})


def _authenticate(call: Call) -> Principal:
    """As for MRS, but IAM refuses in its own words."""
    try:
        return call.world.identity.authenticate(call.request, call.now)
    except (PlainRefusal, Refusal) as exc:
        raise _unauthorized() from exc


def _catalog(call: Call, project_id: str) -> list[JsonObject]:
    root = call.world.base_url
    mrs = f"{root}/v1.1/{project_id}" if call.settings.catalog_with_project else f"{root}/v1.1"
    services = ((call.settings.catalog_type, "mrs", mrs), ("identity", "iam", f"{root}/v3"))
    return [
        {
            "id": f"{number:032x}",
            "name": name,
            "type": kind,
            "endpoints": [
                {
                    "id": f"{number + 16:032x}",
                    "interface": "public",
                    "region": call.settings.region,
                    "region_id": call.settings.region,
                    "url": url,
                }
            ],
        }
        for number, (kind, name, url) in enumerate(services, start=1)
    ]


def _domain() -> JsonObject:
    return {"id": account.DOMAIN_ID, "name": account.DOMAIN_NAME}


def _is_domain(document: t.Any) -> bool:
    domain = _mapping(document)
    return domain.get("id") == account.DOMAIN_ID or domain.get("name") == account.DOMAIN_NAME


def _body(call: Call) -> JsonObject:
    document = json_body(call.request)
    if document is None:
        raise _bad("the body is not a JSON object")
    return document


def _dig(document: JsonObject, *names: str) -> JsonObject:
    for name in names:
        document = _mapping(document.get(name))
    return document


def _mapping(document: t.Any) -> JsonObject:
    if not isinstance(document, dict):
        raise _bad("an object is missing from the request")
    return document


def _text(value: t.Any) -> str:
    if not isinstance(value, str):
        raise _bad("a text is missing from the request")
    return value


def _links(url: str) -> JsonObject:
    return {"self": url, "next": None, "previous": None}


def _time(epoch: float) -> str:
    return datetime.datetime.fromtimestamp(epoch, datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _bad(message: str) -> PlainRefusal:
    return iam(400, "Bad Request", f"The request is malformed: {message}.")


def _unauthorized() -> PlainRefusal:
    return iam(401, "Unauthorized", "The request you have made requires authentication.")
