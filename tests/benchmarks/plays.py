# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a task costs in a play: a play with many of them, less an empty play, by their number."""

from __future__ import annotations

import dataclasses
import json
import os
import pathlib
import subprocess
import sys
import time
import typing as t

from ansible_collections.huaweicloud.mrs.tests.benchmarks.service import ROOT, TAGS, Running
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import CREATION, DISKS

Json = dict[str, t.Any]

FOLDER = ROOT / "build" / "bench"
HERE = pathlib.Path(__file__).parent
#: The name of the cluster that is there in each play.
NAME = "etl-000"
#: How many tasks a play has: what comes once in a run, such as the archive of a module, is spread
#: over so many.
TASKS = 20


@dataclasses.dataclass(frozen=True)
class Kind:
    """Tasks that make one unit, how many units a play has, and the play's variables."""

    tasks: list[Json]
    units: int
    variables: Json = dataclasses.field(default_factory=dict)
    environ: t.Mapping[str, str] = dataclasses.field(default_factory=dict)


class Plays:
    """Runs plays with the real ansible-playbook, in a home of their own, on one interpreter."""

    def __init__(self, name: str) -> None:
        self.folder = FOLDER / name
        self.folder.mkdir(parents=True, exist_ok=True)

    def seconds(self, kind: Kind, units: int) -> float:
        """How long a play with so many units takes.

        :raises RuntimeError: one of its tasks fails or changes something.
        """
        play = {
            "hosts": "localhost",
            "connection": "local",
            "gather_facts": False,
            "vars": {"ansible_python_interpreter": sys.executable, **kind.variables},
            "tasks": kind.tasks * units,
        }
        playbook = self.folder / "playbook.json"
        playbook.write_text(json.dumps([play]), "utf-8")
        started = time.perf_counter()
        ended = subprocess.run(
            [sys.executable, "-m", "ansible", "playbook", str(playbook)],
            cwd=self.folder,
            env={**environment(self.folder), **kind.environ},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        seconds = time.perf_counter() - started
        if ended.returncode or (units and "changed=0 " not in ended.stdout):
            raise RuntimeError(f"{kind.tasks[0]}\n{ended.stdout[-2000:]}\n{ended.stderr[-2000:]}")
        return seconds


def environment(home: pathlib.Path) -> dict[str, str]:
    """Nothing of the caller's own Ansible or cloud.

    What Python has compiled is kept, as for every user.
    """
    return {
        "HOME": str(home),
        "PATH": f"{pathlib.Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "LC_ALL": "C.UTF-8",
        "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
        "PYTHONPYCACHEPREFIX": str(FOLDER / "compiled"),
        "ANSIBLE_COLLECTIONS_PATH": str(ROOT / "build" / "live"),
        "ANSIBLE_HOME": str(home / "ansible"),
        "ANSIBLE_LIBRARY": str(HERE / "library"),
        "ANSIBLE_LOCALHOST_WARNING": "false",
        "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
        "ANSIBLE_NOCOLOR": "true",
    }


def keys(address: Json) -> Json:
    """Options that sign each request."""
    names = ("access_key", "secret_key", "project_id")
    return {
        **{name: address[name] for name in names},
        "region_name": address["region"],
        "endpoint": address["url"],
    }


def password(address: Json) -> Json:
    """Options that fetch a token."""
    names = ("auth_url", "username", "password", "user_domain_name", "project_name")
    return {
        "auth": {name: address[name] for name in names},
        "region_name": address["region"],
        "endpoint": address["url"],
    }


def definition(name: str = NAME) -> Json:
    """The cluster as it is, written as options of mrs_cluster."""
    groups = [{**group, **DISKS} for group in CREATION["node_groups"]]
    return {**CREATION, "name": name, "tags": TAGS, "node_groups": groups}


def ours(
    login: Json, *, in_process: bool = True, environ: Json | None = None, **more: t.Any
) -> Kind:
    """Unchanged clusters by mrs_cluster."""
    task = {"huaweicloud.mrs.mrs_cluster": {**definition(), **login, **more}}
    return Kind([task], TASKS, {"mrs_in_process": in_process}, environ or {})


def kinds(running: Running, folder: pathlib.Path) -> dict[str, Kind]:
    """All that is compared. C(folder) is the home of the plays."""
    address, cluster = running.address, running.clusters[0]
    login, by_token = keys(address), password(address)
    clouds = {"OS_CLIENT_CONFIG_FILE": str(write_clouds(folder, address))}
    url = f"{address['url']}/v1.1/{address['project_id']}/cluster_infos/{cluster}"
    get = {"ansible.builtin.uri": {"url": url, "headers": {"X-Auth-Token": "{{ token }}"}}}
    cloud = {"cloud": "otc", "endpoint": address["url"]}
    kept = {"HUAWEICLOUD_MRS_TOKEN_CACHE": "1", "XDG_CACHE_HOME": str(folder / "cache")}
    token = {"token": token_of(address)}
    return {
        "debug": Kind([{"ansible.builtin.debug": {"msg": "nothing"}}], TASKS),
        "ping": Kind([{"ansible.builtin.ping": {}}], TASKS),
        "uri": Kind([get], TASKS, token),
        "keys": ours(login, id=cluster),
        "token": ours(by_token, id=cluster),
        "kept token": ours(by_token, id=cluster, environ=kept),
        "module, keys": ours(login, id=cluster, in_process=False),
        "module, token": ours(by_token, id=cluster, in_process=False),
        "by hand": Kind(by_hand(address), 7),
        "keys, by name": ours(login),
        "token, by name": ours(by_token),
        "cloud": ours(cloud, id=cluster, environ=clouds),
        "openstacksdk": Kind(
            [{"openstack_get": {"cloud": "otc", "url": url}}], TASKS, environ=clouds
        ),
    }


def by_hand(address: Json) -> list[Json]:
    """Token, list and detail by M(ansible.builtin.uri)."""
    root = f"{address['url']}/v1.1/{address['project_id']}/cluster_infos"
    header = {"X-Auth-Token": "{{ answered.x_subject_token }}"}
    found = (
        f"(listed.json.clusters | selectattr('clusterName', 'equalto', '{NAME}') | first).clusterId"
    )
    return [
        {
            "ansible.builtin.uri": {
                "url": f"{address['auth_url']}/auth/tokens",
                "method": "POST",
                "body_format": "json",
                "body": identity(address),
                "status_code": 201,
            },
            "register": "answered",
        },
        {
            "ansible.builtin.uri": {"url": f"{root}?pageSize=100", "headers": header},
            "register": "listed",
        },
        {"ansible.builtin.uri": {"url": f"{root}/{{{{ {found} }}}}", "headers": header}},
    ]


def identity(address: Json) -> Json:
    """The body that asks for a token."""
    user = {
        "name": address["username"],
        "password": address["password"],
        "domain": {"name": address["user_domain_name"]},
    }
    scope = {"project": {"id": address["project_id"]}}
    return {
        "auth": {"identity": {"methods": ["password"], "password": {"user": user}}, "scope": scope}
    }


def token_of(address: Json) -> str:
    """A new token."""
    import requests

    answer = requests.post(f"{address['auth_url']}/auth/tokens", json=identity(address), timeout=30)
    answer.raise_for_status()
    return answer.headers["X-Subject-Token"]


def write_clouds(folder: pathlib.Path, address: Json) -> pathlib.Path:
    """A clouds.yaml whose entry otc leads to the simulator.

    Only those plays look there that are told of it.
    """
    names = ("auth_url", "username", "password", "user_domain_name", "project_id")
    entry = {"auth": {name: address[name] for name in names}, "region_name": address["region"]}
    path = folder / "otc.yaml"
    path.write_text(json.dumps({"clouds": {"otc": entry}}), "utf-8")
    return path
