# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What each body must look like, cloud by cloud (service_v1 3, 4.4, 5.1, 8 and 9)."""

from __future__ import annotations

import functools
import re
import typing as t
from dataclasses import dataclass

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

FORBIDDEN = ";|&><'$"
MASTER = "master_node_default_group"
CORE_GROUPS = {0: "core_node_analysis_group", 1: "core_node_streaming_group"}
TASK_GROUPS = {0: "task_node_analysis_group", 1: "task_node_streaming_group"}
CORE_ALIAS = "core_node_default_group"
TASK_ALIAS = "task_node_default_group"
OTC_ZONES = ("eu-de-01", "eu-de-02", "eu-de-03", "eu-nl-01", "eu-nl-02", "eu-nl-03")

_HEX32 = re.compile(r"[0-9a-f]{32}")
_TIME = re.compile(r"([01]?\d|2[0-3]):[0-5]\d")
_JOB_PATH = re.compile(r"(?:/|s3a://|obs://).*", re.DOTALL)
SCRIPT_URI = re.compile(r"(?:s3a://|obs://|/).*\.sh", re.DOTALL)
_COMPARISONS = ("LT", "GT", "LTOE", "GTOE")
_METRIC_VALUE = re.compile(r"\d{1,10}(\.\d{1,2})?")


@dataclass(frozen=True)
class Limits:
    """Where the two clouds document different things."""

    volume_types: tuple[str, ...]
    max_disks: int
    max_arguments: int
    argument_forbidden: str
    admin_password: tuple[int, int, str]
    root_password: tuple[int, int, str]
    min_classes: int
    optional_volumes: bool


_PLAIN_SPECIAL = "!@$%^-_=+[{}]:,./?"
_WIDE_SPECIAL = "`~!@#$%^&*()-_=+\\|[{}];:'\",<.>/? "
LIMITS: dict[str, Limits] = {
    "otc": Limits(
        ("SATA", "SAS", "SSD"),
        10,
        2047,
        FORBIDDEN,
        (8, 32, _WIDE_SPECIAL),
        (8, 26, _PLAIN_SPECIAL),
        3,
        False,
    ),
    "hwc": Limits(
        ("SATA", "SAS", "SSD", "GPSSD"),
        20,
        150000,
        FORBIDDEN + '!"\\',
        (8, 26, _PLAIN_SPECIAL),
        (8, 26, _PLAIN_SPECIAL),
        4,
        True,
    ),
}


def password(low: int, high: int, special: str, classes: int) -> Check:
    """The rules of service_v1 3.6; the message never holds the value."""

    def check(value: t.Any, name: str) -> None:
        if not isinstance(value, str) or not low <= len(value) <= high:
            refuse(name, f"must be a string of {low} to {high} characters")
        kinds = {_kind(character, special) for character in value}
        if "other" in kinds:
            refuse(name, "has characters that are not allowed")
        if len(kinds) < classes:
            refuse(name, f"must have characters of at least {classes} kinds")

    return check


def _kind(character: str, special: str) -> str:
    if not character.isascii():
        return "other"
    if character.islower():
        return "lower"
    if character.isupper():
        return "upper"
    if character.isdigit():
        return "digit"
    return "special" if character in special else "other"


def data_size(value: t.Any, name: str) -> None:
    """100 to 32000 GB; the two ends have error codes of their own."""
    whole_number(-(2**31), 2**31 - 1)(value, name)
    if value < 100:
        refuse(name, "must be at least 100", "12000141")
    if value > 32000:
        refuse(name, "must be at most 32000", "12000142")


@functools.cache
def create_cluster(flavor: str, strict: bool) -> Check:
    """The body of run-job-flow (service_v1 3.1); creation.py has the rules between fields."""
    limits = LIMITS[flavor]
    zones = text(choices=OTC_ZONES) if flavor == "otc" else text(pattern=_HEX32)

    def zone(value: t.Any, name: str) -> None:
        if not (isinstance(value, str) and _HEX32.fullmatch(value)):
            zones(value, name)

    plain = text(low=1, high=255)
    required: dict[str, Check] = {
        "billing_type": one_of_billing,
        "data_center": plain,
        "available_zone_id": zone,
        "cluster_name": text(pattern=NAME),
        "cluster_version": plain,
        "safe_mode": one_of(0, 1),
        "component_list": items(component(strict), low=1, high=100),
        "vpc": plain,
        "vpc_id": plain,
    }
    optional: dict[str, Check] = {
        "subnet_id": text(high=255),
        "subnet_name": text(high=255),
        "security_groups_id": text(high=255),
        "enterprise_project_id": text(high=64),
        "tags": items(
            record({"key": anything, "value": anything}, strict=strict), high=10, code="12005001"
        ),
        "cluster_type": one_of(0, 1),
        "login_mode": one_of(0, 1),
        "cluster_master_secret": password(*limits.root_password, limits.min_classes),
        "node_public_cert_name": plain,
        "log_collection": one_of(0, 1),
        "node_groups": items(node_group(flavor, strict), low=1, high=5),
        "task_node_groups": items(task_group(flavor, strict), high=1),
        "add_jobs": items(add_job(flavor, strict), high=1),
        "bootstrap_scripts": items(bootstrap_script(flavor, strict), high=100),
        **flat_parameters(flavor),
    }
    admin = {"cluster_admin_secret": password(*limits.admin_password, limits.min_classes)}
    if flavor == "otc":
        mandatory = {name: optional.pop(name) for name in ("subnet_id", "subnet_name")}
        return record({**required, **mandatory, **admin}, optional, strict=strict)
    return record(required, {**optional, **admin}, strict=strict)


