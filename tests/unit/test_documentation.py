# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the modules say of themselves is true: options, examples, results and references."""

from __future__ import annotations

import functools
import importlib
import re
import runpy
import typing as t
from pathlib import Path

import pytest
import yaml
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.huaweicloud.mrs.plugins.module_utils._argspec import AUTH
from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.sources import from_environment
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.cluster_request_v1 import (  # noqa: E501
    NEEDED,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.agency_mapping import (
    AgencyMapping,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.data_connection import (
    DataConnection,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.host import Host
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.job_execution import (
    JobExecution,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.scaling_policy import (
    PolicyOfGroup,
    ScalingPolicy,
)

ROOT = Path(__file__).resolve().parents[2]
NAMESPACE = "ansible_collections.huaweicloud.mrs.plugins"
MODULES = sorted(path.stem for path in (ROOT / "plugins" / "modules").glob("mrs_*.py"))
INFO_MODULES = [name for name in MODULES if name.endswith("_info")]

# Suboptions that no example can show, since none would run against every cloud.
NOT_SHOWN = {
    "mrs_cluster": {
        "job.hql",  # these are shown with mrs_job
        "job.main_class",
        "job.options",
        "job.properties",
        "job.sync_iam_user",
        "job.iam_sync_timeout",
        "job.file_action",  # the service refuses distcp jobs together with a creation
        *(  # as in job, and with mrs_job
            f"jobs.{name}"
            for name in (
                *("file_action", "hive_script_path", "hql", "iam_sync_timeout", "job_log"),
                *("options", "properties", "rerun", "sync_iam_user"),
            )
        ),
    }
}

SECRETS = {
    "password",
    "user_password",
    "default_password",
    "access_key",
    "admin_password",
    "auth.password",
    "auth.token",
    "root_password",
    "secret_key",
    "security_token",
}

# An object of each kind with all parts, to see which keys its result has.
RESULTS = {
    "cluster": Cluster.of(
        {
            "clusterId": "4f0c6c1e-8a51-4f4e-9d0b-7a3a52a1c9d7",
            "nodeGroups": [{"GroupName": "core_node_analysis_group", "NodeNum": 3}],
            "componentList": [{"componentName": "Hadoop"}],
            "bootstrapScripts": [{"name": "install-agent"}],
        }
    ).result(),
    "job_execution": JobExecution.of({"id": "c1f2a3b4-5d6e-4f70-8192-a3b4c5d6e7f8"}).result(),
    "host": Host.of({"id": "9b1c2d3e-4f50-4617-8293-a4b5c6d7e8f9"}).result(),
    "mapping": AgencyMapping("a", "i", "User", ()).result(),
    "connection": DataConnection.of({"connector_id": "7c1d2e3f"}).result(),
    "policy": PolicyOfGroup("task", "default", ScalingPolicy(False, 1, 2)).result(),
}
RESULT_PLACES = [
    ("mrs_cluster", "cluster", "cluster"),
    ("mrs_cluster_scale", "cluster", "cluster"),
    ("mrs_cluster_info", "clusters", "cluster"),
    ("mrs_cluster", "job_execution", "job_execution"),
    ("mrs_job", "job_execution", "job_execution"),
    ("mrs_job_execution_info", "job_executions", "job_execution"),
    ("mrs_host_info", "hosts", "host"),
    ("mrs_agency_mapping", "mappings", "mapping"),
    ("mrs_agency_mapping_info", "mappings", "mapping"),
    ("mrs_data_connection", "connection", "connection"),
    ("mrs_data_connection_info", "connections", "connection"),
    ("mrs_auto_scaling_policy", "policy", "policy"),
    ("mrs_auto_scaling_policy_info", "policies", "policy"),
]


@functools.cache
def read(text: str) -> t.Any:
    """What stands in a text of YAML; nobody changes it.

    These texts are long, and read by many tests.
    """
    return yaml.load(text, yaml.CSafeLoader)


def module_of(name: str) -> t.Any:
    return importlib.import_module(f"{NAMESPACE}.modules.{name}")


def seen_by_ansible(name: str) -> dict[str, t.Any]:
    """The options of a module without the suboptions that its task checks itself."""
    return t.cast("dict[str, t.Any]", module_of(name).SPEC.arguments()["argument_spec"])


def merged(upper: t.Any, lower: t.Any) -> t.Any:
    """As Ansible merges a fragment (lower) into the documentation of a module (upper)."""
    if isinstance(upper, dict) and isinstance(lower, dict):
        common = {key: merged(upper[key], lower[key]) for key in upper.keys() & lower.keys()}
        return {**lower, **upper, **common}
    return upper


def documentation_of(name: str) -> dict[str, t.Any]:
    """The documentation of a module with its fragments; notes of fragments are left out."""
    documentation: dict[str, t.Any] = read(module_of(name).DOCUMENTATION)
    for reference in documentation["extends_documentation_fragment"]:
        file, _dot, part = reference.removeprefix("huaweicloud.mrs.").partition(".")
        fragment = importlib.import_module(f"{NAMESPACE}.doc_fragments.{file}").ModuleDocFragment
        text = read(getattr(fragment, part.upper() or "DOCUMENTATION"))
        options = {**text["options"], **documentation.get("options", {})}
        documentation = {**merged(documentation, text), "options": options}
    return documentation


def texts_of(name: str) -> str:
    """Everything that may refer to options and results."""
    fragments = (ROOT / "plugins" / "doc_fragments").glob("*.py")
    wanted = {
        reference.split(".")[2]
        for reference in read(module_of(name).DOCUMENTATION)["extends_documentation_fragment"]
    }
    parts = [
        path.read_text(encoding="utf-8")
        for path in fragments
        if path.stem in wanted - {"attributes"}
    ]
    return "\n".join([module_of(name).DOCUMENTATION, module_of(name).RETURN, *parts])


def described(options: t.Mapping[str, t.Any], nested: str) -> dict[str, t.Any]:
    """Options of a specification ("options") or a documentation ("suboptions") in one form."""
    return {
        name: {
            "type": option.get("type", "str"),
            "elements": option.get("elements"),
            "required": option.get("required", False),
            "default": option.get("default"),
            "choices": list(option.get("choices", [])),
            "aliases": sorted(option.get("aliases", [])),
            "options": described(option.get(nested, {}), nested),
        }
        for name, option in options.items()
    }


def paths_of(options: t.Mapping[str, t.Any], nested: str, above: str = "") -> dict[str, t.Any]:
    """Every option, however deep, by its path such as job.name."""
    found = {}
    for name, option in options.items():
        found[above + name] = option
        found.update(paths_of(option.get(nested) or {}, nested, f"{above}{name}."))
    return found


def used_in(value: t.Any, above: str = "") -> set[str]:
    """The paths of all keys in the arguments of a task."""
    if isinstance(value, list):
        return {path for item in value for path in used_in(item, above)}
    if not isinstance(value, dict):
        return set()
    return {f"{above}{key}" for key in value} | {
        path for key, item in value.items() for path in used_in(item, f"{above}{key}.")
    }


def tasks_of(name: str) -> list[dict[str, t.Any]]:
    tasks: list[dict[str, t.Any]] = read(module_of(name).EXAMPLES)
    return tasks


def arguments_in(name: str, module: str) -> list[t.Any]:
    """The arguments of the module in each example of a module that calls it."""
    key = f"huaweicloud.mrs.{module}"
    return [task[key] or {} for task in tasks_of(name) if key in task]


def problems_of_references(name: str) -> list[str]:
    """References to options, results or values that do not exist."""
    found = re.findall(r"\b(O|RV)\(([^()]*)\)", texts_of(name))
    assert found, "the expression that finds references finds none"
    return [f"{kind}({text})" for kind, text in found if not refers_to_something(name, kind, text)]


def refers_to_something(name: str, kind: str, text: str) -> bool:
    plugin, separator, rest = text.rpartition("#module:")
    module = plugin.removeprefix("huaweicloud.mrs.") if separator else name
    path, equals, value = rest.replace("[]", "").partition("=")
    if kind == "RV":
        return path in paths_of(read(module_of(module).RETURN), "contains")
    option = paths_of(documentation_of(module)["options"], "suboptions").get(path)
    if option is None or not equals:
        return option is not None
    return value in (
        option.get("choices") or (["true", "false"] if option["type"] == "bool" else [value])
    )


def test_every_module_can_run_inside_the_controller_and_has_a_target() -> None:
    assert "mrs_cluster" in MODULES
    assert sorted(path.stem for path in (ROOT / "plugins" / "action").glob("mrs_*.py")) == MODULES
    targets = {path.name for path in (ROOT / "tests" / "integration" / "targets").iterdir()}
    assert [name for name in MODULES if name not in targets] == []


def test_the_page_of_rights_names_every_module() -> None:
    page = (ROOT / "docs" / "docsite" / "rst" / "service_rights.rst").read_text(encoding="utf-8")
    reads_clusters_only = {"mrs_cluster_info", "mrs_cluster_plan_info"}
    lacking = [name for name in MODULES if f"mrs.{name}#module" not in page]
    assert set(lacking) - reads_clusters_only == set()


def test_every_module_is_in_the_action_group() -> None:
    runtime = read((ROOT / "meta" / "runtime.yml").read_text(encoding="utf-8"))
    assert runtime["action_groups"] == {"mrs": MODULES}


@pytest.mark.parametrize("name", MODULES)
def test_the_documentation_names_its_own_module(name: str) -> None:
    assert documentation_of(name)["module"] == name


@pytest.mark.parametrize("name", MODULES)
def test_documentation_and_specification_have_the_same_options(name: str) -> None:
    specification = described(seen_by_ansible(name), "options")
    assert described(documentation_of(name)["options"], "suboptions") == specification


@pytest.mark.parametrize("name", MODULES)
def test_every_option_is_described(name: str) -> None:
    options = paths_of(documentation_of(name)["options"], "suboptions")
    assert [path for path, option in options.items() if not option.get("description")] == []


@pytest.mark.parametrize("name", MODULES)
def test_options_that_hold_secrets_are_hidden_and_no_others(name: str) -> None:
    options = paths_of(module_of(name).SPEC.options, "options")
    secrets = {
        path
        for path in options
        if path.removeprefix("clusters.").removeprefix("cluster.") in SECRETS
    }
    assert {path for path, option in options.items() if option.get("no_log")} == secrets


@pytest.mark.parametrize("name", MODULES)
def test_every_own_option_appears_in_an_example(name: str) -> None:
    options = seen_by_ansible(name)
    own = paths_of({option: options[option] for option in options.keys() - AUTH.keys()}, "options")
    used = {path for arguments in arguments_in(name, name) for path in used_in(arguments)}
    assert own.keys() - used == NOT_SHOWN.get(name, set())


def test_every_shared_option_appears_in_an_example() -> None:
    used = {
        path
        for arguments in arguments_in("mrs_cluster_info", "mrs_cluster_info")
        for path in used_in(arguments)
    }
    assert AUTH.keys() - used == set()


def is_template(arguments: dict[str, t.Any], option: str) -> bool:
    return str(arguments.get(option, "")).startswith("{{")


@pytest.mark.parametrize("name", MODULES)
def test_the_specifications_accept_the_examples(name: str) -> None:
    for module in MODULES:
        spec = module_of(module).SPEC
        validator = ArgumentSpecValidator(**spec.arguments())
        for arguments in arguments_in(name, module):
            given = {**arguments, **({"id": "4f0c6c1e"} if is_template(arguments, "id") else {})}
            assert validator.validate(spec.understood(given)).error_messages == []


@pytest.mark.parametrize("name", MODULES)
def test_every_example_has_a_name_and_calls_modules_by_their_full_name(name: str) -> None:
    keywords = {"name", "register", "check_mode", "diff", "loop", "failed_when"}
    actions = [(task.keys() - keywords) for task in tasks_of(name)]
    assert all(task["name"] for task in tasks_of(name))
    assert [
        action for action in actions if len(action) != 1 or next(iter(action)).count(".") != 2
    ] == []


@pytest.mark.parametrize("name", MODULES)
def test_every_reference_leads_to_something(name: str) -> None:
    assert problems_of_references(name) == []


@pytest.mark.parametrize("name", MODULES)
def test_every_module_says_what_check_mode_and_diff_mode_mean(name: str) -> None:
    attributes = documentation_of(name)["attributes"]
    assert attributes["check_mode"]["support"] == "full"
    assert attributes["diff_mode"]["support"] == ("N/A" if name in INFO_MODULES else "full")
    assert attributes["action_group"]["membership"] == ["huaweicloud.mrs.mrs"]


@pytest.mark.parametrize(("name", "key", "kind"), RESULT_PLACES)
def test_the_documented_results_are_those_that_are_returned(name: str, key: str, kind: str) -> None:
    documented = read(module_of(name).RETURN)[key]["contains"]
    result = RESULTS[kind]
    assert documented.keys() == result.keys()
    for part, items in result.items():
        if isinstance(items, list) and items:
            assert documented[part]["contains"].keys() == items[0].keys()


@pytest.mark.parametrize(("name", "key", "kind"), RESULT_PLACES)
def test_the_same_result_is_described_in_the_same_words_everywhere(
    name: str, key: str, kind: str
) -> None:
    first_name, first_key = next(
        (place[0], place[1]) for place in RESULT_PLACES if place[2] == kind
    )
    first = read(module_of(first_name).RETURN)[first_key]["contains"]
    assert read(module_of(name).RETURN)[key]["contains"] == first


@pytest.mark.parametrize("name", MODULES)
def test_every_sample_of_a_result_has_the_documented_type(name: str) -> None:
    types: dict[str, t.Any] = {
        "str": str,
        "int": int,
        "float": float,
        "bool": bool,
        "dict": dict,
        "list": list,
        "raw": str,
    }
    results = paths_of(read(module_of(name).RETURN), "contains")
    samples = {path: result for path, result in results.items() if result.get("sample") is not None}
    assert [
        path
        for path, result in samples.items()
        if result["sample"].__class__ is not types[result["type"]]
    ] == []


@pytest.mark.parametrize("name", MODULES)
def test_every_result_has_a_sample_or_says_what_it_contains(name: str) -> None:
    results = paths_of(read(module_of(name).RETURN), "contains")
    assert [
        path
        for path, result in results.items()
        if "sample" not in result and "contains" not in result
    ] == []


def test_every_documented_environment_variable_of_the_login_is_read() -> None:
    text = (ROOT / "plugins" / "doc_fragments" / "auth.py").read_text(encoding="utf-8")
    elsewhere = {
        "OS_CLOUD",
        "OS_CLIENT_CONFIG_FILE",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
        "NO_PROXY",
    }
    documented = set(re.findall(r"E\((\w+)\)", text))
    assert documented >= elsewhere
    assert documented - elsewhere - read_variables() == set()


def test_the_index_of_the_site_has_every_variable_of_the_login() -> None:
    fragment = (ROOT / "plugins" / "doc_fragments" / "auth.py").read_text(encoding="utf-8")
    page = (ROOT / "docs" / "docsite" / "rst" / "authentication.rst").read_text(encoding="utf-8")
    assert set(re.findall(r"E\((\w+)\)", fragment)) - set(re.findall(r":index:`(\w+)`", page)) == {
        "OS_PASSCODE"
    }


@pytest.mark.parametrize("page", ["questions", "before_the_first_job"])
def test_the_search_is_tried_with_each_question_that_has_a_page(page: str) -> None:
    text = (ROOT / "docs" / "docsite" / "rst" / f"{page}.rst").read_text(encoding="utf-8")
    questions = re.findall(r"^(.+)\n-{5,}$", text, re.MULTILINE)
    assert len(questions) > 8
    tried = runpy.run_path(str(ROOT / "tests" / "tools" / "build_docs.py"))["QUESTIONS"]
    assert [question for question in questions if question not in tried] == []


def test_the_home_page_of_the_site_begins_with_what_the_collection_is() -> None:
    """antsibull-docs takes two sentences from galaxy.yml, and puts a list of headings above."""
    galaxy = yaml.safe_load((ROOT / "galaxy.yml").read_text(encoding="utf-8"))
    assert galaxy["description"] == (
        "Creates, scales and deletes clusters of the MapReduce Service (MRS) and runs jobs on "
        "them, from playbooks. For Huawei Cloud, Open Telekom Cloud and Flexible Engine."
    )
    with_groups = runpy.run_path(str(ROOT / "tests" / "tools" / "build_docs.py"))["with_groups"]
    index = (
        "Huaweicloud.Mrs\n===\n\n.. contents::\n   :local:\n   :depth: 1\n\nDescription\n---\n\n"
        "Creates.\n\nGuides\n------\n\n.. toctree::\n    :maxdepth: 1\n\n    mrs_job_module\n"
    )
    assert with_groups(index) == (
        "huaweicloud.mrs\n===\n\nDescription\n---\n\nCreates.\n\nGuides\n------\n\n"
        ".. toctree::\n    :maxdepth: 1\n    :caption: Guides\n\n    mrs_job <mrs_job_module>"
    )


def test_the_search_of_the_site_knows_the_options_of_few_modules() -> None:
    with_options = runpy.run_path(str(ROOT / "tests" / "tools" / "build_docs.py"))["with_options"]

    def anchor(option: str) -> str:
        return f"      .. _ansible_collections.huaweicloud.mrs.a_module__parameter-{option}:\n"

    pages = {name: anchor("cluster") + anchor(name) for name in ("a", "b", "c")}
    assert with_options(pages)["b"] == (
        anchor("cluster") + "      .. index:: ! single: b\n\n" + anchor("b")
    )


def read_variables() -> set[str]:
    """The variables that the collection looks up."""
    read = set()

    class Environment(dict[str, str]):
        def get(self, key: str, default: t.Any = None) -> t.Any:
            read.add(key)
            return default

    from_environment(Environment())
    return read


def test_the_description_of_a_cluster_begins_with_what_a_creation_needs() -> None:
    needed = documentation_of("mrs_cluster")["description"][1]
    assert [option for option in NEEDED if f"O({option})" not in needed] == []


def test_the_page_on_rights_has_each_module() -> None:
    page = (ROOT / "docs" / "docsite" / "rst" / "service_rights.rst").read_text(encoding="utf-8")
    assert [name for name in MODULES if f"`huaweicloud.mrs.{name}#module`" not in page] == []


def words_of(option: str, module: str = "mrs_cluster") -> str:
    return " ".join(documentation_of(module)["options"][option]["description"])


def test_the_text_of_a_zone_says_which_cloud_wants_the_code_and_which_the_id() -> None:
    text = words_of("availability_zone")
    assert "On Open Telekom Cloud give the code." in text
    assert "On Huawei Cloud give the code or the id" in text
    assert "give the id where API v1.1 creates the cluster, and the code where API v2 does" in text


def test_the_text_of_an_enterprise_project_says_what_it_limits() -> None:
    text = words_of("enterprise_project_id")
    assert "the cluster called O(name) is looked for in this enterprise project only" in text
    assert "in another enterprise project is left alone, and a warning names it" in text


def test_the_readme_says_right_after_the_promises_what_is_not_possible() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    description = text.partition("## Description")[2].partition("\n## ")[0]
    promises, _title, limits = description.partition("### What it can do where")
    assert "**nothing leaks**" in promises
    for part in (
        "MRS before 1.9.2",
        "**Not possible:**",
        "**Not compared with a live service yet.",
    ):
        assert part in limits


def test_the_text_of_an_entry_says_in_which_folders_its_file_is_looked_for() -> None:
    """That it is so: test_settings.py, and test_both_ways.py for the folder of the playbook."""
    text = words_of("cloud")
    for place in ("the folder of the playbook", "C(~/.config/openstack)", "C(/etc/openstack)"):
        assert place in text
    assert "(the inventory plugin and the event source look in the current directory)" in text
    page = (ROOT / "docs" / "docsite" / "rst" / "authentication.rst").read_text(encoding="utf-8")
    assert "folder of the playbook" in " ".join(page.split())


def test_the_demo_says_first_what_it_shows_and_that_its_times_are_not_those_of_a_cloud() -> None:
    (play,) = yaml.safe_load((ROOT / "playbooks" / "demo.yml").read_text(encoding="utf-8"))
    assert play["tasks"][0]["ansible.builtin.debug"]["msg"] == [
        "A cluster is created, scaled, and runs a job. "
        "Then the same tasks run again, and change nothing.",
        "At the end the cluster is deleted, and deleted again, which changes nothing. "
        "Then a report is shown.",
        "No cloud is asked. It is a simulator on this machine, "
        "which takes seconds where a cloud takes 10 to 20 minutes.",
    ]


JOB_ACTIONS = {"submit_job", "sync_iam_users", "cancel_job", "delete_job_execution"}
ACTIONS = {
    "mrs_agency_mapping": {"set_agency_mappings"},
    "mrs_auto_scaling_policy": {"set_auto_scaling_policy", "delete_auto_scaling_policy"},
    "mrs_cluster": {
        *("create", "delete", "rename", "scale_out", "scale_in", "add_components", "change_tags"),
        *("switch_default_tags", "set_auto_scaling_policy", *JOB_ACTIONS),
    },
    "mrs_cluster_scale": {"scale_out", "scale_in"},
    "mrs_component": {"add_components"},
    "mrs_data_connection": {f"{verb}_data_connection" for verb in ("create", "change", "delete")},
    "mrs_iam_sync": {"sync_iam_users", "forget_iam_users"},
    "mrs_job": JOB_ACTIONS,
}


@pytest.mark.parametrize("name", ACTIONS)
def test_the_result_names_each_action_that_the_module_takes(name: str) -> None:
    text = " ".join(read(module_of(name).RETURN)["actions"]["description"])
    assert set(re.findall(r"V\(([a-z_]+)\)", text)) - {"null"} == ACTIONS[name]


def test_each_action_in_the_code_is_that_of_some_module() -> None:
    files = (ROOT / "plugins" / "module_utils").rglob("*.py")
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    named = set(re.findall(r'"action": "([a-z_]+)"', text)) | {"scale_in"}
    # The body of a request has such a key, too.
    assert named == set().union(*ACTIONS.values())
