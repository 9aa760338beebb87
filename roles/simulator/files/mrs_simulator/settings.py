# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What can be set in the simulator, at its start or by PATCH /_simulator/settings."""

from __future__ import annotations

import dataclasses
import typing as t
from dataclasses import dataclass, field

Flavor = t.Literal["otc", "hwc"]

REGIONS: dict[str, str] = {"otc": "eu-de", "hwc": "cn-north-4"}

#: How the answers are spelled (service_v1 4.2, Q5 to Q13). "otc" and "hwc" speak as live answers
#: and clients of each cloud show it, and where nothing was seen as its documents say; "otc-tables"
#: follows the OTC tables exactly.
DIALECTS: dict[str, dict[str, t.Any]] = {
    "otc": {
        "cluster_wrapper": True,
        "job_wrapper": True,
        "group_keys": "pascal",
        "total_as_text": False,
        "type_as_text": False,
        "safe_mode_as_text": False,
        "data_volume_size_as_text": False,
        "tags_as_list": False,
        "bootstrap_key": "bootstrap_scripts",
        "manager_key": "mrsManagerFinish",
        "submit_times": "s",
        "list_full": False,
        "unset": "null",
        "catalog_with_project": False,
        "policies_wrapper": True,
        "sync_required": "kerberos",
        "sql_key": "sql_results",
    }
}
DIALECTS["hwc"] = {
    **DIALECTS["otc"],
    "job_wrapper": False,
    "bootstrap_key": "bootstrapScripts",
    "manager_key": "isMrsManagerFinish",
    "submit_times": "ms",
    "list_full": True,
    "catalog_with_project": True,
    "policies_wrapper": False,
    "sync_required": "every",
}
DIALECTS["otc-tables"] = {
    **DIALECTS["otc"],
    "cluster_wrapper": False,
    "group_keys": "camel",
    "total_as_text": True,
    "type_as_text": True,
    "safe_mode_as_text": True,
    "data_volume_size_as_text": True,
    "tags_as_list": True,
    "unset": "empty",
    "policies_wrapper": False,
    "sql_key": "sql-results",
}

CHOICES: dict[str, tuple[str, ...]] = {
    "group_keys": ("pascal", "camel"),
    "bootstrap_key": ("bootstrap_scripts", "bootstrapScripts"),
    "manager_key": ("mrsManagerFinish", "isMrsManagerFinish", "ismrsManagerFinish"),
    "submit_times": ("s", "ms"),
    "unset": ("null", "empty", "missing"),
    "error_shape": ("E1", "E2", "E3", "E6"),
    "next_creation": ("ok", "failed"),
    "next_scale": ("ok", "error"),
    "next_tag_switch": ("ok", "failed"),
    "next_component": ("ok", "failed"),
    "expand_result": ("succeeded", "success"),
    "steps": ("together", "in_turn"),
    "next_job": ("succeeded", "failed", "abnormal", "error", "unknown"),
    "unknown_cluster": ("12000003", "404"),
    "unknown_job": ("0176", "0201", "404"),
    "not_running_code": ("12000017", "12000012"),
    "expired_token_code": ("APIGW.0301", "12000001", "130000002"),
    "no_policy": ("empty", "MRS.00005016"),
    "next_submit": ("ok", "failed"),
    "sync_required": ("every", "kerberos", "no"),
    "sql_key": ("sql_results", "sql-results"),
    "warm_up_code": ("0056", "0202", "12000062"),
    "dialect": tuple(DIALECTS),
}

#: What the service reads from a copy that can be behind: see replica.py.
STALE = ("clusters", "cluster", "hosts", "jobs", "job", "connections")
QUOTAS = ("nodes", "vcpus", "memory_gb", "disks", "disk_gb")


class SettingError(ValueError):
    """A setting that does not exist, or a value it cannot have."""


