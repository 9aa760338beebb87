# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What docs/awx gives to AWX fits the playbooks, and the environment that modules read."""

from __future__ import annotations

import re
import typing as t
from pathlib import Path

import pytest
import yaml
from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar

from ansible_collections.huaweicloud.mrs.plugins.doc_fragments.auth import ModuleDocFragment
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.cluster import (
    desired_cluster,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.cluster_creation import (
    creation_request,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job_request_v2 import (
    TYPES as TYPES_OF_JOBS,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import options

try:
    from ansible.template import trust_as_template
except ImportError:  # ansible-core before 2.19 renders every text

    def trust_as_template(value: t.Any) -> t.Any:
        return value


ROOT = Path(__file__).resolve().parents[2]
AWX = ROOT / "docs" / "awx"
Dict = dict[str, t.Any]


class Loader(yaml.SafeLoader):
    """Reads !unsafe as Ansible does."""


Loader.add_constructor("!unsafe", lambda loader, node: loader.construct_scalar(node))


def read(name: str) -> Dict:
    return t.cast(Dict, yaml.load((AWX / "vars" / name).read_text("utf-8"), Loader))


TYPES = {kind["name"]: kind for kind in read("credential_types.yml")["mrs_credential_types"]}
TEMPLATES = {template["name"]: template for template in read("templates.yml")["mrs_job_templates"]}
WORKFLOW = read("templates.yml")["mrs_workflow"]
INVENTORY = set(read("inventory.yml")["mrs_inventory"]["variables"])


def playbook_of(template: Dict) -> tuple[str, str]:
    """The text of the template's playbook, and of the collection's playbook that it runs."""
    text = (AWX / "project" / template["playbook"]).read_text("utf-8")
    called = re.search(r"import_playbook: huaweicloud\.mrs\.(\w+)", text)
    return text, (ROOT / "playbooks" / f"{called[1]}.yml").read_text("utf-8") if called else ""


def asked_by(template: Dict) -> set[str]:
    """The variables of the survey."""
    return {question["variable"] for question in template["questions"]}


def answered_by(template: Dict) -> set[str]:
    """The variables that always have a value: their questions are required, or have a default."""
    questions = template["questions"]
    return {
        question["variable"]
        for question in questions
        if question["required"] or "default" in question
    }


def used_in(text: str) -> set[str]:
    return set(
        re.findall(
            r"\b(?:mrs|transient_job)_\w+", re.sub(r"^#.*$|^ +\w+:", "", text, flags=re.MULTILINE)
        )
    )


# Those of the machine, older names of others, and what is refused.
NOT_OF_A_CREDENTIAL = {
    *("ALL_PROXY", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"),
    *("OS_TENANT_ID", "OS_TENANT_NAME", "OS_PASSCODE"),
}


def required_by(text: str) -> set[str]:
    """The variables that the text uses without a default."""
    return {name for name in used_in(text) if not re.search(rf"\b{name}\b\s*\|\s*default", text)}


def test_the_credential_sets_exactly_the_variables_that_the_modules_document() -> None:
    documented = re.sub(r"or else\s+E\(\w+\)", "", ModuleDocFragment.DOCUMENTATION)
    variables = set(re.findall(r"E\((\w+)\)", documented))
    assert variables > NOT_OF_A_CREDENTIAL
    assert set(TYPES["Huawei Cloud MRS"]["injectors"]["env"]) == variables - NOT_OF_A_CREDENTIAL


def test_each_input_of_the_credential_goes_into_some_variable() -> None:
    for kind in TYPES.values():
        templates = " ".join(text for part in kind["injectors"].values() for text in part.values())
        assert [
            field["id"]
            for field in kind["inputs"]["fields"]
            if not re.search(rf"\b{field['id']}\b", templates)
        ] == []


def test_each_secret_of_the_login_is_kept_encrypted() -> None:
    secret = {
        field["id"]
        for field in TYPES["Huawei Cloud MRS"]["inputs"]["fields"]
        if field.get("secret")
    }
    assert secret == {
        "password",
        "token",
        "access_key",
        "secret_key",
        "security_token",
        "clouds_yaml",
    }


@pytest.mark.parametrize("name", TEMPLATES)
def test_each_answer_is_used_by_the_playbook_or_documented_by_the_one_that_it_runs(
    name: str,
) -> None:
    text, called = playbook_of(TEMPLATES[name])
    documented = set(re.findall(r"^# (\w+)  ", called, re.MULTILINE))
    assert asked_by(TEMPLATES[name]) <= used_in(text) | documented


@pytest.mark.parametrize("name", TEMPLATES)
def test_what_the_playbook_needs_is_asked_for_or_comes_from_the_inventory_or_a_credential(
    name: str,
) -> None:
    template = TEMPLATES[name]
    text, _called = playbook_of(template)
    given = {
        variable
        for kind in template["credentials"]
        for variable in TYPES[kind]["injectors"].get("extra_vars", {})
    }
    assert required_by(text) <= answered_by(template) | INVENTORY | given


@pytest.mark.parametrize(
    ("name", "needed"),
    [
        (
            "MRS create cluster",
            {"mrs_cluster_name", "mrs_core_count", "mrs_cluster_kind", "mrs_cluster_validate"},
        ),
        ("MRS scale cluster", {"mrs_cluster_name", "mrs_node_count", "mrs_node_group"}),
        ("MRS run job", {"mrs_cluster_name", "mrs_job_name", "mrs_job_type", "mrs_job_rerun"}),
        ("MRS delete cluster", {"mrs_cluster_name"}),
    ],
)
def test_what_a_playbook_cannot_do_without_must_be_answered(name: str, needed: set[str]) -> None:
    assert answered_by(TEMPLATES[name]) == needed


def rendered(**answers: t.Any) -> Dict:
    """The options of the cluster that the template creates."""
    (cluster,) = rendered_variable("MRS create cluster", "mrs_clusters", answers)
    return {
        **read("inventory.yml")["mrs_inventory"]["variables"]["mrs_cluster_defaults"],
        **cluster,
    }


def rendered_variable(template: str, name: str, answers: Dict) -> t.Any:
    """A variable that the playbook of the template gives to that of the collection."""
    variables = {
        **read("inventory.yml")["mrs_inventory"]["variables"],
        "mrs_admin_password": "Canary-Admin-1",
        **{
            question["variable"]: question["default"]
            for question in TEMPLATES[template]["questions"]
            if "default" in question
        },
        **answers,
    }
    (play,) = yaml.safe_load((AWX / "project" / TEMPLATES[template]["playbook"]).read_text("utf-8"))
    variables.update({key: trusted(value) for key, value in play["vars"].items()})
    return Templar(loader=DataLoader(), variables=variables).template(variables[name])


def trusted(value: t.Any) -> t.Any:
    """As ansible-core 2.19 and later want what they render."""
    if isinstance(value, dict):
        return {key: trusted(each) for key, each in value.items()}
    if isinstance(value, list):
        return [trusted(each) for each in value]
    return trust_as_template(value)


@pytest.mark.parametrize("kind", ["analysis", "mixed", "custom"])
def test_each_kind_of_cluster_is_one_that_the_module_takes(kind: str) -> None:
    given = rendered(mrs_cluster_name="etl", mrs_core_count="4", mrs_cluster_kind=kind)
    wanted = desired_cluster(options("mrs_cluster", **given))
    assert (wanted.kind, wanted.name) == (kind, "etl")
    assert {group.name: group.count for group in wanted.groups} == {
        "analysis": {"master": 2, "core": 4},
        "mixed": {"master": 2, "core_node_analysis_group": 4, "core_node_streaming_group": 4},
        "custom": {"master": 3, "node_group_1": 4},
    }[kind]
    assert given["validate"] is True
    assert "eip_id" not in given
    body = creation_request(wanted, "eu-de")
    assert body["node_groups"][-1]["node_num"] == 4


def test_an_answer_is_an_option_of_the_cluster() -> None:
    given = rendered(
        mrs_cluster_name="etl",
        mrs_cluster_version="MRS 3.3.0-LTS.1",
        mrs_cluster_components="Hadoop, Hive",
        mrs_cluster_eip_id="5f1c6a2e-8a51-4f4e-9d0b-7a3a52a1c9d7",
        mrs_cluster_agency="MRS_ECS_DEFAULT_AGENCY",
        mrs_cluster_log_uri="obs://etl/logs/",
        mrs_cluster_validate="false",
    )
    assert (given["version"], given["components"]) == ("MRS 3.3.0-LTS.1", ["Hadoop", "Hive"])
    assert (given["agency"], given["log_uri"], given["validate"]) == (
        "MRS_ECS_DEFAULT_AGENCY",
        "obs://etl/logs/",
        False,
    )
    assert given["eip_id"] == "5f1c6a2e-8a51-4f4e-9d0b-7a3a52a1c9d7"


@pytest.mark.parametrize("template", ["MRS run job", "MRS transient job"])
def test_statements_of_sql_are_an_answer(template: str) -> None:
    answers = {"mrs_job_name": "wc", "mrs_job_type": "hiveql", "mrs_job_hql": "show tables"}
    variable = {"MRS run job": "mrs_job", "MRS transient job": "transient_job_jobs"}[template]
    given = rendered_variable(template, variable, answers)
    job = given[0] if isinstance(given, list) else given
    assert (job["job_type"], job["hql"]) == ("hiveql", "show tables")


@pytest.mark.parametrize(
    ("template", "variable"),
    [("MRS run job", "mrs_job"), ("MRS transient job", "transient_job_jobs")],
)
def test_a_job_synchronises_its_user_where_the_inventory_says_so(
    template: str, variable: str
) -> None:
    answers = {"mrs_job_name": "wc", "mrs_job_type": "spark", "mrs_job_jar_path": "obs://etl/a.jar"}
    job = {"name": "wc", "job_type": "spark", "jar_path": "obs://etl/a.jar"}
    if template == "MRS run job":
        job["rerun"] = "on_failure"

    def given(**inventory: bool) -> Dict:
        found = rendered_variable(template, variable, {**answers, **inventory})
        return t.cast(Dict, found[0] if variable == "transient_job_jobs" else found)

    assert given() == job
    assert given(mrs_sync_iam_user=True) == {**job, "sync_iam_user": True}


@pytest.mark.parametrize(
    "template", [*TEMPLATES.values(), WORKFLOW], ids=lambda template: template["name"]
)
def test_a_launch_by_the_api_needs_no_answer_that_has_a_default(template: Dict) -> None:
    assert [
        each["variable"] for each in template["questions"] if each["required"] and "default" in each
    ] == []


@pytest.mark.parametrize("name", ["MRS run job", "MRS transient job"])
def test_all_types_of_jobs_are_on_offer(name: str) -> None:
    (offered,) = (
        question["choices"]
        for question in TEMPLATES[name]["questions"]
        if "type" in question["variable"]
    )
    assert set(offered) == set(TYPES_OF_JOBS)


@pytest.mark.parametrize("node", WORKFLOW["nodes"], ids=lambda node: node["identifier"])
def test_the_workflow_answers_what_its_steps_must_know(node: Dict) -> None:
    template = TEMPLATES[node["unified_job_template"]["name"]]
    required = {question["variable"] for question in template["questions"] if question["required"]}
    assert required <= answered_by(WORKFLOW) | set(WORKFLOW["extra_vars"])


def test_no_one_can_choose_the_cluster_that_the_workflow_deletes() -> None:
    assert "mrs_cluster_name" not in asked_by(WORKFLOW)


def test_each_step_of_the_workflow_that_can_fail_leads_to_the_deletion_and_then_to_a_failure() -> (
    None
):
    ways = {node["identifier"]: node.get("related", {}) for node in WORKFLOW["nodes"]}
    assert {
        name: [way["identifier"] for way in ways[name]["failure_nodes"]]
        for name in ("create", "job", "delete")
    } == {
        "create": ["clean_up"],
        "job": ["clean_up"],
        "delete": ["clean_up"],
    }
    assert ways["clean_up"] == {"always_nodes": [{"identifier": "report"}]}
    assert ways["report"] == {}


def test_awx_waits_longer_than_the_playbooks_do() -> None:
    assert {name: template["timeout"] for name, template in TEMPLATES.items()} == {
        "MRS create cluster": 7200,
        "MRS scale cluster": 7200,
        "MRS run job": 43200,
        "MRS transient job": 57600,
        "MRS delete cluster": 7200,
        "MRS report failure": 600,
    }


def test_the_page_says_which_tasks_of_setup_are_always_changed() -> None:
    """AWX keeps secrets to itself, updates a project on demand, and makes removed steps anew."""
    (play,) = yaml.load((AWX / "setup.yml").read_text("utf-8"), Loader)
    always = []
    for task in play["tasks"]:
        (kind,) = [name for name in task if name.startswith("awx.awx.")]
        options = task[kind]
        is_secret = kind == "awx.awx.credential" and options.get("update_secrets", True)
        if is_secret or options.get("update_project") or options.get("destroy_current_nodes"):
            always.append(task["name"])
    assert always == [
        "Credentials are there, one of each type",
        "The project is there",
        "The workflow is there",
    ]
    page = (ROOT / "docs" / "docsite" / "rst" / "guide_awx.rst").read_text("utf-8")
    assert (
        "Three of its tasks always report ``changed``, even when nothing differs: the credentials, "
        "because AWX does not show their secrets, so they are written each time; the project, "
        "because it is updated from Git; the workflow, because its steps are created again"
    ) in " ".join(page.split())
