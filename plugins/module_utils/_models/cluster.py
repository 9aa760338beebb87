# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the service says of clusters and nodes, with real types, UTC times and names for codes.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import NonsenseError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.raw import Raw, iso_time

ROLES = ("master", "core", "task")
CLUSTER_TYPES = {0: "analysis", 1: "streaming", 2: "mixed", 3: "custom"}
#: Types of clusters whose groups have names of their own, since roles do not tell them apart.
OWN_NAMES = frozenset({"mixed", "custom"})
MASTER_GROUP = "master_node_default_group"
BILLING_TYPES = {"12": "Metered"}
SCALING_STATES = frozenset({"scaling-out", "scaling-in", "scaling-up", "scaling_up_first"})
GONE_CLUSTER_STATES = frozenset({"terminated"})


def role_of(name: str) -> str:
    """The role of a node group or a host type.

    V(core_node_analysis_group) and V(Analysis_Core) are V(core).
    """
    lowered = name.lower()
    return next((role for role in ROLES if role in lowered), lowered)


def group_name(name: str, kind: str | None) -> str:
    """What a node group is called in a cluster of this type.

    It is its role; where groups have names of their own, that name, and V(master).
    """
    if kind not in OWN_NAMES:
        return role_of(name)
    return "master" if name.lower() in ("master", MASTER_GROUP) else name


class NodeGroup(t.NamedTuple):
    """A node group; sizes of volumes in GB."""

    name: str
    api_name: str
    count: int  # type: ignore[assignment]  # a tuple has a method of this name
    size: str | None = None
    root_volume_type: str | None = None
    root_volume_size: int | None = None
    data_volume_type: str | None = None
    data_volume_size: int | None = None
    data_volume_count: int | None = None
    auto_scaling_policy: dict[str, t.Any] | None = None

    @property
    def scales_itself(self) -> bool:
        return bool(Raw(self.auto_scaling_policy).flag("auto_scaling_enable"))

    @property
    def shown_policy(self) -> dict[str, t.Any] | None:
        """Its policy without the secrets that its scripts may have."""
        return t.cast("dict[str, t.Any] | None", _masked(self.auto_scaling_policy))

    def result(self) -> dict[str, t.Any]:
        """The documented form, an item of C(node_groups)."""
        return {**self._asdict(), "auto_scaling_policy": self.shown_policy}

    @classmethod
    def of(cls, raw: Raw, kind: str | None = None) -> NodeGroup:
        """A group of a cluster of this type.

        :raises NonsenseError: the number of its nodes or its policy cannot be read.
        """
        api_name = raw.text_or_empty("GroupName")
        return cls(
            name=group_name(api_name, kind),
            api_name=api_name,
            count=raw.count("NodeNum") or 0,
            size=raw.text("NodeSize"),
            root_volume_type=raw.text("RootVolumeType"),
            root_volume_size=raw.integer("RootVolumeSize"),
            data_volume_type=raw.text("DataVolumeType"),
            data_volume_size=raw.integer("DataVolumeSize"),
            data_volume_count=raw.integer("DataVolumeCount"),
            auto_scaling_policy=raw.certain_object("AutoScalingPolicy") or None,
        )


