# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the service sells: versions, their components, and flavors (service_v1 3.1, 3.2 and 3.5)."""

from __future__ import annotations

import re

from mrs_simulator.state.resources import CUSTOM, MIXED, STREAMING

_STREAMING: dict[str, tuple[str, ...]] = {
    "MRS 1.9.2": ("Kafka", "KafkaManager", "Storm", "Flume"),
    "MRS 2.1.0": ("Kafka", "Storm", "Flume"),
}
_STREAMING_3 = ("Kafka", "Flume", "ZooKeeper", "Ranger")
#: What a mixed cluster has besides the analysis components (service_v1 3.5, service_v2 2).
_MIXED_MORE = ("Kafka", "Flume")
_NOT_MIXED = {"MRS 3.5.0-LTS": ("Loader",)}

#: Components that each version documents for an analysis cluster. 1.9.2: api-mrs/mrs_02_0091 of
#: 2022-11. For 2.1.0 only the names with their IDs are documented (OTC, detail of a cluster, 2021):
#: what is streaming in 1.9.2 counts as streaming in it, the rest as analysis.
_ANALYSIS: dict[str, tuple[str, ...]] = {
    "MRS 3.5.0-LTS": (
        "Hadoop", "Spark", "HBase", "Hive", "Flink", "Oozie", "ZooKeeper", "HetuEngine", "Ranger",
        "Tez", "Guardian", "JobGateway", "MemArtsCC", "Sqoop", "Kudu", "Impala", "Loader",
    ),
    "MRS 3.3.0-LTS.1": (
        "Hadoop", "Spark", "HBase", "Hive", "Loader", "Flink", "Oozie", "ZooKeeper", "HetuEngine",
        "Ranger", "Tez", "JobGateway", "Guardian", "Doris",
    ),
    "MRS 3.2.0-LTS.2": (
        "Hadoop", "Spark2x", "HBase", "Hive", "Hue", "Loader", "Flink", "Oozie", "ZooKeeper",
        "HetuEngine", "Ranger", "Tez",
    ),
    "MRS 3.1.2-LTS.6": (
        "Hadoop", "Spark2x", "HBase", "Hive", "Hue", "HetuEngine", "Loader", "Flink", "Oozie",
        "ZooKeeper", "Ranger", "Tez",
    ),
    "MRS 2.1.0": (
        "Hadoop", "Spark", "HBase", "Hive", "Hue", "Loader", "Tez", "Presto", "Flink",
    ),
    "MRS 1.9.2": (
        "Presto", "Hadoop", "Spark", "HBase", "OpenTSDB", "Hive", "Hue", "Loader", "Tez", "Flink",
        "Alluxio", "Ranger",
    ),
}  # fmt: skip

#: Those of a custom cluster (service_v1 3.5, service_v2 2).
_CUSTOM: dict[str, tuple[str, ...]] = {
    "MRS 3.5.0-LTS": (
        "Hadoop", "Spark", "HBase", "Hive", "Kafka", "Flume", "Flink", "Oozie", "ZooKeeper",
        "HetuEngine", "Ranger", "Tez", "ClickHouse", "Guardian", "JobGateway", "MemArtsCC", "Sqoop",
        "Kudu", "Impala",
    ),
    "MRS 3.3.0-LTS": (
        "CDL", "Hadoop", "Spark", "HBase", "Hive", "IoTDB", "Loader", "Kafka", "Flume", "Flink",
        "Oozie", "ZooKeeper", "HetuEngine", "Ranger", "Tez", "ClickHouse", "Guardian", "JobGateway",
    ),
    "MRS 3.3.0-LTS.1": (
        "Hadoop", "Spark", "HBase", "Hive", "Loader", "Kafka", "Flume", "Flink", "Oozie",
        "ZooKeeper", "HetuEngine", "Ranger", "Tez", "ClickHouse", "Guardian", "JobGateway", "Doris",
    ),
    "MRS 3.2.0-LTS.2": (
        "CDL", "Hadoop", "Spark2x", "HBase", "Hive", "Hue", "Loader", "IoTDB", "Kafka", "Flume",
        "Flink", "Oozie", "ZooKeeper", "HetuEngine", "Ranger", "Tez", "ClickHouse",
    ),
    "MRS 3.1.2-LTS.6": (
        "Hadoop", "Spark2x", "HBase", "Hive", "Hue", "HetuEngine", "Loader", "Kafka", "Flume",
        "Flink", "Oozie", "ZooKeeper", "Ranger", "Tez", "ClickHouse",
    ),
}  # fmt: skip
#: The service adds it by itself; Huawei Cloud takes it by name as well (the acceptance tests of
#: Terraform, service_v2 2).
_BY_ITSELF = ("DBService",)

_OLDER = (
    "1.2", "1.3.0", "1.5.0", "1.6.3", "1.7.2", "1.8.10", "3.0.2", "3.1.0", "3.1.2-LTS.3", "3.1.5",
    "3.2.0-LTS.1", "3.3.0-LTS",
)  # fmt: skip
VERSIONS: tuple[str, ...] = (*_ANALYSIS, *(f"MRS {number}" for number in _OLDER))

