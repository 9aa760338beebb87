# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options of the roles are those of the modules, handed on, and told truly."""

from __future__ import annotations

import importlib
import re
import typing as t
from pathlib import Path

import pytest
import yaml
from jinja2.nativetypes import NativeEnvironment

from ansible_collections.huaweicloud.mrs.plugins.module_utils._argspec import AUTH
from ansible_collections.huaweicloud.mrs.plugins.module_utils._transient_job.options import (
    TRANSIENT_JOB,
)

ROOT = Path(__file__).resolve().parents[2]
Dict = dict[str, t.Any]

# Options of the modules that the role itself decides on.
TRANSIENT_CLUSTER_DECIDED = {
    "state",
    "id",
    "scale",
    "recreate",
    "purge_tags",
    "job",
    "jobs",
    "shutdown_cluster",
    "wait",
    "wait_for",
    "wait_timeout",
}
#: Variables of the role simulator whose defaults depend on the machine.
COMPUTED = {"simulator_directory", "simulator_python"}
TRANSIENT_JOB_DECIDED = {"state", "id", "cluster", "wait", "wait_timeout", "poll_interval", *AUTH}


def of_module(name: str) -> Dict:
    """The argument spec of a module."""
    module = importlib.import_module(f"ansible_collections.huaweicloud.mrs.plugins.modules.{name}")
    return t.cast(Dict, module.SPEC.arguments()["argument_spec"])


def of_role(name: str) -> Dict:
    """The options of a role."""
    text = (ROOT / "roles" / name / "meta" / "argument_specs.yml").read_text("utf-8")
    return t.cast(Dict, yaml.safe_load(text)["argument_specs"]["main"]["options"])


def tasks_of(path: str) -> list[Dict]:
    """All tasks of a file, those in blocks, too."""

    def flat(tasks: list[Dict]) -> list[Dict]:
        inner = [
            part
            for task in tasks
            for word in ("block", "rescue", "always")
            for part in task.get(word, [])
        ]
        return tasks + (flat(inner) if inner else [])

    return flat(yaml.safe_load((ROOT / "roles" / path).read_text("utf-8")))


def given_to(module: str, path: str) -> list[set[str]]:
    """The options that each task of the file gives to the module."""
    return [
        set(task[f"huaweicloud.mrs.{module}"])
        for task in tasks_of(path)
        if f"huaweicloud.mrs.{module}" in task
    ]


def shape(options: Dict) -> Dict:
    """What has to agree between a module and a role; the roles leave suboptions to the modules."""
    return {
        name: (
            option.get("type", "str"),
            option.get("elements"),
            option.get("choices"),
            bool(option.get("no_log")),
        )
        for name, option in options.items()
    }


def shape_of_module(options: Dict) -> Dict:
    """What the module has more than one form for, the role leaves to it.

    It merges tags, so they are a dictionary.
    """
    found = {}
    for name, (kind, elements, choices, secret) in shape(options).items():
        other_words = name in ("type", "safe_mode", "job_type", "file_action")
        found[name] = (
            "raw" if other_words and kind == "bool" else kind,
            elements,
            None if other_words else choices,
            secret,
        )
    return found


def without(options: Dict, names: set[str]) -> Dict:
    return {name: option for name, option in options.items() if name not in names}


@pytest.mark.parametrize(
    ("suboptions", "options"),
    [
        (of_role("cluster")["mrs_clusters"]["options"], of_module("mrs_cluster")),
        (of_role("cluster")["mrs_cluster_defaults"]["options"], of_module("mrs_cluster")),
        (
            of_role("transient_job")["transient_job_cluster"]["options"],
            without(of_module("mrs_cluster"), TRANSIENT_CLUSTER_DECIDED),
        ),
        (
            of_role("transient_job")["transient_job_jobs"]["options"],
            without(of_module("mrs_job"), TRANSIENT_JOB_DECIDED),
        ),
    ],
    ids=["mrs_clusters", "mrs_cluster_defaults", "transient_job_cluster", "transient_job_jobs"],
)
def test_a_role_takes_the_options_of_the_module(suboptions: Dict, options: Dict) -> None:
    assert shape(suboptions) == shape_of_module(options)


def test_every_option_of_a_cluster_is_handed_to_the_module() -> None:
    assert given_to("mrs_cluster", "cluster/tasks/bring.yml") == [set(of_module("mrs_cluster"))]


def test_every_option_of_a_night_is_handed_to_the_module() -> None:
    assert given_to("mrs_transient_job", "transient_job/tasks/main.yml") == [
        set(of_module("mrs_transient_job"))
    ]


