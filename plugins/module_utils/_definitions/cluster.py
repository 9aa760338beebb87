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

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.redact import (
    is_secret_key,
    marked_words,
    secrets_of,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.cluster_api import (
    V2_OPTIONS,
    Choice,
    creation_api,
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
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import (
    CLUSTER_TYPES,
    ROLES,
    Cluster,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._options import limits

if t.TYPE_CHECKING:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job import DesiredJob
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.version import Zone

Params = t.Mapping[str, t.Any]


class DesiredCluster(t.NamedTuple):
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
    root_password: str | None
    admin_password: str | None
    components: tuple[str, ...] | None
    log_collection: bool | None
    tags: dict[str, str] | None
    purge_tags: bool
    default_tags: bool | None
    groups: tuple[DesiredGroup, ...]
    bootstrap_scripts: tuple[dict[str, t.Any], ...] | None
    job: DesiredJob | None
    recreate: str
    scale: bool
    wait_for: str
    #: Options that only API v2 has, by our names. Only the elastic IP can be read back.
    only_v2: Params
    #: Jobs that come with the creation, and whether the cluster goes when they are done.
    jobs: tuple[DesiredJob, ...]
    shutdown_cluster: bool
    given: Params
    #: The zone as the service lists it, where that was asked.
    zone: Zone | None = None

    def __repr__(self) -> str:
        """Without passwords and all else that may have secrets in it."""
        return f"DesiredCluster({self.name!r}, {self.id!r})"

    @property
    def zone_id(self) -> str | None:
        """The zone as API v1.1 wants it."""
        return self.zone.id if self.zone else self.availability_zone

    @property
    def zone_name(self) -> str | None:
        """The zone as API v2 wants it, and as clusters show it."""
        return self.zone.name if self.zone else self.availability_zone

    @property
    def eip_id(self) -> str | None:
        """The ID of the elastic IP."""
        return self.only_v2.get("eip_id")

    @property
    def eip_address(self) -> str | None:
        """The address of the elastic IP."""
        return self.only_v2.get("eip_address")

    @property
    def wanted_components(self) -> tuple[str, ...]:
        """The components; none where they do not matter."""
        return self.components or ()

    @property
    def tag_items(self) -> list[dict[str, str]] | None:
        """The tags as the requests of both APIs have them."""
        tags = sorted((self.tags or {}).items())
        return [{"key": key, "value": value} for key, value in tags] or None

    @property
    def log_number(self) -> int | None:
        """The collection of logs as the requests of both APIs have it."""
        if self.log_collection is None:
            return None
        return int(self.log_collection)

    def secrets(self) -> set[str]:
        """What must not be shown of it."""
        words = [
            word
            for script in self.bootstrap_scripts or ()
            for word in marked_words(script.get("parameters") or "")
        ]
        passwords = {secret for secret in (self.root_password, self.admin_password) if secret}
        of_jobs = [job.secrets() for job in self.all_jobs]
        return passwords.union(secrets_of(words), self._secret_configs(), *of_jobs)

    def _secret_configs(self) -> set[str]:
        """Values of configurations whose keys say that they are secret."""
        configs = [
            config
            for component in self.only_v2.get("component_configs") or ()
            for config in component["configs"]
        ]
        return {config["value"] for config in configs if is_secret_key(config["key"])}

    @property
    def all_jobs(self) -> tuple[DesiredJob, ...]:
        """What shall run on the cluster, in this order."""
        return (self.job,) if self.job else self.jobs

    @property
    def shuts_down(self) -> bool:
        """The cluster goes when what came with its creation is done."""
        return self.shutdown_cluster or bool(self.job and self.job.shutdown_cluster)

    def group(self, name: str) -> DesiredGroup | None:
        return next((group for group in self.groups if group.name == name), None)

    def of_kind(self, kind: str | None) -> DesiredCluster:
        """With the names of groups that a cluster of this type has; the wanted type counts more.

        :raises OptionError: the groups are not those of such a cluster.
        """
        return self._replace(groups=settled(self.groups, self.type or kind))

    def in_place_of(self, cluster: Cluster) -> DesiredCluster:
        """With the name and the type of a cluster that it replaces, where none is given."""
        kind = cluster.type if cluster.type in CLUSTER_TYPES.values() else None
        return self._replace(name=self.name or cluster.name, type=self.type or kind)

    @property
    def kind(self) -> str:
        """The type of the cluster that would be created."""
        return self.type or "analysis"

    def creation_api(self) -> Choice:
        """Which API creates it, and why."""
        return creation_api(self)

    @property
    def creates_with_job(self) -> bool:
        """What shall run is part of the creation.

        One job that goes by API v2 is submitted once the cluster runs.
        """
        if self.jobs:
            return True
        is_by_v1 = self.creation_api().api == V1 == self.job_api(self.version, self.safe_mode)
        return self.job is not None and is_by_v1

    def job_api(self, version: str | None, safe_mode: bool | None) -> str:
        """The API that takes the job of a cluster of this version and mode."""
        return api_for(version, safe_mode, self.job.job_type if self.job else None)


def desired_cluster(params: Params) -> DesiredCluster:
    """The cluster that the options describe.

    :raises OptionError: they cannot work.
    """
    limits.check(limits.CLUSTER, params)
    _check_policies_and_scripts(params)
    _check_configs(params["component_configs"])
    same = (
        "name id version type safe_mode availability_zone vpc_id vpc_name subnet_id subnet_name "
        "security_group_id "
        "enterprise_project_id key_pair root_password admin_password log_collection purge_tags "
        "default_tags recreate scale "
        "wait_for"
    )
    desired = DesiredCluster(
        **{option: params[option] for option in same.split()},
        region=params["region_name"],
        components=component_names(params["components"]),
        tags=_tags(params["tags"]),
        groups=groups_of(params["node_groups"] or []),
        bootstrap_scripts=_scripts(params["bootstrap_scripts"]),
        job=_job(params["job"]),
        only_v2=without_none({option: params[option] for option in V2_OPTIONS}),
        jobs=_jobs(params["jobs"] or []),
        shutdown_cluster=_shutdown(params),
        given=params,
    )
    # The type of the cluster that is there says what other names mean.
    if desired.type or {group.name.lower() for group in desired.groups} <= set(ROLES):
        desired = desired.of_kind(None)
    return desired


def _check_policies_and_scripts(params: Params) -> None:
    policies = [group["auto_scaling_policy"] for group in params["node_groups"] or ()]
    given = list(filter(None, policies))
    if not given and not params["bootstrap_scripts"]:
        return
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._options import policy_limits

    limits.check(policy_limits.OF_CLUSTER, params)
    for policy in given:
        policy_limits.check_policy(policy, "node_groups[].auto_scaling_policy")


def component_names(given: t.Sequence[t.Any] | None) -> tuple[str, ...] | None:
    """Names, given as such, as objects of a request or as those of a result."""
    if given is None:
        return None
    names = [_component_name(item) for item in given]
    if not all(isinstance(name, str) and name for name in names):
        raise OptionError("components", "each is a name, or an object with component_name or name")
    return tuple(t.cast("list[str]", names))


def _component_name(item: t.Any) -> t.Any:
    if isinstance(item, dict):
        return item.get("component_name", item.get("name"))
    return item


def _tags(given: t.Mapping[str, t.Any] | None) -> dict[str, str] | None:
    if given is None:
        return None
    return {str(key): "" if value is None else str(value) for key, value in given.items()}


def _scripts(given: t.Sequence[Params] | None) -> tuple[dict[str, t.Any], ...] | None:
    if given is None:
        return None
    limits.check_unique("name", given, "bootstrap_scripts")
    return tuple(without_none(script) for script in given)


def _check_configs(given: t.Sequence[Params] | None) -> None:
    """:raises OptionError: a parameter has two values. No document says which one counts."""
    seen = set()
    for component in given or ():
        for config in component["configs"]:
            parameter = component["component"], config["file"], config["key"]
            if parameter in seen:
                raise OptionError(
                    f"component_configs[{component['component']}].configs",
                    f"{config['key']} in {config['file']} is given twice",
                )
            seen.add(parameter)


def _job(given: Params | None) -> DesiredJob | None:
    if given is None:
        return None
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job import (
        desired_job,
    )

    return desired_job(given, "job.")


def _jobs(given: t.Sequence[Params]) -> tuple[DesiredJob, ...]:
    """Several jobs, each of a name of its own: without ids, their names tell them apart."""
    if not given:
        return ()
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job import (
        desired_job,
    )

    limits.check_unique("name", given, "jobs")
    return tuple(desired_job(params, f"jobs[{params['name']}].") for params in given)


def _shutdown(params: Params) -> bool:
    if params["shutdown_cluster"] and not params["jobs"]:
        raise OptionError("shutdown_cluster", "it needs jobs; for one job use job.shutdown_cluster")
    return bool(params["shutdown_cluster"])