class Cluster(t.NamedTuple):
    """A cluster. C(zones) are all names of its availability zone, as codes and as IDs."""

    id: str
    name: str
    state: str
    stage: str | None
    error: str | None
    version: str | None
    type: str | None
    safe_mode: bool | None
    region: str | None
    availability_zone: str | None
    zones: frozenset[str]
    vpc_id: str | None
    vpc_name: str | None
    subnet_id: str | None
    subnet_name: str | None
    security_group_id: str | None
    enterprise_project_id: str | None
    billing_type: str | None
    key_pair: str | None
    log_collection: bool | None
    created_at: str | None
    updated_at: str | None
    components: tuple[dict[str, str | None], ...]
    node_groups: tuple[NodeGroup, ...]
    tags: dict[str, str]
    internal_ip: str | None
    external_ip: str | None
    master_ip: str | None
    scale_state: str | None
    bootstrap_scripts: tuple[dict[str, t.Any], ...]
    complete: bool
    #: Since when it costs money; none of what never ran.
    charged_since: str | None = None
    #: Whether MRS Manager is ready, if the service shows it.
    manager_ready: bool | None = None
    #: The elastic IP, if the service shows it (Huawei Cloud, service_v1 4.2).
    eip_id: str | None = None
    eip_address: str | None = None

    @property
    def title(self) -> str:
        return f"{self.name} ({self.id})"

    def is_older_than(self, other: Cluster) -> bool:
        """By the update time of both; not where the service does not tell it."""
        return bool(self.updated_at and other.updated_at and self.updated_at < other.updated_at)

    @property
    def order(self) -> str:
        """What sorts clusters by when they were created, the oldest first."""
        return self.created_at or ""

    @property
    def component_names(self) -> list[str]:
        return sorted(component["name"] or "" for component in self.components)

    @property
    def counts(self) -> dict[str, int]:
        """Nodes of each role, or of each group where groups have names of their own."""
        groups = self.node_groups
        names = [group.name for group in groups] if self.type in OWN_NAMES else ROLES
        return {name: sum(group.count for group in groups if group.name == name) for name in names}

    def group(self, name: str) -> NodeGroup | None:
        return next((group for group in self.node_groups if group.name == name), None)

    @property
    def scaling(self) -> bool:
        """Nodes are being added, removed or raised right now (service_v1 2.2, 2.3)."""
        return self.state in SCALING_STATES or self.scale_state in SCALING_STATES

    @property
    def description(self) -> str:
        """State and stage, for people. One that scales may be running, and say no more."""
        stage, error = self._describe_stage(), self.error or ""
        if error in stage:
            details = stage
        elif stage in error:
            details = error
        else:
            details = f"{stage}; {error}"
        if details in ("", self.state):
            return self.state
        return f"{self.state} ({details})"

    def _describe_stage(self) -> str:
        if self.stage:
            return self.stage
        if self.scale_state in SCALING_STATES:
            return self.scale_state
        return ""

    def result(self) -> dict[str, t.Any]:
        """The documented form, C(cluster)."""
        hidden = (
            *(
                "zones",
                "complete",
                "charged_since",
                "node_groups",
                "components",
                "bootstrap_scripts",
            ),
            *("vpc_id", "log_collection", "manager_ready", "eip_id", "eip_address"),
        )
        shown = {field: value for field, value in self._asdict().items() if field not in hidden}
        return {
            **shown,
            "vpc_id": self.vpc_id,
            "log_collection": self.log_collection,
            "components": list(self.components),
            "node_groups": [group.result() for group in self.node_groups],
            "node_counts": self.counts,
            "bootstrap_scripts": _masked(list(self.bootstrap_scripts)),
        }

    @classmethod
    def of(cls, answer: t.Mapping[str, t.Any]) -> Cluster:
        """From an item of the list or a detail, wrapped in C(cluster) or not (service_v1 4.1, 4.2).

        :raises NonsenseError: it is none, or its groups or tags cannot be read.
        """
        raw = Raw(answer).unwrapped("cluster")
        kind = _type(raw)
        billing = raw.text("billingType")
        zones = map(raw.text, ("azCode", "azName", "azId", "availabilityZoneId"))
        keys = ("tags", "scale", "bootstrapScripts", "nodeGroups", "componentList")
        return cls(
            id=raw.identity("clusterId"),
            name=raw.text_or_empty("clusterName"),
            state=(raw.text("clusterState") or "unknown").lower(),
            stage=raw.text("stageDesc"),
            error=raw.text("errorInfo"),
            version=raw.text("clusterVersion"),
            type=kind,
            safe_mode=raw.flag("safeMode"),
            region=raw.text("dataCenter"),
            availability_zone=raw.first_text("azCode", "azName", "azId"),
            zones=frozenset(zone for zone in zones if zone),
            vpc_id=raw.text("vpcId"),
            vpc_name=raw.text("vpc"),
            subnet_id=raw.text("subnetId"),
            subnet_name=raw.text("subnetName"),
            security_group_id=raw.text("securityGroupsId"),
            enterprise_project_id=raw.text("enterpriseProjectId"),
            billing_type=BILLING_TYPES.get(billing or "", billing),
            key_pair=raw.text("nodePublicCertName"),
            log_collection=raw.flag("logCollection"),
            created_at=iso_time(raw.time("createAt")),
            updated_at=iso_time(raw.time("updateAt")),
            components=_components(raw),
            node_groups=_node_groups(raw, kind),
            tags=_tags(raw),
            internal_ip=raw.text("internalIp"),
            external_ip=raw.text("externalIp"),
            master_ip=raw.text("masterNodeIp"),
            scale_state=raw.text("scale"),
            bootstrap_scripts=tuple(_script(script) for script in raw.items("bootstrapScripts")),
            complete=all(map(raw.has, keys)),
            manager_ready=raw.flag(raw.key_of("mrsManagerFinish", "isMrsManagerFinish")),
            charged_since=iso_time(raw.time(raw.key_of("chargingStartTime", "createAt"))),
            eip_id=raw.text("eipId"),
            eip_address=raw.text("eipAddress"),
        )