def one_of_billing(value: t.Any, name: str) -> None:
    if value != 12 or isinstance(value, (bool, float)):
        refuse(name, "must be 12", "12000053")


def component(strict: bool) -> Check:
    plain = text(high=255)
    extra = {"component_id": plain, "component_version": plain, "component_desc": plain}
    return record({"component_name": text(low=1, high=64)}, extra, strict=strict)


def node_group(flavor: str, strict: bool) -> Check:
    limits = LIMITS[flavor]
    volumes: dict[str, Check] = {
        "root_volume_size": whole_number(10, 32768, also_text=True),
        "root_volume_type": text(choices=limits.volume_types),
        "data_volume_type": text(choices=limits.volume_types),
        "data_volume_count": whole_number(0, limits.max_disks),
        "data_volume_size": data_size,
    }
    required: dict[str, Check] = {
        "group_name": text(choices=(MASTER, *CORE_GROUPS.values(), *TASK_GROUPS.values())),
        "node_num": whole_number(0, 500),
        "node_size": text(low=1, high=255),
    }
    policy = {"auto_scaling_policy": auto_scaling_policy(strict)}
    if limits.optional_volumes:
        return record(required, {**volumes, **policy}, strict=strict)
    return record({**required, **volumes}, policy, strict=strict)


def task_group(flavor: str, strict: bool) -> Check:
    """An entry of task_node_groups (service_v1 3.4)."""
    limits = LIMITS[flavor]
    return record(
        {
            "node_num": whole_number(0, 500),
            "node_size": text(low=1, high=255),
            "data_volume_type": text(choices=limits.volume_types),
            "data_volume_count": whole_number(0, limits.max_disks),
            "data_volume_size": data_size,
        },
        {"auto_scaling_policy": auto_scaling_policy(strict)},
        strict=strict,
    )


def flat_parameters(flavor: str) -> dict[str, Check]:
    """Section 3.3 without the task groups."""
    limits = LIMITS[flavor]
    volume_type = text(choices=limits.volume_types)
    return {
        "master_node_num": one_of(1, 2),
        "master_node_size": text(low=1, high=255),
        "core_node_num": whole_number(1, 500),
        "core_node_size": text(low=1, high=255),
        "master_data_volume_type": volume_type,
        "master_data_volume_size": data_size,
        "master_data_volume_count": one_of(1),
        "core_data_volume_type": volume_type,
        "core_data_volume_size": data_size,
        "core_data_volume_count": whole_number(1, limits.max_disks),
        "volume_type": volume_type,
        "volume_size": data_size,
    }


def job_fields(flavor: str) -> dict[str, Check]:
    """What submit-job and add_jobs share (service_v1 3.7, 5.1)."""
    limits = LIMITS[flavor]
    location = text(high=1023, forbidden=FORBIDDEN)

    def place(value: t.Any, name: str) -> None:
        location(value, name)
        if value and _JOB_PATH.fullmatch(value) is None:
            refuse(name, "must start with / or s3a://")

    return {
        "jar_path": place,
        "arguments": text(high=limits.max_arguments, forbidden=limits.argument_forbidden),
        "input": place,
        "output": place,
        "job_log": place,
        "hive_script_path": place,
        "file_action": text(choices=("", "import", "export")),
        "hql": text(high=65535),
    }


@functools.cache
def submit_job(flavor: str, strict: bool) -> Check:
    required: dict[str, Check] = {
        "job_type": whole_number(1, 7),
        "job_name": text(pattern=NAME),
        "cluster_id": text(low=1, high=64),
    }
    return record(
        required, {**job_fields(flavor), "is_protected": flag(), "is_public": flag()}, strict=strict
    )


def add_job(flavor: str, strict: bool) -> Check:
    required: dict[str, Check] = {
        "job_type": whole_number(1, 7),
        "job_name": text(pattern=NAME),
        "submit_job_once_cluster_run": flag(),
    }
    return record(required, {**job_fields(flavor), "shutdown_cluster": flag()}, strict=strict)


