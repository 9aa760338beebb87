# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The tasks that are tried: what is there before, what is asked for, what must be the end."""

from __future__ import annotations

import dataclasses
import functools
import json
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.cluster import (
    desired_cluster,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.cluster_creation import (
    creation_request,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.mrs_agency_mapping import (
    AgencyMappingTask,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.mrs_auto_scaling_policy import (  # noqa: E501
    AutoScalingPolicyTask,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.mrs_cluster import ClusterTask
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.mrs_cluster_scale import (
    ScaleTask,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.mrs_component import (
    ComponentTask,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.mrs_data_connection import (
    DataConnectionTask,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.mrs_job import JobTask
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.run import Task
from ansible_collections.huaweicloud.mrs.tests.faults.scene import Scene
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import options as checked
from mrs_simulator.settings import Settings
from mrs_simulator.state.resources import Cluster, Host, Job, Store

Json = dict[str, t.Any]

#: Each appears in options only; none may appear in a result, an error or a warning.
CANARIES = ("Canary[A+d/1%", "Canary+R/o:t%2", "Canary-Word-3")
PLACES: dict[str, Json] = {
    "otc": {"region_name": "eu-de", "availability_zone": "eu-de-02"},
    "hwc": {"region_name": "cn-north-4", "availability_zone": "ae04cf9d61544df3806a3feeb401b204"},
}
JOB: Json = {
    "name": "wordcount",
    "job_type": "mapreduce",
    "jar_path": "s3a://etl/wc.jar",
    "arguments": "wordcount @password=Canary-Word-3",
    "input": "s3a://etl/in/",
    "output": "s3a://etl/out/",
}
OTHER_JOB: Json = {**JOB, "output": "s3a://etl/out-2/"}
_VOLUMES: Json = {"data_volume_type": "SATA", "data_volume_size": 600, "data_volume_count": 1}
TASK_NODE: Json = {"size": "c6.4xlarge.4.linux.mrs", **_VOLUMES}


#: A cluster whose jobs API v2 takes.
OF_V2: Json = {"version": "MRS 3.2.0-LTS.2", "components": ["Hadoop", "Spark2x"]}


def output_of(job: Job) -> str:
    """Where an execution writes.

    That tells the jobs here from each other; for API v2 it is the last argument.
    """
    spec = job.spec
    return str(spec["output"] if "output" in spec else spec["arguments"][-1])


def was_cancelled(job: Job) -> bool:
    """It was asked to end, and did before it was over by itself."""
    return job.cancelled_at is not None and job.cancelled_at < job.ends_at


def _group(name: str, count: int) -> Json:
    return {
        "name": name,
        "count": count,
        "size": "c6.4xlarge.4.linux.mrs",
        "root_volume_type": "SATA",
        "root_volume_size": 480,
        **_VOLUMES,
    }


def cluster_options(flavor: str, core: int = 3, task: int | None = None, **more: t.Any) -> Json:
    """Options of mrs_cluster for the cluster etl."""
    groups = [_group("master", 2), _group("core", core)]
    return {
        "name": "etl",
        "version": "MRS 2.1.0",
        "vpc_id": "6d2f1c8a-52d5-4d2b-9a4e-0b7c3f1d9e55",
        "vpc_name": "vpc-data",
        "subnet_id": "b1e6a7f0-0c35-4f18-8d7a-6a2f7c0e4d31",
        "subnet_name": "subnet-etl",
        "admin_password": CANARIES[0],
        "root_password": CANARIES[1],
        "components": ["Hadoop", "Spark"],
        "node_groups": groups if task is None else [*groups, _group("task", task)],
        **{key: value for key, value in PLACES[flavor].items() if key != "region_name"},
        **more,
    }


#: The zone by its name, which API v2 wants.
ZONES = {"otc": "eu-de-02", "hwc": "cn-north-4a"}


def _own_group(name: str, count: int, *roles: str) -> Json:
    return {**_group(name, count), "assigned_roles": list(roles)}


def custom_options(
    flavor: str, data: int = 3, edge: int = 1, roles: tuple[str, ...] = (), **more: t.Any
) -> Json:
    """Options of mrs_cluster for the cluster etl, as a custom one, which API v2 creates."""
    return {
        "name": "etl",
        "type": "custom",
        "version": "MRS 3.3.0-LTS.1",
        "template": "mgmt_control_combined_v2",
        "vpc_name": "vpc-data",
        "subnet_name": "subnet-etl",
        "availability_zone": ZONES[flavor],
        "admin_password": CANARIES[0],
        "root_password": CANARIES[1],
        "components": ["Hadoop", "ZooKeeper"],
        "node_groups": [
            _own_group("master", 3, "NameNode:2,3", "ResourceManager:2,3", "quorumpeer"),
            _own_group("data", data, "DataNode", "NodeManager", *roles),
            _own_group("edge", edge, "NodeManager"),
        ],
        **more,
    }


def mixed_options(flavor: str, streaming: int = 3, analysis: int = 3, **more: t.Any) -> Json:
    """The same as a mixed one."""
    given = custom_options(flavor, type="mixed", **more)
    return {
        **{key: value for key, value in given.items() if key != "template"},
        "components": ["Hadoop", "Kafka", "ZooKeeper"],
        "node_groups": [
            _group("master", 2),
            _group("core_node_analysis_group", analysis),
            _group("core_node_streaming_group", streaming),
        ],
    }


KINDS: dict[str, type[Task]] = {
    "mrs_agency_mapping": AgencyMappingTask,
    "mrs_auto_scaling_policy": AutoScalingPolicyTask,
    "mrs_data_connection": DataConnectionTask,
    "mrs_cluster": ClusterTask,
    "mrs_cluster_scale": ScaleTask,
    "mrs_component": ComponentTask,
    "mrs_job": JobTask,
}
#: Modules that can do nothing without their cluster.
NEED_CLUSTER = (
    "mrs_agency_mapping",
    "mrs_auto_scaling_policy",
    "mrs_cluster_scale",
    "mrs_component",
)


@dataclasses.dataclass(frozen=True)
class Operation:
    """A task.

    C(given), C(other): its options, and those of a rival that wants something else, by flavor.
    C(start): what is there before. C(wanted): what must be there in the end: clusters of the name,
    nodes, tags, jobs of each output.
    """

    module: str
    start: str
    given: t.Callable[[str], Json]
    other: t.Callable[[str], Json] | None = None
    clusters: int = 1
    nodes: t.Mapping[str, int] = dataclasses.field(default_factory=dict)
    tags: t.Mapping[str, str] | None = None
    jobs: int | None = None
    #: The job takes the cluster with it.
    transient: bool = False
    #: What is under way before, in the words of the record, and how many nodes come with it.
    under_way: tuple[str, ...] = ()
    #: What the cluster is called in the end, and components that it must have then.
    name: str = "etl"
    components: tuple[str, ...] = ()
    #: Open Telekom Cloud does not publish a call that it needs; here it is served all the same.
    unpublished: bool = False

    @property
    def own(self) -> str:
        """The group that mrs_cluster_scale brings to a count."""
        given = self.given("otc")
        return str(given["node_group"]) if given.get("count") is not None else ""

    def means(self, job: Job, flavor: str) -> bool:
        """A task that ends jobs, or waits for them, is about this one."""
        given = self.given(flavor)
        return (
            job.id in given["id"] if given.get("id") else job.spec["job_name"] == given.get("name")
        )

    @property
    def needs_cluster(self) -> bool:
        """Without a cluster it can do nothing, and is not done already."""
        return self.module in NEED_CLUSTER or (
            self.module == "mrs_job" and "state" not in self.given("otc")
        )

    @property
    def needs_its_cluster(self) -> bool:
        """It creates none where there is none."""
        return self.module != "mrs_cluster" or self.given("otc").get("id") is not None

    @property
    def kind(self) -> type[Task]:
        return KINDS[self.module]


def _cluster(**changes: t.Any) -> t.Callable[[str], Json]:
    return lambda flavor: cluster_options(flavor, **changes)


def _custom(**changes: t.Any) -> t.Callable[[str], Json]:
    return lambda flavor: custom_options(flavor, **changes)


def _mixed(**changes: t.Any) -> t.Callable[[str], Json]:
    return lambda flavor: mixed_options(flavor, **changes)


def _by_id(start: str, **options: t.Any) -> t.Callable[[str], Json]:
    """Options for the cluster that is there, by its id."""

    def given(flavor: str) -> Json:
        (cluster,) = store(start, flavor).clusters
        return {"id": cluster, **options}

    return given


def sick_node(cluster: Cluster) -> Host:
    return [host for host in cluster.hosts if host.group == "data"][1]


def _without_the_sick(flavor: str) -> Json:
    (cluster,) = store("custom_sick", flavor).clusters.values()
    return {"cluster": "etl", "node_group": "data", "include_instances": [sick_node(cluster).id]}


def _fixed(**options: t.Any) -> t.Callable[[str], Json]:
    return lambda flavor: options


def _scale(group: str, **options: t.Any) -> t.Callable[[str], Json]:
    return _fixed(cluster="etl", node_group=group, **options)


def _component(name: str) -> t.Callable[[str], Json]:
    groups = [{"name": "data", "assigned_roles": [f"{name}Server"]}]
    return _fixed(cluster="etl", name=name, node_groups=groups)


def _policy(most: int) -> t.Callable[[str], Json]:
    plan = {
        "period_type": "daily",
        "start_time": "9:00",
        "end_time": "18:00",
        "min_capacity": 4,
        "max_capacity": most,
    }
    policy = {"auto_scaling_enable": True, "min_capacity": 3, "max_capacity": most}
    return _fixed(cluster="etl", node_group="data", policy={**policy, "resources_plans": [plan]})


def _mapping(group: str) -> t.Callable[[str], Json]:
    mapping = {
        "agency": "read-only",
        "agency_id": "9b2fa4b6",
        "identifier_type": "Group",
        "identifiers": [group],
    }
    return _fixed(cluster="etl", mappings=[mapping])


def _connection() -> t.Callable[[str], Json]:
    return _fixed(
        name="metadata",
        source_type="RDS_MYSQL",
        database="hivemeta",
        username="hive",
        password=CANARIES[0],
        rds_instance_id="3aa55f1cb4c34916869e1bd3c2a7ff10in01",
    )


def _job(**options: t.Any) -> t.Callable[[str], Json]:
    return _fixed(cluster="etl", **options)


def _jobs(state: str) -> t.Callable[[str], Json]:
    """Several jobs together, by their ids, without the bystander."""

    def given(flavor: str) -> Json:
        jobs = store("many", flavor).jobs.values()
        return {
            "cluster": "etl",
            "id": [each.id for each in jobs if each.spec["job_name"] != "bystander"],
            "state": state,
        }

    return given


#: What may be there before, and what may be under way there.
STARTS = ("nothing", "small", "large", "busy", "done", "ran", "many")
ON_ITS_WAY = ("starting", "growing", "shrinking", "leaving")
#: The jobs that are there; nobody asks for anything that has to do with the last one.
JOB_NAMES = {
    "ran": ["wordcount"],
    "busy": ["wordcount"],
    "done": ["wordcount"],
    "many": ["wordcount", "count-1", "count-2", "bystander"],
}

OPERATIONS: dict[str, Operation] = {
    "create": Operation(
        "mrs_cluster", "nothing", _cluster(), _cluster(core=4), nodes={"core": 3, "task": 0}
    ),
    "create_with_tags": Operation(
        "mrs_cluster",
        "nothing",
        _cluster(task=2, tags={"env": "prod"}),
        nodes={"core": 3, "task": 2},
        tags={"env": "prod"},
    ),
    "create_with_job": Operation(
        "mrs_cluster",
        "nothing",
        _cluster(job=JOB),
        _cluster(job=OTHER_JOB),
        nodes={"core": 3},
        jobs=1,
    ),
    "create_with_job_of_v2": Operation(
        "mrs_cluster",
        "nothing",
        _cluster(job={**JOB, "sync_iam_user": True}, **OF_V2),
        nodes={"core": 3},
        jobs=1,
    ),
    "create_and_shut_down": Operation(
        "mrs_cluster",
        "nothing",
        _cluster(job={**JOB, "shutdown_cluster": True}),
        clusters=0,
        jobs=1,
        transient=True,
    ),
    "grow_core": Operation(
        "mrs_cluster", "small", _cluster(core=5), _cluster(core=6), nodes={"core": 5, "task": 0}
    ),
    "grow_both": Operation(
        "mrs_cluster", "small", _cluster(core=4, task=2), nodes={"core": 4, "task": 2}
    ),
    "shift": Operation(
        "mrs_cluster", "large", _cluster(core=6, task=1), nodes={"core": 6, "task": 1}
    ),
    "grow_and_tag": Operation(
        "mrs_cluster",
        "small",
        _cluster(core=5, tags={"env": "prod", "team": "data"}),
        _cluster(core=5, tags={"env": "test"}),
        nodes={"core": 5},
        tags={"env": "prod", "team": "data"},
    ),
    "tag": Operation(
        "mrs_cluster",
        "large",
        _cluster(core=5, tags={"env": "prod"}),
        nodes={"core": 5},
        tags={"env": "prod"},
    ),
    "scale_out_core": Operation(
        "mrs_cluster_scale",
        "small",
        _scale("core", count=5),
        _scale("core", count=7),
        nodes={"core": 5},
    ),
    "scale_in_core": Operation(
        "mrs_cluster_scale",
        "large",
        _scale("core", count=3),
        _scale("core", count=4),
        nodes={"core": 3},
    ),
    "scale_in_chosen": Operation(
        "mrs_cluster_scale",
        "large",
        _scale("core", include_instances=["core-leaves"]),
        nodes={"core": 4},
    ),
    "first_task_nodes": Operation(
        "mrs_cluster_scale",
        "small",
        _scale("task", count=2, task_node=TASK_NODE),
        nodes={"core": 3, "task": 2},
    ),
    "scale_in_task": Operation(
        "mrs_cluster_scale", "large", _scale("task", count=0), nodes={"core": 5, "task": 0}
    ),
    "run_job": Operation("mrs_job", "small", _job(**JOB), _job(**OTHER_JOB), jobs=1),
    "run_job_that_has_run": Operation("mrs_job", "ran", _job(**JOB), jobs=0),
    "run_job_by_v2": Operation(
        "mrs_job",
        "v2",
        _job(**JOB, sync_iam_user=True),
        _job(**OTHER_JOB, sync_iam_user=True),
        jobs=1,
    ),
    "cancel_job_by_v2": Operation(
        "mrs_job", "v2_busy", _job(name="wordcount", state="cancelled"), jobs=1
    ),
    "delete_job_by_v2": Operation(
        "mrs_job", "v2_busy", _job(name="wordcount", state="absent"), jobs=0
    ),
    "change_with_job_that_has_run": Operation(
        "mrs_cluster", "ran", _cluster(core=4, job=JOB), nodes={"core": 4}, jobs=0
    ),
    "grow_and_run_job": Operation(
        "mrs_cluster", "small", _cluster(core=5, job=JOB), nodes={"core": 5}, jobs=1
    ),
    "cancel_job": Operation("mrs_job", "busy", _job(name="wordcount", state="cancelled"), jobs=1),
    "delete_job": Operation("mrs_job", "busy", _job(name="wordcount", state="absent"), jobs=0),
    "delete_record": Operation("mrs_job", "done", _job(name="wordcount", state="absent"), jobs=0),
    "wait_for_jobs": Operation("mrs_job", "many", _jobs("present"), jobs=3),
    "cancel_jobs": Operation("mrs_job", "many", _jobs("cancelled"), jobs=3),
    "delete_jobs": Operation("mrs_job", "many", _jobs("absent"), jobs=0),
    "create_while_starting": Operation("mrs_cluster", "starting", _cluster(), nodes={"core": 3}),
    "grow_while_starting": Operation(
        "mrs_cluster", "starting", _cluster(core=5), nodes={"core": 5}
    ),
    "create_while_leaving": Operation(
        "mrs_cluster", "leaving", _cluster(), nodes={"core": 3}, under_way=("delete",)
    ),
    "delete_while_starting": Operation(
        "mrs_cluster", "starting", _fixed(name="etl", state="absent"), clusters=0
    ),
    "run_job_while_starting": Operation("mrs_job", "starting", _job(**JOB), jobs=1),
    "grow_while_growing": Operation(
        "mrs_cluster", "growing", _cluster(core=5), nodes={"core": 5}, under_way=("resize",)
    ),
    "tag_while_growing": Operation(
        "mrs_cluster",
        "growing",
        _cluster(core=4, tags={"env": "prod"}),
        nodes={"core": 4},
        tags={"env": "prod"},
        under_way=("resize",),
    ),
    "scale_while_growing": Operation(
        "mrs_cluster_scale",
        "growing",
        _scale("core", count=5),
        nodes={"core": 5},
        under_way=("resize",),
    ),
    "scale_to_what_is_coming": Operation(
        "mrs_cluster_scale",
        "growing",
        _scale("core", count=4),
        nodes={"core": 4},
        under_way=("resize",),
    ),
    "scale_back_while_growing": Operation(
        "mrs_cluster_scale",
        "growing",
        _scale("core", count=3),
        nodes={"core": 3},
        under_way=("resize",),
    ),
    "scale_while_shrinking": Operation(
        "mrs_cluster_scale",
        "shrinking",
        _scale("core", count=5),
        nodes={"core": 5},
        under_way=("resize",),
    ),
    "delete_while_growing": Operation(
        "mrs_cluster",
        "growing",
        _fixed(name="etl", state="absent"),
        clusters=0,
        under_way=("resize",),
    ),
    "delete_while_leaving": Operation(
        "mrs_cluster",
        "leaving",
        _fixed(name="etl", state="absent"),
        clusters=0,
        under_way=("delete",),
    ),
    "run_job_while_growing": Operation(
        "mrs_job", "growing", _job(**JOB), jobs=1, under_way=("resize",)
    ),
    "create_custom": Operation(
        "mrs_cluster",
        "nothing",
        _custom(tags={"env": "prod"}),
        _custom(data=4),
        nodes={"data": 3, "edge": 1},
        tags={"env": "prod"},
        unpublished=True,
    ),
    "create_with_steps": Operation(
        "mrs_cluster",
        "nothing",
        _custom(jobs=[{**JOB, "sync_iam_user": True}]),
        nodes={"data": 3, "edge": 1},
        jobs=1,
        unpublished=True,
    ),
    "create_with_steps_and_shut_down": Operation(
        "mrs_cluster",
        "nothing",
        _custom(jobs=[{**JOB, "sync_iam_user": True}], shutdown_cluster=True),
        clusters=0,
        jobs=1,
        transient=True,
        unpublished=True,
    ),
    "grow_custom": Operation(
        "mrs_cluster",
        "custom",
        _custom(data=5, edge=2),
        _custom(data=6),
        nodes={"data": 5, "edge": 2},
        unpublished=True,
    ),
    "shift_custom": Operation(
        "mrs_cluster",
        "custom_large",
        _custom(data=6, edge=1, tags={"env": "prod"}),
        nodes={"data": 6, "edge": 1},
        tags={"env": "prod"},
        unpublished=True,
    ),
    "expand": Operation(
        "mrs_cluster_scale",
        "custom",
        _scale("data", count=5),
        _scale("data", count=7),
        nodes={"data": 5},
        unpublished=True,
    ),
    "shrink": Operation(
        "mrs_cluster_scale",
        "custom_large",
        _scale("data", count=3),
        _scale("data", count=4),
        nodes={"data": 3},
        unpublished=True,
    ),
    "shrink_to_nothing": Operation(
        "mrs_cluster_scale",
        "custom_large",
        _scale("edge", count=0),
        nodes={"data": 5, "edge": 0},
        unpublished=True,
    ),
    "add_component": Operation(
        "mrs_component",
        "custom",
        _component("Hive"),
        _component("Flink"),
        components=("Hive",),
        unpublished=True,
    ),
    "set_policy": Operation(
        "mrs_auto_scaling_policy", "custom", _policy(9), _policy(8), unpublished=True
    ),
    "map_agencies": Operation(
        "mrs_agency_mapping", "custom", _mapping("ops"), _mapping("data"), unpublished=True
    ),
    "tag_nodes": Operation("mrs_cluster", "custom", _custom(default_tags=True), unpublished=True),
    "connect": Operation("mrs_data_connection", "small", _connection(), unpublished=True),
    "disconnect": Operation(
        "mrs_data_connection",
        "connected",
        _fixed(name="metadata", state="absent"),
        unpublished=True,
    ),
    "rename": Operation(
        "mrs_cluster",
        "small",
        _by_id("small", name="nightly"),
        _by_id("small", name="weekly"),
        name="nightly",
    ),
    "rename_and_change_custom": Operation(
        "mrs_cluster",
        "custom",
        lambda flavor: {
            **_by_id("custom")(flavor),
            **custom_options(
                flavor,
                data=4,
                components=["Hadoop", "ZooKeeper", "Hive"],
                roles=("HiveServer", "MetaStore", "WebHCat"),
                tags={"env": "prod"},
            ),
            "name": "nightly",
        },
        nodes={"data": 4, "edge": 1},
        tags={"env": "prod"},
        name="nightly",
        components=("Hive",),
        unpublished=True,
    ),
    "shrink_chosen": Operation(
        "mrs_cluster_scale",
        "custom_sick",
        _without_the_sick,
        nodes={"data": 4, "edge": 2},
        unpublished=True,
    ),
    "grow_mixed": Operation(
        "mrs_cluster",
        "mixed",
        _mixed(streaming=5),
        _mixed(streaming=6),
        nodes={"core_node_analysis_group": 3, "core_node_streaming_group": 5},
        unpublished=True,
    ),
    "delete": Operation("mrs_cluster", "small", _fixed(name="etl", state="absent"), clusters=0),
    "delete_busy": Operation("mrs_cluster", "busy", _fixed(name="etl", state="absent"), clusters=0),
}


#: Seconds that what is under way takes in all.
TAKES = 120.0
#: What the cluster of each start is like: core and task nodes.
_SIZES = {"large": (5, 2), "shrinking": (5, None)}
#: The clusters that API v2 creates.
BY_V2: dict[str, t.Callable[[str], Json]] = {
    "custom": _custom(),
    "custom_large": _custom(data=5, edge=2),
    "custom_sick": _custom(data=5, edge=2),
    "mixed": _mixed(),
}


@functools.cache
def store(start: str, flavor: str) -> Store:
    """What is there before, made through the API. C(clock_offset): when it was ready."""
    settings = Settings(flavor=flavor, seed=99, speed=10.0, speed_job=1000.0)  # type: ignore[arg-type]
    scene = Scene(settings)
    if start == "starting":
        scene.world.settings.speed = TAKES
    if start in BY_V2:
        _make_by_v2(scene, flavor, start)
    elif start in ("v2", "v2_busy"):
        _make(scene, flavor, 3, None, **OF_V2)
    elif start != "nothing":
        _make(scene, flavor, *_SIZES.get(start, (3, None)))
    if start not in ("nothing", "starting", *BY_V2):
        _fill(scene, start)
    scene.simulator.catch_up(scene.director.time)
    found: Store = scene.world.store
    found.clock_offset = scene.director.time
    return found


def _make(scene: Scene, flavor: str, core: int, task: int | None, **more: t.Any) -> None:
    """Ask for the cluster."""
    options = cluster_options(flavor, core, task, tags={"old": "yes"}, **more)
    body = json.dumps(_creation(options, flavor)).encode()
    assert scene.call("POST", "run-job-flow", body) == 200


def _make_by_v2(scene: Scene, flavor: str, start: str) -> None:
    given = {
        **BY_V2[start](flavor),
        "region_name": PLACES[flavor]["region_name"],
        "tags": {"old": "yes"},
    }
    wanted = desired_cluster(checked("mrs_cluster", **given))
    assert (
        scene.call("POST", "clusters", json.dumps(creation_request(wanted, None)).encode(), "v2")
        == 200
    )
    scene.director.time += 100
    (cluster,) = scene.living("etl")
    if start == "custom_sick":
        sick_node(cluster).status = "SHUTOFF"


def _fill(scene: Scene, start: str) -> None:
    """Once the cluster runs: names for its nodes, its jobs, and what is under way."""
    scene.director.time += 100
    (cluster,) = scene.living("etl")
    for host in cluster.hosts:
        if host.kind == "core":
            host.name = f"core-{host.id}"
    next(host for host in reversed(cluster.hosts) if host.kind == "core").name = "core-leaves"
    if start == "v2_busy":
        _submit_by_v2(scene, cluster)
    for name in JOB_NAMES.get(start, ()):
        job = {
            "cluster_id": cluster.id,
            "job_type": 1,
            "job_name": name,
            "jar_path": JOB["jar_path"],
        }
        if start == "ran":
            job |= {key: JOB[key] for key in ("arguments", "input", "output")}
        assert scene.call("POST", "jobs/submit-job", json.dumps(job).encode()) == 200
        scene.director.time += 5000 if start in ("done", "ran") else 100
    scene.world.settings.speed, scene.world.settings.lag = TAKES, 0.0
    if start == "connected":
        _connect(scene)
    if start == "leaving":
        assert scene.call("DELETE", f"clusters/{cluster.id}") == 204
    if start in ("growing", "shrinking"):
        way = "scale_out" if start == "growing" else "scale_in"
        parameters = {"scale_type": way, "node_id": "node_orderadd", "instances": 1}
        body = json.dumps({"parameters": parameters}).encode()
        assert scene.call("PUT", f"cluster_infos/{cluster.id}", body) == 200
    scene.director.time += 1.0


def _submit_by_v2(scene: Scene, cluster: Cluster) -> None:
    """Users are synchronised before, which Huawei Cloud wants."""
    path = f"clusters/{cluster.id}"
    scene.world.settings.serve_unpublished = True
    assert scene.call("POST", f"{path}/iam-sync-user", b'{"is_all_sync": true}', "v2") == 202
    scene.director.time += 1000
    job = {
        "job_name": "wordcount",
        "job_type": "MapReduce",
        "arguments": [JOB["jar_path"], "wordcount", JOB["input"], "s3a://etl/out-9/"],
    }
    body = json.dumps(job).encode()
    assert scene.call("POST", f"{path}/job-executions", body, "v2") in (200, 202)
    scene.director.time += 100


def _connect(scene: Scene) -> None:
    source = {"db_name": "d", "user_name": "u", "password": "p", "rds_instance_id": "i"}
    connector = {
        "connector_name": "metadata",
        "source_type": "RDS_MYSQL",
        "source_info": json.dumps(source),
    }
    scene.world.settings.serve_unpublished = True
    body = json.dumps({"data_connector": connector}).encode()
    assert scene.call("POST", "data-connectors", body, "v2") == 201


def _creation(options: Json, flavor: str) -> Json:
    given = {**options, "region_name": PLACES[flavor]["region_name"]}
    body: Json = creation_request(desired_cluster(checked("mrs_cluster", **given)), None)
    return body
