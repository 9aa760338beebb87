# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Does with job templates and workflows what AWX does, as far as a job can notice.

No controller can run in a test, but its engine, ansible-runner, can. Standard input has a JSON
object:

- record: file with what setup.yml has made, a JSON object on each line, as the module recorder.py
  writes it
- folder: where each job gets its private_data_dir; project: the checkout of the project
- collections: where the execution environment has its collections
- variables: of the inventory, added to those that setup.yml gave; hosts: likewise
- jobs: list of template, answers, and perhaps slice ([number, count]), check, and login (the inputs
  of the first credential, in place of those that setup.yml gave); they all run at the same time
- or workflow: name, answers

Standard output gets a JSON list with an object for each job: template (or node), status, rc,
changed, messages, events, leaks. For a workflow {nodes: [...], status} instead.
"""

from __future__ import annotations

import json
import sys
import typing as t
from concurrent.futures import ThreadPoolExecutor

from controller import Controller, load
from job import Job
from survey import answered

Dict = dict[str, t.Any]


def launch(controller: Controller, order: Dict, number: int) -> Dict:
    """Run one job; what became of it."""
    template = controller.template(order["template"])
    answers = answered(template["survey_spec"], order.get("answers", {}))
    hosts = controller.hosts_of(template["inventory"])
    if order.get("slice"):
        part, parts = order["slice"]
        hosts = hosts[part - 1 :: parts]
    job = Job(controller, template, number, order.get("login"))
    job.lay_out(answers, hosts, check=order.get("check", False))
    return {"template": template["name"], **job.run()}


def follows(controller: Controller, name: str, given: Dict) -> t.Iterator[Dict]:
    """Walk the workflow; yields the outcome of each node that runs.

    C(handled): a path leads on when it fails.
    """
    workflow = controller.workflow(name)
    variables = {**workflow["extra_vars"], **answered(workflow["survey_spec"], given)}
    nodes = {node["identifier"]: node for node in workflow["workflow_nodes"]}
    related = {name: node.get("related", {}) for name, node in nodes.items()}
    children = {
        name: {kind: [child["identifier"] for child in paths.get(kind, [])] for kind in paths}
        for name, paths in related.items()
    }
    targets = {child for paths in children.values() for found in paths.values() for child in found}
    waiting = [name for name in nodes if name not in targets]
    number = 0
    while waiting:
        node = waiting.pop(0)
        template = controller.template(nodes[node]["unified_job_template"]["name"])
        asked = {question["variable"] for question in template["survey_spec"]["spec"]}
        answers = {name: value for name, value in variables.items() if name in asked}
        number += 1
        outcome = launch(controller, {"template": template["name"], "answers": answers}, number)
        way = "success_nodes" if outcome["status"] == "successful" else "failure_nodes"
        waiting += children[node].get(way, []) + children[node].get("always_nodes", [])
        handled = bool(children[node].get("failure_nodes") or children[node].get("always_nodes"))
        yield {"node": node, "handled": handled, **outcome}


def main() -> None:
    order = json.load(sys.stdin)
    controller = load(order)
    if "workflow" in order:
        nodes = list(
            follows(controller, order["workflow"]["name"], order["workflow"].get("answers", {}))
        )
        failed = any(node["status"] == "failed" and not node["handled"] for node in nodes)
        json.dump({"nodes": nodes, "status": "failed" if failed else "successful"}, sys.stdout)
        return
    jobs = order["jobs"]
    with ThreadPoolExecutor(len(jobs)) as pool:
        outcomes = list(
            pool.map(lambda number: launch(controller, jobs[number], number + 1), range(len(jobs)))
        )
    json.dump(outcomes, sys.stdout)


if __name__ == "__main__":
    main()