def test_what_is_no_option_of_the_whole_task_describes_the_cluster() -> None:
    text = (ROOT / "roles" / "transient_job" / "vars" / "main.yml").read_text("utf-8")
    of_task = set(yaml.safe_load(text)["__transient_job_of_task"])
    assert of_task == {*AUTH, "poll_interval"}
    described = set(of_role("transient_job")["transient_job_cluster"]["options"]) - of_task
    assert described == set(TRANSIENT_JOB.options["cluster"]["options"]) - {"region_name"}
    assert set(of_role("transient_job")["transient_job_jobs"]["options"]) == set(
        TRANSIENT_JOB.options["jobs"]["options"]
    )


@pytest.mark.parametrize(
    ("module", "path"),
    [
        ("mrs_host_info", "cluster/tasks/add_hosts.yml"),
        ("mrs_transient_job", "transient_job/tasks/main.yml"),
    ],
)
def test_every_task_of_the_roles_logs_in_as_the_cluster_says(module: str, path: str) -> None:
    (given,) = given_to(module, path)
    assert set(AUTH) <= given


@pytest.mark.parametrize("role", ["cluster", "simulator", "transient_job"])
def test_a_role_is_documented_with_what_every_ansible_shows(role: str) -> None:
    text = (ROOT / "roles" / role / "meta" / "argument_specs.yml").read_text("utf-8")
    shown = {"short_description", "description", "version_added", "author", "seealso", "options"}
    assert set(yaml.safe_load(text)["argument_specs"]["main"]) <= shown


@pytest.mark.parametrize("role", ["cluster", "simulator", "transient_job"])
def test_the_defaults_of_a_role_are_those_that_it_documents(role: str) -> None:
    text = (ROOT / "roles" / role / "defaults" / "main.yml").read_text("utf-8")
    documented = {
        name: option["default"] for name, option in of_role(role).items() if "default" in option
    }
    assert without(yaml.safe_load(text), COMPUTED) == documented


@pytest.mark.parametrize("role", ["cluster", "simulator", "transient_job"])
def test_the_readme_of_a_role_has_each_of_its_variables(role: str) -> None:
    text = (ROOT / "roles" / role / "README.md").read_text("utf-8")
    assert [name for name in of_role(role) if f"| `{name}` |" not in text] == []


@pytest.mark.parametrize("role", ["cluster", "simulator", "transient_job"])
def test_the_readme_of_a_role_has_the_defaults_of_its_variables(role: str) -> None:
    text = (ROOT / "roles" / role / "README.md").read_text("utf-8")
    told = {
        name: yaml.safe_load(default)
        for name, default in re.findall(r"^\| `(\w+)` \| `([^`]*)` \|", text, re.M)
    }
    documented = {name: option.get("default") for name, option in of_role(role).items()}
    assert {name: documented[name] for name in told.keys() - COMPUTED} == without(told, COMPUTED)
    assert {name for name, default in documented.items() if default is not None} <= told.keys()


def test_no_loop_runs_over_definitions_since_items_are_shown_with_their_passwords() -> None:
    files = (ROOT / "roles" / "cluster" / "tasks").glob("*.yml")
    loops = [
        task["loop"]
        for path in files
        for task in tasks_of(f"cluster/tasks/{path.name}")
        if "loop" in task
    ]
    assert loops
    assert [loop for loop in loops if "definitions" in str(loop)] == []


def test_the_playbook_of_a_job_hands_on_every_option_of_it_and_knows_no_other() -> None:
    (play,) = yaml.safe_load((ROOT / "playbooks" / "run_job.yml").read_text("utf-8"))
    check, run = play["tasks"][:2]
    options = set(of_module("mrs_job")) - TRANSIENT_JOB_DECIDED
    assert set(check["vars"]["__mrs_job_options"]) == options
    assert set(run["huaweicloud.mrs.mrs_job"]) - TRANSIENT_JOB_DECIDED == options


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ({"mrs_cluster_name": "etl"}, ["etl"]),
        ({"mrs_cluster_names": ["etl", "lake"]}, ["etl", "lake"]),
        ({"mrs_cluster_names": "etl"}, ["etl"]),
        ({"mrs_cluster_names": "etl, lake"}, ["etl", "lake"]),
        ({"mrs_cluster_names": ""}, [""]),  # which the role refuses
    ],
)
def test_the_playbook_that_deletes_takes_names_as_a_text_as_well(
    given: Dict, names: list[str]
) -> None:
    (play,) = yaml.safe_load((ROOT / "playbooks" / "delete_cluster.yml").read_text("utf-8"))
    expression = play["tasks"][0]["vars"]["mrs_clusters"]
    found = NativeEnvironment().from_string(expression).render(given)
    assert found == [{"name": name, "state": "absent"} for name in names]