_NUMBERS: dict[str, str] = {
    "Hadoop": "001", "HBase": "002", "Hive": "003", "Spark": "004", "Spark2x": "004",
    "Flink": "006", "Kafka": "008", "Flume": "009", "Loader": "013", "Hue": "014", "Oozie": "015",
    "DBService": "018", "ZooKeeper": "019", "Ranger": "022", "HetuEngine": "023", "Tez": "024",
    "ClickHouse": "025", "IoTDB": "026", "CDL": "028", "JobGateway": "033", "Guardian": "034",
    "Doris": "035", "Storm": "036",
}  # fmt: skip
#: New in 3.5.0-LTS; their numbers are not documented.
_NEW = dict.fromkeys(("MemArtsCC", "Sqoop", "Kudu", "Impala"), "000")
#: The order in which older versions count their components (OTC documents of 2021, detail of a
#: cluster); the two last of 1.9.2 are printed there with two digits.
_COUNTED = (
    "Hadoop", "Spark", "HBase", "Hive", "Hue", "Kafka", "Storm", "Loader", "Flume",
)  # fmt: skip
_OLD_NUMBERS: dict[str, dict[str, str]] = {
    version: {name: f"{number:03d}" for number, name in enumerate(_COUNTED[:count], start=1)} | more
    for version, count, more in (
        ("MRS 1.3.0", 7, {}),
        ("MRS 1.6.3", 9, {}),
        ("MRS 1.7.2", 9, {}),
        (
            "MRS 1.9.2",
            9,
            {"Presto": "010", "KafkaManager": "011", "Flink": "012", "OpenTSDB": "013",
             "Alluxio": "015", "Ranger": "16", "Tez": "17"},
        ),
        ("MRS 2.1.0", 9, {"Tez": "010", "Presto": "011", "Flink": "014"}),
    )
}  # fmt: skip

#: Not documented, so only for looks: versions of the parts of MRS 3.2.0.
_PART_VERSIONS: dict[str, str] = {
    "Hadoop": "3.3.1",
    "Hive": "3.1.0",
    "Spark2x": "3.1.1",
    "HBase": "2.4.14",
    "ZooKeeper": "3.6.3",
}

_FLAVOR = re.compile(r"[a-z]+\d+[a-z]*\.(?:(\d*)x)?large(?:\.(\d+))?\.linux\.(?:mrs|bigdata)")

#: Components that the service adds by itself on MRS 3 (service_v1 3.5).
ADDED = ("DBService", "ZooKeeper")


def part_version(name: str) -> str:
    """The version of a component."""
    return _PART_VERSIONS.get(name, "1.0.0")


def is_version_3(version: str) -> bool:
    return version.startswith("MRS 3.")


def has_api_v2(version: str) -> bool:
    """API v2 reaches clusters from MRS 1.9.2 on (service_v1 0.3)."""
    return [int(number) for number in re.findall(r"\d+", version)[:3]] >= [1, 9, 2]


def components_of(version: str, cluster_type: int) -> tuple[str, ...]:
    """Names that may be asked for.

    The lists of older versions are not documented, so those take every name that is known.
    """
    every = tuple(_OLD_NUMBERS.get(version, _NUMBERS))
    if cluster_type == CUSTOM:
        return (*_CUSTOM.get(version, every), *_BY_ITSELF)
    if version not in _ANALYSIS:
        return every
    if cluster_type == STREAMING:
        return _STREAMING.get(version, _STREAMING_3)
    if cluster_type == MIXED:
        missing = _NOT_MIXED.get(version, ())
        analysis = [name for name in _ANALYSIS[version] if name not in missing]
        return (*analysis, *_STREAMING.get(version, _MIXED_MORE), *_BY_ITSELF)
    return _ANALYSIS[version]


def installed(version: str, asked: list[str]) -> list[dict[str, str]]:
    """The component list of the answers.

    It has what was asked for and, on MRS 3.x, what the service adds by itself.
    """
    names = list(asked)
    if is_version_3(version):
        names += [name for name in ADDED if name not in names]
    numbers = _OLD_NUMBERS.get(version, {**_NUMBERS, **_NEW})
    return [
        {
            "componentId": f"{version}_{numbers[name]}",
            "componentName": name,
            "componentVersion": part_version(name),
            "componentDesc": f"{name} of {version}",
        }
        for name in names
    ]


def machine(flavor: str) -> tuple[int, int] | None:
    """vCPUs and memory (GB) of a flavor such as C(c6.4xlarge.4.linux.mrs), or None."""
    match = _FLAVOR.fullmatch(flavor)
    if match is None:
        return None
    if match.group(1) is None:
        cpus = 2
    else:
        cpus = 4 * int(match.group(1) or 1)
    return cpus, cpus * int(match.group(2) or 4)
