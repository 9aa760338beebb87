# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the body of a creation by API v2 must look like (service_v2 3)."""

from __future__ import annotations

import functools
import re
import typing as t

from mrs_simulator.base.checks import (
    NAME,
    SCRIPT_NAME,
    Check,
    anything,
    flag,
    items,
    one_of,
    record,
    refuse,
    text,
    whole_number,
)
from mrs_simulator.state.resources import ANALYSIS, CUSTOM, MIXED, STREAMING
from mrs_simulator.wire.v1 import rules as v1

TYPES = {"ANALYSIS": ANALYSIS, "STREAMING": STREAMING, "MIXED": MIXED, "CUSTOM": CUSTOM}
SAFE_MODES = {"SIMPLE": 0, "KERBEROS": 1}
MAX_OWN_GROUPS = 9
#: The groups that each type must have, and those that it may have; custom ones are free.
NEEDED: dict[int, tuple[str, ...]] = {
    ANALYSIS: (v1.CORE_GROUPS[ANALYSIS],),
    STREAMING: (v1.CORE_GROUPS[STREAMING],),
    MIXED: tuple(v1.CORE_GROUPS.values()),
}
POSSIBLE: dict[int, tuple[str, ...]] = {
    ANALYSIS: (v1.TASK_GROUPS[ANALYSIS],),
    STREAMING: (v1.TASK_GROUPS[STREAMING],),
    MIXED: tuple(v1.TASK_GROUPS.values()),
}
#: Two characters at least by Open Telekom Cloud (V13).
CLUSTER_NAME = {"otc": re.compile(r"[A-Za-z0-9_-]{2,64}"), "hwc": NAME}
TEMPLATE = re.compile(r"mgmt_control_(?:combined|separated|data_separated)_v(?:2|4|4\.1)")
ROLE = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}(?::[1-9]\d{0,2}(?:,[1-9]\d{0,2})*|\[[1-9]\d?\])?")
_GROUP_NAME = re.compile(r"[A-Za-z0-9_]{1,64}")
_LOG_URI = re.compile(r"obs://.+", re.DOTALL)
_STAGES = tuple(
    f"{when}_{what}"
    for when in ("BEFORE", "AFTER")
    for what in ("COMPONENT_FIRST_START", "SCALE_IN", "SCALE_OUT")
)
_PLAIN = text(low=1, high=255)

#: The same rule for both clouds and all passwords of API v2 (service_v2 3.1 and 5.3).
password = v1.password(8, 26, "!@$%^-_=+[{}]:,./?", 4)


@functools.cache
def create_cluster(flavor: str, strict: bool) -> Check:
    """The body; rules that span several fields are in creation.py."""
    return record(_required(flavor, strict), _optional(strict), strict=strict)


@functools.cache
def run_job_flow(flavor: str, strict: bool) -> Check:
    """The same without add_jobs and smn_notify, and with steps (service_v2 3.6)."""
    optional = _optional(strict)
    del optional["add_jobs"], optional["smn_notify"]
    step = record({"job_execution": anything}, strict=strict)
    required = {**_required(flavor, strict), "steps": items(step, low=1, high=100)}
    return record(required, {**optional, "delete_when_no_steps": flag()}, strict=strict)


def _required(flavor: str, strict: bool) -> dict[str, Check]:
    return {
        "cluster_version": _PLAIN,
        "cluster_name": text(pattern=CLUSTER_NAME[flavor]),
        "cluster_type": text(choices=TYPES),
        "region": _PLAIN,
        "availability_zone": _PLAIN,
        "vpc_name": _PLAIN,
        "components": text(low=1, high=4096),
        "safe_mode": text(choices=SAFE_MODES),
        "manager_admin_password": password,
        "login_mode": text(choices=("PASSWORD", "KEYPAIR")),
        "node_groups": items(node_group(flavor, strict), low=1, high=1 + MAX_OWN_GROUPS),
    }