RUNNING: Dict = {"state": "running", "scale_state": None}
FINE: Dict = {"changed": False, "failed": False, "cluster": RUNNING}
NEW: Dict = {"changed": True, "failed": False, "cluster": None}
BAD: Dict = {"changed": False, "failed": True, "cluster": None}
GONE: Dict = {"changed": False, "failed": False, "cluster": None}


@pytest.mark.parametrize(
    ("looks", "wanted", "places"),
    [
        ([NEW, FINE, NEW], [{}, {}, {}], [0, 2]),
        ([BAD, NEW, BAD, FINE, NEW], [{}] * 5, [1, 4]),
        ([BAD, BAD], [{}, {"wait_for": "manager"}], []),
        ([FINE, {**FINE, "cluster": {**RUNNING, "state": "starting"}}], [{}, {}], [1]),
        ([FINE, {**FINE, "cluster": {**RUNNING, "scale_state": "scaling-out"}}], [{}, {}], [1]),
        ([FINE] * 3, [{"job": {"name": "a"}}, {"job": None}, {"jobs": [{"name": "a"}]}], [0, 2]),
        ([FINE] * 3, [{"wait_for": word} for word in ("running", "manager", "components")], [1, 2]),
        ([GONE, FINE], [{"wait_for": "components"}, {"wait_for": None, "jobs": []}], []),
    ],
)
def test_the_role_works_on_those_that_differ_and_those_that_are_waited_for(
    looks: list[Dict], wanted: list[Dict], places: list[int]
) -> None:
    variables = yaml.safe_load((ROOT / "roles/cluster/vars/main.yml").read_text("utf-8"))
    given = {
        "__cluster_look": {"clusters": looks},
        "__cluster_definitions": wanted,
        "__cluster_scaling": variables["__cluster_scaling"],
    }
    expression = NativeEnvironment().from_string(variables["__cluster_to_do"])
    assert expression.render(given) == places


def of_role_cluster(name: str, given: Dict) -> t.Any:
    """A variable of the role, worked out from others."""
    variables = yaml.safe_load((ROOT / "roles/cluster/vars/main.yml").read_text("utf-8"))
    return NativeEnvironment().from_string(variables[name]).render({**variables, **given})


@pytest.mark.parametrize(
    ("definitions", "pause", "longest"),
    [
        ([{}], 10, 4200),
        ([{"poll_interval": 1, "wait_timeout": 60}, {}], 1, 4200),
        ([{"poll_interval": "0.5", "wait_timeout": "7200"}], 0.5, 7800),
        ([{"poll_interval": None, "wait_timeout": None}], 10, 4200),
        ([{"poll_interval": 0}, {"poll_interval": -3}, {"poll_interval": 20}], 10, 4200),
    ],
)
def test_the_role_waits_at_intervals_that_are_some(
    definitions: list[Dict], pause: float, longest: int
) -> None:
    given = {"__cluster_definitions": definitions}
    found = [of_role_cluster(f"__cluster_{name}", given) for name in ("pause", "longest")]
    assert found == [pause, longest]


UNKNOWN = (
    "What was done is not known, and it may still go on. Look at the cluster, or run this again."
)


@pytest.mark.parametrize(
    ("outcome", "message"),
    [
        ({"failed": False, "actions": [], "msg": "x"}, None),
        ({"failed": True, "actions": [], "finished": 1, "msg": "It is failed."}, "It is failed."),
        ({"failed": True, "error": {}, "finished": 1, "msg": "a: no."}, "a: no."),
        ({"failed": True, "finished": 0, "msg": "x"}, f"It did not end in time. {UNKNOWN}"),
        ({"failed": True, "msg": "No such file."}, f"No such file. {UNKNOWN}"),
    ],
)
def test_a_background_task_without_a_result_may_have_done_something(
    outcome: Dict, message: str | None
) -> None:
    given = {
        "__cluster_look": {"clusters": [NEW]},
        "__cluster_outcomes": {"0": outcome},
        "__cluster_identities": [["etl"]],
        "__cluster_definitions": [{}],
    }
    (result,) = of_role_cluster("__cluster_results", given)
    assert (result["name"], result["actions"], result["msg"]) == ("etl", [], message)
