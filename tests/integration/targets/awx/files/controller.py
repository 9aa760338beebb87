# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a controller keeps: the objects that setup.yml has made, checked as AWX checks them."""

from __future__ import annotations

import json
import pathlib
import re
import typing as t
from collections import defaultdict
from dataclasses import dataclass

import jinja2
import jinja2.sandbox
import survey

Dict = dict[str, t.Any]

#: By this AWX knows a playbook.
PLAYBOOK = re.compile(
    r"^\s*?-?\s*?(?:hosts|(ansible\.builtin\.)?import_playbook|include):\s*?.*?$", re.MULTILINE
)


class ControllerError(Exception):
    """AWX would refuse it."""


@dataclass
class Controller:
    """
    :param objects: by kind and name, the options that the module of awx.awx was given.
    :param order: what launch.py was given.
    """

    objects: dict[str, dict[str, Dict]]
    order: Dict

    @property
    def folder(self) -> pathlib.Path:
        return pathlib.Path(self.order["folder"])

    def template(self, name: str) -> Dict:
        return self.objects["job_template"][name]

    def workflow(self, name: str) -> Dict:
        return self.objects["workflow_job_template"][name]

    def hosts_of(self, inventory: str) -> list[Dict]:
        """The hosts of the inventory by name, and those that the test adds."""
        hosts = [host for host in self.objects["host"].values() if host["inventory"] == inventory]
        added = [{"name": name, "variables": {}} for name in self.order.get("hosts", [])]
        return sorted(hosts + added, key=lambda host: t.cast(str, host["name"]))

    def inventory_variables(self, inventory: str) -> Dict:
        """Those that setup.yml gave and those that the test adds, also to a dictionary."""
        given, added = (
            self.objects["inventory"][inventory]["variables"],
            self.order.get("variables", {}),
        )
        return given | {
            name: given[name] | value if isinstance(value, dict) else value
            for name, value in added.items()
        }

    def credentials_of(self, template: Dict) -> list[tuple[Dict, Dict]]:
        """The type and the inputs of each credential of the template."""
        credentials = [self.objects["credential"][name] for name in template["credentials"]]
        types = self.objects["credential_type"]
        return [
            (types[credential["credential_type"]], credential["inputs"])
            for credential in credentials
        ]


def secrets_of(kind: Dict, inputs: Dict) -> list[str]:
    """The values of the inputs that the type declares as secret."""
    secret = {field["id"] for field in kind["inputs"]["fields"] if field.get("secret")}
    return [value for name, value in inputs.items() if name in secret and value]


def load(order: Dict) -> Controller:
    """Read and check what setup.yml has made."""
    objects: dict[str, dict[str, Dict]] = defaultdict(dict)
    for line in pathlib.Path(order["record"]).read_text("utf-8").splitlines():
        found = json.loads(line)
        objects[found["kind"]][found["given"]["name"]] = found["given"]
    controller = Controller(dict(objects), order)
    for kind in objects["credential_type"].values():
        check_injectors(kind)
    for credential in objects["credential"].values():
        check_inputs(
            objects["credential_type"][credential["credential_type"]], credential["inputs"]
        )
    for template in objects["job_template"].values():
        check_template(controller, template)
    for workflow in objects["workflow_job_template"].values():
        check_workflow(controller, workflow)
    return controller


def check_inputs(kind: Dict, inputs: Dict) -> None:
    fields = {field["id"] for field in kind["inputs"]["fields"]}
    missing = set(kind["inputs"].get("required", [])) - inputs.keys()
    if missing or inputs.keys() - fields:
        raise ControllerError(
            f"{kind['name']}: missing {missing}, unknown {inputs.keys() - fields}"
        )


def check_injectors(kind: Dict) -> None:
    """AWX renders each template once, with an example for each field; others are errors."""
    injectors = kind["injectors"]
    environment = jinja2.sandbox.ImmutableSandboxedEnvironment(undefined=jinja2.StrictUndefined)
    names = {label.partition(".")[2]: "EXAMPLE" for label in injectors.get("file", {})}
    known = {field["id"]: "EXAMPLE" for field in kind["inputs"]["fields"]}
    for part in ("file", "env", "extra_vars"):
        for name, text in injectors.get(part, {}).items():
            environment.from_string(text).render(**known, tower={"filename": names})
            if part == "env" and (name.startswith("ANSIBLE_") or not text.isascii()):
                raise ControllerError(f"{name} is no variable that a credential may set")


def check_template(controller: Controller, template: Dict) -> None:
    survey.checked(template["survey_spec"])
    for kind in ("project", "inventory"):
        if template[kind] not in controller.objects[kind]:
            raise ControllerError(f"{template['name']}: there is no {kind} {template[kind]}")
    controller.credentials_of(template)
    playbook = pathlib.Path(controller.order["project"]) / template["playbook"]
    if not PLAYBOOK.search(playbook.read_text("utf-8")):
        raise ControllerError(f"AWX would not take {playbook} for a playbook")


def check_workflow(controller: Controller, workflow: Dict) -> None:
    survey.checked(workflow["survey_spec"])
    nodes = {node["identifier"] for node in workflow["workflow_nodes"]}
    for node in workflow["workflow_nodes"]:
        controller.template(node["unified_job_template"]["name"])
        for paths in node.get("related", {}).values():
            if {path["identifier"] for path in paths} - nodes:
                raise ControllerError(
                    f"{node['identifier']} leads to a node that does not exist: {paths}"
                )