@dataclass
class Settings:
    """All durations are in seconds.

    A C(speed_*) of None means C(speed), a C(lag) of None a tenth of the duration.

    C(clock_skew) is how far the clock that judges signatures runs ahead of the machine's.
    """

    flavor: Flavor = "otc"
    region: str = ""
    seed: int | None = None
    latency: float = 0.0
    token_ttl: float = 86400.0
    clock_skew: float = 0.0

    speed: float = 2.0
    speed_create: float | None = None
    speed_scale_out: float | None = None
    speed_scale_in: float | None = None
    speed_delete: float | None = None
    speed_job: float | None = None
    speed_cancel: float | None = None
    speed_sync: float | None = None
    speed_cleanup: float = 600.0
    lag: float | None = None
    tag_delay: float = 0.0
    sync_delay: float = 300.0
    warm_up: float = 0.0

    next_creation: str = "ok"
    next_scale: str = "ok"
    next_tag_switch: str = "ok"
    default_tags_as_text: bool = True
    next_component: str = "ok"
    expand_result: str = "succeeded"
    steps: str = "together"
    next_job: str = "succeeded"
    next_submit: str = "ok"
    failure_cause: str = "(MRS.104) Not enough resources."
    quotas: dict[str, int] = field(default_factory=dict)
    stale: dict[str, float] = field(default_factory=dict)
    min_root_volume: int = 480
    flat_root_volume: int = 480

    strict: bool = True
    require_content_type: bool = False
    v11_jobs_on_3x: bool = False
    serve_unpublished: bool = False
    limit_rates: bool = False
    warm_up_code: str = "0056"
    component_status: str = "GOOD"
    hdfs_files: int = 3
    manager_delay: float = 0.0
    part_of_job_name: bool = False
    reads_202: bool = True
    refuse_s3a: bool = False
    keep_deleted: bool = True
    delete_running_jobs: bool = False
    extra_versions: tuple[str, ...] = ()
    unknown_cluster: str = "12000003"
    unknown_job: str = "0176"
    not_running_code: str = "12000017"
    expired_token_code: str = "APIGW.0301"
    error_shape: str = "E1"
    catalog_type: str = "mrs"
    show_policy: bool = True
    no_policy: str = "empty"

    dialect: str = ""
    cluster_wrapper: bool = True
    job_wrapper: bool = True
    group_keys: str = "pascal"
    total_as_text: bool = False
    type_as_text: bool = False
    safe_mode_as_text: bool = False
    data_volume_size_as_text: bool = False
    tags_as_list: bool = False
    bootstrap_key: str = "bootstrap_scripts"
    manager_key: str = "mrsManagerFinish"
    submit_times: str = "s"
    list_full: bool = True
    unset: str = "null"
    catalog_with_project: bool = True
    policies_wrapper: bool = False
    sync_required: str = "kerberos"
    sql_key: str = "sql_results"

    def __post_init__(self) -> None:
        self.region = self.region or REGIONS[self.flavor]
        self.use_dialect(self.dialect or self.flavor)

    def use_dialect(self, name: str) -> None:
        self.dialect = name
        for key, value in DIALECTS[name].items():
            setattr(self, key, value)

    def duration(self, what: str) -> float:
        """Seconds that C(what) takes: create, scale_out, delete, job and so on."""
        value: float | None = getattr(self, f"speed_{what}")
        return self.speed if value is None else value

    def lag_of(self, what: str) -> float:
        """Seconds for which the old state still shows after a change was accepted."""
        return self.duration(what) / 10 if self.lag is None else self.lag

    def patch(self, changes: t.Mapping[str, t.Any]) -> None:
        """Change settings by name; all or none.

        :raises SettingError: an unknown name, or a value of the wrong type or out of its choices.
        """
        for name, value in changes.items():
            check_setting(name, value)
        if "dialect" in changes:
            self.use_dialect(changes["dialect"])
        for name, value in changes.items():
            setattr(self, name, tuple(value) if name == "extra_versions" else value)

    def document(self) -> dict[str, t.Any]:
        return dataclasses.asdict(self)


#: Settings that shape identities made at the start; changing them later would contradict what was
#: handed out.
FIXED = ("flavor", "region", "seed")
PATCHABLE: dict[str, str] = {
    f.name: str(f.type) for f in dataclasses.fields(Settings) if f.name not in FIXED
}


#: Settings that are a dictionary: their keys, and the kind of number of each.
NUMBERS_BY_NAME: dict[str, tuple[tuple[str, ...], str]] = {
    "quotas": (QUOTAS, "int"),
    "stale": (STALE, "float"),
}


def check_setting(name: str, value: t.Any) -> None:
    """:raises SettingError: the setting is unknown or cannot have this value."""
    if name not in PATCHABLE:
        raise SettingError(
            f"there is no setting {name!r}; there are: {', '.join(sorted(PATCHABLE))}"
        )
    if name in CHOICES and value not in CHOICES[name]:
        raise SettingError(f"{name} is one of {', '.join(CHOICES[name])}, not {value!r}")
    if not _fits(PATCHABLE[name], value):
        raise SettingError(f"{name} has the type {PATCHABLE[name]}, not the value {value!r}")
    if name in NUMBERS_BY_NAME:
        keys, kind = NUMBERS_BY_NAME[name]
        if not all(key in keys and _fits(kind, number) for key, number in value.items()):
            raise SettingError(f"{name} has numbers ({kind}) for {', '.join(keys)}")


def _fits(kind: str, value: t.Any) -> bool:
    base = kind.removesuffix(" | None")
    if value is None:
        return base != kind
    fits = FITS[base.partition("[")[0]]
    return fits(value)


def _is_number(value: t.Any, *kinds: type[int | float]) -> bool:
    return isinstance(value, kinds) and not isinstance(value, bool) and 0 <= value <= 1e9


def _are_texts(value: t.Any) -> bool:
    return isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value)


#: Whether a value is of a type, by the name of the type.
FITS: dict[str, t.Callable[[t.Any], bool]] = {
    "bool": lambda value: isinstance(value, bool),
    "int": lambda value: _is_number(value, int),
    "float": lambda value: _is_number(value, int, float),
    "tuple": _are_texts,
    "dict": lambda value: isinstance(value, dict),
    "str": lambda value: isinstance(value, str),
}
