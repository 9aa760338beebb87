# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The nodes of clusters for an inventory: which there are, their variables, and their names.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import collections
import copy
import hashlib
import json
import re
import typing as t
from concurrent.futures import ThreadPoolExecutor

from ansible.module_utils.parsing.convert_bool import boolean

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.nodes import (
    list_hosts,
    list_nodes,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.settings import (
    SECRET_WORDS,
    Settings,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    OptionError,
    ServiceError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import Params
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import (
    GONE_CLUSTER_STATES,
    Cluster,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.host import Host
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.node import Node
from ansible_collections.huaweicloud.mrs.plugins.module_utils._options import forms
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.info import ClusterInfoTask

Variables = dict[str, t.Any]
Options = t.Mapping[str, t.Mapping[str, t.Any]]
#: Gives the value of an expression for a node with these variables; None where it has none.
Evaluate = t.Callable[[str, Variables], t.Any]

#: What the variables tell of the cluster of a node.
CLUSTER_KEYS = (
    "id",
    "name",
    "state",
    "type",
    "version",
    "safe_mode",
    "region",
    "availability_zone",
    "vpc_id",
    "subnet_id",
    "security_group_id",
    "enterprise_project_id",
    "master_ip",
    "internal_ip",
    "external_ip",
    "tags",
)


def spellings(options: Options) -> set[str]:
    """The names of the options, aliases included."""
    return {key for name, option in options.items() for key in (name, *_aliases(option))}


def check_names(given: t.Iterable[t.Any], options: Options) -> None:
    """:raises OptionError: something is given that is no option.

    Ansible itself would not say so.
    """
    known = spellings(options)
    unknown = [str(key) for key in given if key not in known]
    if unknown:
        meant = [name for name in (forms.most_alike(key, known) for key in unknown) if name]
        hint = f"; did you mean {' and '.join(meant)}?" if meant else "."
        raise OptionError(", ".join(unknown), f"no such option{hint}")


def check_kinds(given: t.Mapping[str, t.Any], options: Options) -> None:
    """What Ansible does not check, or would show where it is wrong: values of a login are secret.

    :raises OptionError: a value has the wrong type.
    """
    for name, option in options.items():
        for key in (name, *_aliases(option)):
            value = given.get(key)
            forms.check_kind(option, value, key)
            if option["type"] == "dict" and not isinstance(value, (dict, type(None))):
                raise OptionError(key, "give a dictionary")
            if option["type"] == "bool" and value is not None:
                _check_truth(value, key)


def _check_truth(value: t.Any, where: str) -> None:
    """For Ansible itself, any text that does not mean true is false."""
    try:
        boolean(value)
    except TypeError as exc:
        raise OptionError(where, "give true or false") from exc


def _aliases(option: t.Mapping[str, t.Any]) -> t.Iterable[str]:
    return t.cast("t.Iterable[str]", option.get("aliases") or ())


class NodesTask(ClusterInfoTask):
    """The clusters that the inventory asks for, each with its C(hosts)."""

    def __init__(self, params: Params) -> None:
        super().__init__({**params, "id": None, "name": None, "cluster_state": None})
        if params["concurrency"] < 1:
            raise OptionError("concurrency", f"must be 1 or more, not {params['concurrency']}")

    def read(self, context: Context) -> None:
        wanted = [cluster for cluster in self._candidates(context) if self._fits(cluster)]
        pool = ThreadPoolExecutor(self._params["concurrency"])
        try:
            found = list(pool.map(lambda cluster: self._with_hosts(context, cluster), wanted))
        finally:
            pool.shutdown(cancel_futures=True)  # after an error there is nothing to ask any more
        context.results["clusters"] = sorted(
            filter(None, found), key=lambda cluster: (cluster["name"], cluster["id"])
        )

    def _fits(self, cluster: Cluster) -> bool:
        names = self._params["clusters"]
        if names and cluster.name not in names:
            return False
        wanted = self._params["cluster_states"]
        if not wanted:
            return cluster.state not in GONE_CLUSTER_STATES
        if cluster.scaling and "running" in wanted:  # while it scales, a cluster runs
            return True
        return cluster.state in wanted

    def _with_hosts(self, context: Context, cluster: Cluster) -> Variables | None:
        """None for a cluster that is not wanted after all, or is not there any more."""
        client = context.client
        whole = cluster if cluster.complete else client.cluster(cluster.id)
        if whole is None or not self._fits(whole) or not self._has_tags(whole):
            return None
        try:
            hosts = list_hosts(client, whole)
        except ServiceError:
            now = client.cluster(whole.id)
            if now is None or not self._fits(now):
                return None
            raise
        return self._shown(context, whole, hosts)

    def _shown(self, context: Context, cluster: Cluster, hosts: t.Sequence[Host]) -> Variables:
        of_cluster = {key: value for key, value in cluster.result().items() if key in CLUSTER_KEYS}
        components = [component["name"] for component in cluster.components]
        health = self._health(context, cluster, hosts) if self._params["node_health"] else {}
        shown = [{**host.result(), **health.get(host.id, {})} for host in hosts]
        return {**of_cluster, "components": components, "hosts": shown}

    def _health(
        self, context: Context, cluster: Cluster, hosts: t.Sequence[Host]
    ) -> dict[str, Variables]:
        """By the id of each host.

        Warns of a cluster whose service does not tell it (service_v2 5.2).
        """
        try:
            found = list_nodes(context.client, cluster)
        except ServiceError as error:
            context.warn(
                f"The health of the nodes of cluster {cluster.title} cannot be read: "
                f"{error.message}"
            )
            found = []
        known = {key: node for node in found for key in (node.name, node.ip, node.server_id) if key}
        return {
            host.id: _health_of(known.get(host.name) or known.get(host.ip or "")) for host in hosts
        }


def _health_of(node: Node | None) -> Variables:
    if node is None:
        return {"healthy": None, "node_state": None, "sick_components": None}
    return {
        "healthy": node.is_healthy,
        "node_state": node.state,
        "sick_components": [component.role or component.name for component in node.sick],
    }


def nodes(clusters: t.Iterable[Variables]) -> t.Iterator[Variables]:
    """The variables of each node.

    Those of its cluster begin with C(mrs_cluster_), its own with C(mrs_).
    """
    for cluster in clusters:
        of_cluster = {
            f"mrs_cluster_{key}": value for key, value in cluster.items() if key != "hosts"
        }
        for host in sorted(cluster["hosts"], key=lambda host: (host["name"], host["id"])):
            # What a play does to a list of one node is nothing to the others.
            own = {
                key: copy.copy(value)
                for key, value in of_cluster.items()
                if isinstance(value, (dict, list))
            }
            yield {**of_cluster, **own, **{f"mrs_{key}": value for key, value in host.items()}}


def names(
    found: t.Sequence[Variables],
    preferences: t.Sequence[str],
    evaluate: Evaluate,
    taken: t.Mapping[str, str],
) -> list[str]:
    """A safe name for each node, different from all others.

    It comes from the first preference that gives one, else it is the ID of the node.

    :param taken: the ids of the nodes that other files have given a name, by this name.
    """
    chosen: list[str | None] = [None] * len(found)
    for preference in [*preferences, "mrs_id"]:
        open_places = [place for place, name in enumerate(chosen) if name is None]
        offers = {
            place: _free_name(evaluate(preference, found[place]), found[place], taken)
            for place in open_places
        }
        count = collections.Counter([*offers.values(), *chosen])
        for place, name in offers.items():
            if name and count[name] == 1:
                chosen[place] = name
    return [name or safe_name(node["mrs_id"]) for name, node in zip(chosen, found, strict=True)]


def _free_name(value: t.Any, node: Variables, taken: t.Mapping[str, str]) -> str:
    """C(value) as a name; empty where another node has it."""
    name = safe_name(value)
    return name if taken.get(name) in (None, node["mrs_id"]) else ""


def safe_name(value: t.Any) -> str:
    """C(value) as a safe name of a host.

    Nothing in it is a pattern, a range, a port or an option of ssh.
    """
    text = "" if value is None else str(value).strip()
    return re.sub(r"[^A-Za-z0-9_.-]|^[-.]", "_", text)


def source_of(settings: Settings, params: Params) -> str:
    """What is asked, and in which project, without a secret: part of the key of the cache."""
    who = {
        key: value
        for key, value in settings.auth.items()
        if not any(word in key for word in SECRET_WORDS)
    }
    place = [
        settings.project_id,
        settings.project_name,
        settings.region_name,
        settings.endpoint,
        settings.auth_url,
    ]
    # Temporary keys come and go, so they only count where nothing else says which project is
    # theirs.
    key = None if settings.project_id else settings.access_key
    asked = [
        sorted(params["clusters"]),
        sorted(params["cluster_states"]),
        params["tags"],
        params["node_health"],
    ]
    text = json.dumps([place, who, key, asked], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
