# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the service says of each version: components, roles, flavors and limits (service_v2 2).

Which components there are is documented (catalog.py); what stands here beside the names had to be
chosen, in the shape of the vendor's SDK.
"""

from __future__ import annotations

import typing as t

from mrs_simulator.cloud import catalog
from mrs_simulator.cloud.zones import Zone

#: As v1.1 counts them in its detail (service_v1 4.2).
TYPES = ("ANALYSIS", "STREAMING", "MIXED", "CUSTOM")

#: Chosen: without these a component cannot be installed.
NEEDS: dict[str, tuple[str, ...]] = {
    "Alluxio": ("Hadoop",),
    "Doris": (),
    "Flink": ("Hadoop",),
    "HBase": ("Hadoop", "ZooKeeper"),
    "HetuEngine": ("Hadoop", "Hive"),
    "Hive": ("Hadoop", "DBService"),
    "Impala": ("Hadoop", "Hive"),
    "Kafka": ("ZooKeeper",),
    "Loader": ("Hadoop", "DBService"),
    "Oozie": ("Hadoop", "DBService"),
    "Presto": ("Hadoop", "Hive"),
    "Ranger": ("DBService",),
    "Spark": ("Hadoop",),
    "Spark2x": ("Hadoop",),
    "Sqoop": ("Hadoop",),
    "Tez": ("Hadoop",),
}
#: Roles of the components. Those of Hadoop, ZooKeeper, DBService, Ranger and of the ones that the
#: service installs by itself stand in a layout of 3.5.0-LTS (service_v2 3.2), the rest is chosen.
ROLES: dict[str, tuple[str, ...]] = {
    "Hadoop": (
        "NameNode", "Zkfc", "JournalNode", "DataNode", "HttpFS", "ResourceManager", "NodeManager",
        "JobHistoryServer", "TimelineServer",
    ),
    "ZooKeeper": ("quorumpeer",),
    "DBService": ("DBServer",),
    "Ranger": ("RangerAdmin", "UserSync", "TagSync"),
    "HBase": ("HMaster", "RegionServer", "ThriftServer"),
    "Hive": ("HiveServer", "MetaStore", "WebHCat"),
    "Spark": ("JobHistory2x", "JDBCServer2x", "SparkResource2x"),
    "Spark2x": ("JobHistory2x", "JDBCServer2x", "SparkResource2x"),
    "Flink": ("FlinkResource", "FlinkServer"),
    "Tez": ("TezUI",),
    "Kafka": ("Broker",),
    "Flume": ("FlumeServer", "MonitorServer"),
    "ClickHouse": ("ClickHouseServer", "ClickHouseBalancer"),
    "Hue": ("Hue",),
    "Loader": ("LoaderServer",),
    "Oozie": ("oozie",),
    "JobGateway": ("JobServer", "JobBalancer"),
    "HetuEngine": ("HSBroker", "HSConsole", "HSFabric"),
    "Impala": ("StateStore", "Catalog", "Impalad"),
    "Kudu": ("KuduMaster", "KuduTserver"),
}  # fmt: skip
#: What is on each cluster of MRS 3 and cannot be chosen, with its roles.
HIDDEN: dict[str, tuple[str, ...]] = {
    "Manager": ("OMSServer",),
    "KrbServer": ("KerberosServer", "KerberosAdmin", "KerberosClient"),
    "LdapServer": ("SlapdServer", "SlapdClient"),
    "meta": ("meta",),
}
#: Chosen: these cannot run where Kerberos authentication is on.
NOT_WITH_KERBEROS = ("Alluxio", "Kudu")
#: Roles whose nodes cannot be removed (the SDK names the constraint).
NO_SCALE_IN = ("NameNode", "JournalNode", "quorumpeer", "DBServer")

_SIZES = ("large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "16xlarge")
#: Chosen: what each zone sells. The last zone of a region does not sell the old ones.
_NEW = tuple(f"c6.{size}.{ratio}.linux.mrs" for size in _SIZES for ratio in (2, 4))
_OLD = (
    "c4.4xlarge.4.linux.mrs", "c3.4xlarge.2.linux.bigdata", "s1.large.linux.mrs",
    "s1.xlarge.linux.mrs",
)  # fmt: skip


def flavors(is_last: bool) -> tuple[str, ...]:
    return _NEW if is_last else (*_NEW, *_OLD)


def flavors_by_zone(zones: t.Sequence[Zone]) -> dict[Zone, tuple[str, ...]]:
    return {zone: flavors(zone == zones[-1]) for zone in zones}


def types_of(version: str) -> tuple[str, ...]:
    """Mixed and custom clusters came with MRS 3 (service_v2 3.1)."""
    return TYPES if catalog.is_version_3(version) else TYPES[:2]


def components_by_type(version: str) -> dict[str, tuple[str, ...]]:
    """What can be chosen, by the type of the cluster."""
    return {kind: catalog.components_of(version, TYPES.index(kind)) for kind in types_of(version)}


def needs(name: str, known: t.Collection[str]) -> list[str]:
    """What a component needs of those that the version has."""
    return [need for need in NEEDS.get(name, ()) if need in known]