def _type(raw: Raw) -> str | None:
    code = raw.integer("clusterType")
    if code is None:
        return None
    return CLUSTER_TYPES.get(code, str(code))


def _components(raw: Raw) -> tuple[dict[str, str | None], ...]:
    found = [
        {
            "id": item.text("componentId"),
            "name": item.text("componentName"),
            "version": item.text("componentVersion"),
        }
        for item in raw.items("componentList")
    ]
    return tuple(sorted(found, key=lambda component: component["name"] or ""))


def _node_groups(raw: Raw, kind: str | None) -> tuple[NodeGroup, ...]:
    """All groups, each once.

    C(taskNodeGroups) may list a master, so only its task groups are taken.
    """
    listed = [NodeGroup.of(item, kind) for item in raw.items("nodeGroups")]
    tasks = [NodeGroup.of(item, kind) for item in raw.items("taskNodeGroups")]
    tasks = [group for group in tasks if role_of(group.api_name) == "task"]
    groups = {group.api_name: group for group in [*tasks, *listed]}
    known = {group.name for group in groups.values()}
    roles = {"master"} if kind in OWN_NAMES else {"master", "core"}
    for role in sorted(roles - known):
        groups.update(_flat_group(raw, role))
    return tuple(
        sorted(groups.values(), key=lambda group: (group.name not in ROLES, group.api_name))
    )


def _flat_group(raw: Raw, role: str) -> dict[str, NodeGroup]:
    """The group of a cluster that answers in the old way, by fields such as C(coreNodeNum)."""
    count = raw.count(f"{role}NodeNum")
    if count is None:
        return {}
    kind = "streaming" if raw.integer("clusterType") == 1 else "analysis"
    api_name = MASTER_GROUP if role == "master" else f"core_node_{kind}_group"
    group = NodeGroup(
        name=role,
        api_name=api_name,
        count=count,
        size=raw.text(f"{role}NodeSize"),
        data_volume_type=raw.text(f"{role}DataVolumeType"),
        data_volume_size=raw.integer(f"{role}DataVolumeSize"),
        data_volume_count=raw.integer(f"{role}DataVolumeCount"),
    )
    return {api_name: group}


def _tags(raw: Raw) -> dict[str, str]:
    """Tags come as C(k=v,k=v), as a list of objects, or as nothing (service_v1 Q12)."""
    value = raw.get("tags")
    if value is None:
        return {}
    if not isinstance(value, str):
        return tags_in(raw.objects("tags"))
    parts = (part.partition("=") for part in value.split(","))
    return dict(
        sorted((key.strip(), value.strip()) for key, _separator, value in parts if key.strip())
    )


def tags_in(objects: t.Iterable[t.Mapping[str, t.Any]]) -> dict[str, str]:
    """Tags of the form C({"key": "env", "value": "prod"}), sorted by their keys.

    :raises NonsenseError: one has no key.
    """
    tags = {}
    for raw in map(Raw, objects):
        key = raw.identity("key")
        if not key:
            raise NonsenseError("tags has an item without key")
        tags[key] = raw.certain_text_or_empty("value")
    return dict(sorted(tags.items()))


def _masked(value: t.Any) -> t.Any:
    """A policy or scripts, without the secrets in the parameters of scripts."""
    if not value:
        return value
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.masks import mask_parameters

    return mask_parameters(value)


def _script(raw: Raw) -> dict[str, t.Any]:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.masks import mask_marked

    return {
        "name": raw.text("name"),
        "uri": raw.text("uri"),
        "parameters": mask_marked(raw.text_or_empty("parameters")),
        "nodes": sorted(str(node).lower() for node in raw.listed("nodes")),
        "active_master": raw.flag("active_master"),
        "before_component_start": raw.flag("before_component_start"),
        "fail_action": raw.text("fail_action"),
        "state": raw.text_or_empty("state").lower() or None,
        "start_time": iso_time(raw.time("start_time")),
    }