def bootstrap_script(flavor: str, strict: bool) -> Check:
    optional: dict[str, Check] = {
        "parameters": text(high=65535),
        "active_master": flag(),
        "before_component_start": flag(),
    }
    if flavor == "hwc":
        stages = ("COMPONENT_FIRST_START", "SCALE_IN", "SCALE_OUT")
        names = [f"{when}_{what}" for when in ("BEFORE", "AFTER") for what in stages]
        optional["action_stages"] = items(text(choices=names))
        optional["execute_need_sudo_root"] = flag()
    return record(
        {
            "name": text(pattern=SCRIPT_NAME),
            "uri": text(high=1023, pattern=SCRIPT_URI),
            "nodes": items(text(choices=("master", "core", "task")), low=1),
            "fail_action": text(choices=("continue", "errorout")),
        },
        optional,
        strict=strict,
    )


@functools.cache
def resize(flavor: str, strict: bool) -> Check:
    """The body of PUT cluster_infos/{id} (service_v1 4.4)."""
    limits = LIMITS[flavor]
    volumes: dict[str, Check] = {
        "data_volume_type": text(choices=limits.volume_types),
        "data_volume_count": whole_number(1 if flavor == "otc" else 0, limits.max_disks),
        "data_volume_size": data_size,
    }
    size: dict[str, Check] = {"node_size": text(low=1, high=255)}
    nodes = items(text(low=1, high=128), high=500)
    parameters = record(
        {
            "scale_type": text(choices=("scale_in", "scale_out")),
            "node_id": text(choices=("node_orderadd",)),
            "instances": whole_number(1, 500, also_text=True),
        },
        {
            "order_id": text(high=64),
            "node_group": text(choices=("", CORE_ALIAS, TASK_ALIAS)),
            "task_node_info": record({**size, **volumes}, strict=strict)
            if flavor == "hwc"
            else record(size, volumes, strict=strict),
            "skip_bootstrap_scripts": flag(also_text=True),
            "scale_without_start": flag(),
            "server_ids": nodes,
            "include_instances": nodes,
            "exclude_instances": nodes,
        },
        strict=strict,
    )
    optional: dict[str, Check] = {
        "service_id": text(high=64),
        "plan_id": text(high=64),
        "previous_values": record({}, {"plan_id": text(high=64)}, strict=strict),
    }
    return record({"parameters": parameters}, optional, strict=strict)


def scaling_plan(strict: bool, **more: Check) -> Check:
    """An item of resources_plans; C(more): what only API v2 has."""
    capacity = whole_number(0, 500, also_text=True)
    return record(
        {
            "period_type": text(choices=("daily",)),
            "start_time": text(pattern=_TIME),
            "end_time": text(pattern=_TIME),
            "min_capacity": capacity,
            "max_capacity": capacity,
        },
        more,
        strict=strict,
    )


def scaling_rule(strict: bool) -> Check:
    """An item of rules."""
    trigger = record(
        {
            "metric_name": text(low=1, high=64),
            "metric_value": metric_value,
            "evaluation_periods": whole_number(1, 288),
        },
        {"comparison_operator": text(choices=_COMPARISONS)},
        strict=strict,
    )
    return record(
        {
            "name": text(pattern=NAME),
            "adjustment_type": text(choices=("scale_out", "scale_in")),
            "cool_down_minutes": whole_number(0, 10080),
            "scaling_adjustment": whole_number(1, 100),
            "trigger": trigger,
        },
        {"description": text(high=1024)},
        strict=strict,
    )


def auto_scaling_policy(strict: bool) -> Check:
    """The object of 8.2; rules that span several fields are in policies.py."""
    capacity = whole_number(0, 500, also_text=True)
    stages = [f"{when}_scale_{way}" for when in ("before", "after") for way in ("out", "in")]
    script = record(
        {
            "name": text(pattern=SCRIPT_NAME),
            "uri": text(high=1023, pattern=SCRIPT_URI),
            "nodes": items(text(low=1, high=64), low=1),
            "action_stage": text(choices=stages),
            "fail_action": text(choices=("continue", "errorout")),
        },
        {"parameters": text(high=65535), "active_master": flag(also_text=True)},
        strict=strict,
    )
    return record(
        {"auto_scaling_enable": flag(), "min_capacity": capacity, "max_capacity": capacity},
        {
            "resources_plans": items(scaling_plan(strict)),
            "rules": items(scaling_rule(strict)),
            "exec_scripts": items(script),
        },
        strict=strict,
    )


def metric_value(value: t.Any, name: str) -> None:
    """A whole number, or one with at most two decimals, mostly as text."""
    if (
        isinstance(value, bool)
        or not isinstance(value, (str, int, float))
        or _METRIC_VALUE.fullmatch(str(value)) is None
    ):
        refuse(name, "must be a number with at most two decimals")