def _optional(strict: bool) -> dict[str, Check]:
    """Terraform sends vpc_id as well."""
    tag = record({"key": anything, "value": anything}, strict=strict)
    topic = record({"topic_urn": _PLAIN}, {"subscription_name": _PLAIN}, strict=strict)
    return {
        "vpc_id": text(high=64),
        "subnet_id": text(high=255),
        "subnet_name": text(high=255),
        "charge_info": charge_info(strict),
        "external_datasources": items(external_datasource(strict), high=100),
        "security_groups_id": text(high=1024),
        "auto_create_default_security_group": flag(also_text=True),
        "node_root_password": password,
        "node_keypair_name": _PLAIN,
        "enterprise_project_id": text(high=64),
        "eip_address": text(high=64),
        "eip_id": text(high=64),
        "mrs_ecs_default_agency": text(high=64),
        "template_id": text(high=128),
        "tags": items(tag, high=10, code="12005001"),
        "log_collection": one_of(0, 1),
        "bootstrap_scripts": items(bootstrap_script(strict), high=100),
        "add_jobs": items(anything),
        "log_uri": text(high=1024, pattern=_LOG_URI),
        "component_configs": items(component_config(strict), high=100),
        "smn_notify": topic,
        "is_dec_project": flag(),
    }


def node_group(flavor: str, strict: bool) -> Check:
    """data_volume is needed although no document says so, even where its count is 0 (V12)."""
    limits = v1.LIMITS[flavor]
    volume = record(
        {"type": text(choices=limits.volume_types), "size": whole_number(10, 32768)}, strict=strict
    )
    return record(
        {
            "group_name": text(pattern=_GROUP_NAME),
            "node_num": whole_number(0, 500),
            "node_size": _PLAIN,
            "data_volume": volume,
        },
        {
            "root_volume": volume,
            "data_volume_count": whole_number(0, 20),
            "charge_info": charge_info(strict),
            "auto_scaling_policy": v1.auto_scaling_policy(strict),
            "assigned_roles": items(role, high=200),
        },
        strict=strict,
    )


def role(value: t.Any, name: str) -> None:
    """C(Role), C(Role:1,2) (on these nodes of the group) or C(Role[9]) (so many on each node)."""
    text(low=1, high=512)(value, name)
    if ROLE.fullmatch(value) is None:
        refuse(name, "is not a role, as NameNode, NameNode:1,2 or EsNode[9]")


def charge_info(strict: bool) -> Check:
    return record(
        {"charge_mode": text(choices=("prePaid", "postPaid"))},
        {
            "period_type": text(choices=("day", "month", "year")),
            "period_num": whole_number(1, 9),
            "is_auto_pay": flag(),
            "is_auto_renew": flag(),
        },
        strict=strict,
    )


def external_datasource(strict: bool) -> Check:
    kinds = ("hive_metastore", "hive_data", "hbase_data", "ranger_data")
    sources = ("LOCAL_DB", "RDS_POSTGRES", "RDS_MYSQL", "gaussdb-mysql")
    optional: dict[str, Check] = {
        "connector_id": text(high=64),
        "component_name": text(high=64),
        "role_type": text(choices=kinds),
        "source_type": text(choices=sources),
    }
    return record({}, optional, strict=strict)


def bootstrap_script(strict: bool) -> Check:
    """Which nodes there are is checked in creation.py: here they are the names of node groups."""
    return record(
        {
            "name": text(pattern=SCRIPT_NAME),
            "uri": text(high=1023, pattern=v1.SCRIPT_URI),
            "nodes": items(text(low=1, high=64), low=1),
            "fail_action": text(choices=("continue", "errorout")),
        },
        {
            "parameters": text(high=65535),
            "active_master": flag(),
            "before_component_start": flag(),
            "action_stages": items(text(choices=_STAGES)),
        },
        strict=strict,
    )


def component_config(strict: bool) -> Check:
    config = record({"key": _PLAIN, "value": text(), "config_file_name": _PLAIN}, strict=strict)
    return record({"component_name": _PLAIN, "configs": items(config)}, strict=strict)
