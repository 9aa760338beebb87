# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a cluster shall be: from options to typed values, and to the request that creates it.

The fields are those of "Creating a cluster and running a job" in the API's reference (3 of API
v1.1).

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.redact import (
    marked_words,
    secrets_of,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job_api import (
    V1,
    api_for,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.node_groups import (
    DesiredGroup,
    groups_of,
    settled,
    without_none,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import ROLES
from ansible_collections.huaweicloud.mrs.plugins.module_utils._options import limits

if t.TYPE_CHECKING:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job import DesiredJob

Params = t.Mapping[str, t.Any]

TYPE_CODES = {"analysis": 0, "streaming": 1}
#: Options without which a cluster cannot be created, by the API's names.
NEEDED = {
    "availability_zone": "available_zone_id",
    "name": "cluster_name",
    "version": "cluster_version",
    "vpc_id": "vpc_id",
    "vpc_name": "vpc",
    "subnet_id": "subnet_id",
    "subnet_name": "subnet_name",
    "components": "component_list",
    "node_groups": "node_groups",
}


@dataclasses.dataclass(frozen=True)
class DesiredCluster:
    """A cluster. None means: not given, so it makes no difference."""

    name: str | None
    id: str | None
    region: str | None
    version: str | None
    type: str | None
    safe_mode: bool | None
    availability_zone: str | None
    vpc_id: str | None
    vpc_name: str | None
    subnet_id: str | None
    subnet_name: str | None
    security_group_id: str | None
    enterprise_project_id: str | None
    key_pair: str | None
    root_password: str | None = dataclasses.field(repr=False)
    admin_password: str | None = dataclasses.field(repr=False)
    components: tuple[str, ...] | None
    log_collection: bool | None
    tags: dict[str, str] | None
    purge_tags: bool
    groups: tuple[DesiredGroup, ...]
    bootstrap_scripts: tuple[dict[str, t.Any], ...] | None = dataclasses.field(repr=False)
    job: DesiredJob | None
    recreate: str
    scale: bool
    wait_for: str
    given: Params = dataclasses.field(repr=False)

    def secrets(self) -> set[str]:
        """What must not be shown of it."""
        words = [
            word
            for script in self.bootstrap_scripts or ()
            for word in marked_words(script.get("parameters") or "")
        ]
        passwords = {secret for secret in (self.root_password, self.admin_password) if secret}
        return passwords | secrets_of(words) | (self.job.secrets() if self.job else set())

    def doubts(self, cloud: str | None) -> list[str]:
        """What the service may refuse of a creation.

        :raises OptionError: something that this cloud refuses.
        """
        of_job = (
            self.job.doubts(cloud, "job.", self.job_api(self.version, self.safe_mode))
            if self.job
            else []
        )
        return limits.warnings(limits.CLUSTER, self.given, cloud) + of_job

    def group(self, name: str) -> DesiredGroup | None:
        return next((group for group in self.groups if group.name == name), None)

    def of_kind(self, kind: str | None) -> DesiredCluster:
        """With the names of groups that a cluster of this type has; the wanted type counts more.

        :raises OptionError: the groups are not those of such a cluster.
        """
        return dataclasses.replace(self, groups=settled(self.groups, self.type or kind))

    def creation(self, region: str | None) -> dict[str, t.Any]:
        """The request that creates it; zeros and false are sent, what is not given is not.

        :raises OptionError: something is missing that a new cluster needs.
        """
        self._check_creation(region)
        kind = self.type or "analysis"
        lists = ("components", "node_groups")
        tags = [{"key": key, "value": value} for key, value in sorted((self.tags or {}).items())]
        body: dict[str, t.Any] = {
            "billing_type": 12,  # pay per use, the only one of API v1.1
            "data_center": self.region or region,
            **{
                api_name: getattr(self, name)
                for name, api_name in NEEDED.items()
                if name not in lists
            },
            "cluster_type": TYPE_CODES[kind],
            "safe_mode": int(bool(self.safe_mode)),
            "security_groups_id": self.security_group_id,
            "enterprise_project_id": self.enterprise_project_id,
            "cluster_admin_secret": self.admin_password,
            "login_mode": 1 if self.key_pair else 0,
            "node_public_cert_name": self.key_pair,
            "cluster_master_secret": self.root_password,
            "log_collection": None if self.log_collection is None else int(self.log_collection),
            "tags": tags or None,
            "component_list": [{"component_name": name} for name in self.components or ()],
            "node_groups": [group.body(kind) for group in self.of_kind(None).groups],
            "bootstrap_scripts": list(self.bootstrap_scripts or ()) or None,
            "add_jobs": [self.job.creation()] if self.job and self.creates_with_job else None,
        }
        return {key: value for key, value in body.items() if value is not None}

    @property
    def creates_with_job(self) -> bool:
        """The job is part of the creation.

        What goes by API v2 is submitted once the cluster runs.
        """
        return self.job is not None and self.job_api(self.version, self.safe_mode) == V1

    def job_api(self, version: str | None, safe_mode: bool | None) -> str:
        """The API that takes the job of a cluster of this version and mode."""
        return api_for(version, safe_mode, self.job.job_type if self.job else None)

    def _check_job(self) -> None:
        if self.job is None:
            return
        self.job.check(self.job_api(self.version, self.safe_mode))
        if self.job.shutdown_cluster and not self.creates_with_job:
            raise OptionError(
                "job.shutdown_cluster",
                f"a cluster of {self.version} takes its job once it runs, and does not shut "
                "itself down; "
                "use the role transient_job",
            )

    def _check_creation(self, region: str | None) -> None:
        missing = [
            option for option in NEEDED if option != "node_groups" and not getattr(self, option)
        ]
        if not self.groups:
            missing.append("node_groups")
        if not (self.region or region):
            missing.append("region_name (OS_REGION_NAME)")
        if not (self.key_pair or self.root_password):
            missing.append("key_pair or root_password")
        if missing:
            raise OptionError(
                ", ".join(missing), "needed, since the cluster is not there and has to be created"
            )
        self._check_job()
        self._check_groups()

    def _check_groups(self) -> None:
        """A new cluster has a master and a core group, and each group tells its count and size."""
        desired = self.of_kind(None)
        for role in ("master", "core"):
            group = desired.group(role)
            if group is None or not group.count or "size" not in group.fields:
                raise OptionError(
                    "node_groups", f"a new cluster needs a {role} group with count and size"
                )
        for group in desired.groups:
            if group.count is None or (group.count and "size" not in group.fields):
                raise OptionError(
                    "node_groups", f"the {group.name} group of a new cluster needs count and size"
                )


def desired_cluster(params: Params) -> DesiredCluster:
    """The cluster that the options describe.

    :raises OptionError: they cannot work.
    """
    limits.check(limits.CLUSTER, params)
    same = (
        "name id version type safe_mode availability_zone vpc_id vpc_name subnet_id subnet_name "
        "security_group_id "
        "enterprise_project_id key_pair root_password admin_password log_collection purge_tags "
        "recreate scale "
        "wait_for"
    )
    desired = DesiredCluster(
        **{option: params[option] for option in same.split()},
        region=params["region_name"],
        components=_components(params["components"]),
        tags=_tags(params["tags"]),
        groups=groups_of(params["node_groups"] or []),
        bootstrap_scripts=_scripts(params["bootstrap_scripts"]),
        job=_job(params["job"]),
        given=params,
    )
    # The type of the cluster that is there says what other names mean.
    is_clear = desired.type or all(group.name.lower() in ROLES for group in desired.groups)
    return desired.of_kind(None) if is_clear else desired


def _components(given: t.Sequence[t.Any] | None) -> tuple[str, ...] | None:
    """Names, given as such, as objects of a request or as those of a result."""
    if given is None:
        return None
    names = [
        item.get("component_name", item.get("name")) if isinstance(item, dict) else item
        for item in given
    ]
    if not all(isinstance(name, str) and name for name in names):
        raise OptionError("components", "each is a name, or an object with component_name or name")
    return tuple(t.cast("list[str]", names))


def _tags(given: t.Mapping[str, t.Any] | None) -> dict[str, str] | None:
    if given is None:
        return None
    return {str(key): "" if value is None else str(value) for key, value in given.items()}


def _scripts(given: t.Sequence[Params] | None) -> tuple[dict[str, t.Any], ...] | None:
    if given is None:
        return None
    limits.check_unique("name", given, "bootstrap_scripts")
    return tuple(
        without_none({**script, "nodes": [node.lower() for node in script["nodes"]]})
        for script in given
    )


def _job(given: Params | None) -> DesiredJob | None:
    if given is None:
        return None
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job import (
        desired_job,
    )

    if given["job_type"] == "distcp":
        raise OptionError(
            "job.job_type",
            "distcp cannot run with the creation of a cluster; use mrs_job afterwards",
        )
    return desired_job(given, "job.")
