# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One job: its private_data_dir as AWX has it, its run by ansible-runner, what it leaves."""

from __future__ import annotations

import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import typing as t

import jinja2.sandbox
import yaml
from controller import Controller, secrets_of

Dict = dict[str, t.Any]
SECONDS_WITHOUT_OUTPUT = 300  # of a task, on a machine that has other things to do


class UnsafeDumper(yaml.SafeDumper):
    """Marks each text: what somebody has typed into a form is no template."""

    def represent_data(self, data: t.Any) -> yaml.Node:
        return (
            self.represent_scalar("!unsafe", data)
            if isinstance(data, str)
            else super().represent_data(data)
        )


class Job:
    """
    :param number: its id in AWX.
    :param login: inputs in place of those of the template's first credential.
    """

    def __init__(
        self, controller: Controller, template: Dict, number: int, login: Dict | None
    ) -> None:
        self.controller = controller
        self.template = template
        self.number = number
        self.login = login
        self.folder = controller.folder / f"awx_{number}"
        self.secrets: list[str] = []
        self.environment: dict[str, str] = {}
        self.arguments: list[str] = []

    def lay_out(self, answers: Dict, hosts: list[Dict], *, check: bool) -> None:
        """Make env, inventory and project."""
        shutil.rmtree(self.folder, ignore_errors=True)
        for part in ("env", "inventory", "tmp", "home"):
            (self.folder / part).mkdir(parents=True, mode=0o700)
        shutil.copytree(self.controller.order["project"], self.folder / "project")
        self.write("inventory/hosts", self.inventory(hosts), mode=0o700)
        self.arguments = ["--check", "--diff"] if check else []
        for place, (kind, inputs) in enumerate(self.controller.credentials_of(self.template)):
            self.inject(kind, self.login if self.login and not place else inputs)
        variables = {
            "awx_job_id": self.number,
            "awx_job_template_name": self.template["name"],
            **answers,
        }
        self.write("env/extravars", yaml.dump(variables, Dumper=UnsafeDumper))
        self.write("env/envvars", json.dumps({**self.own_environment(), **self.environment}))
        self.write("env/cmdline", shlex.join(self.arguments))
        settings = {
            "idle_timeout": SECONDS_WITHOUT_OUTPUT,
            "suppress_ansible_output": True,
            "fact_cache_type": "jsonfile",
        }
        self.write("env/settings", json.dumps(settings))

    def write(self, name: str, text: str, mode: int = 0o600) -> str:
        path = self.folder / name
        path.write_text(text, "utf-8")
        path.chmod(mode)
        return str(path)

    def own_environment(self) -> dict[str, str]:
        """What AWX sets for each job.

        Each has its own home and temporary folder, as in a container of its own.
        """
        return {
            "ANSIBLE_COLLECTIONS_PATH": self.controller.order["collections"],
            "ANSIBLE_FORCE_COLOR": "True",
            "ANSIBLE_HOME": str(self.folder / "home" / ".ansible"),
            "ANSIBLE_HOST_KEY_CHECKING": "False",
            "ANSIBLE_INVENTORY_UNPARSED_FAILED": "True",
            "ANSIBLE_RETRY_FILES_ENABLED": "False",
            "HOME": str(self.folder / "home"),
            "JOB_ID": str(self.number),
            "TMPDIR": str(self.folder / "tmp"),
        }

    def inventory(self, hosts: list[Dict]) -> str:
        """A script that prints the inventory."""
        variables = {host["name"]: host["variables"] for host in hosts}
        everything = {
            "hosts": list(variables),
            "vars": self.controller.inventory_variables(self.template["inventory"]),
        }
        text = json.dumps({"all": everything, "_meta": {"hostvars": variables}})
        return f"#! {sys.executable}\nprint({text!r})\n"

    def inject(self, kind: Dict, inputs: Dict) -> None:
        """Render the injectors of a credential.

        An input that was left empty is not there, and renders to nothing.
        """
        injectors, sandbox = kind["injectors"], jinja2.sandbox.ImmutableSandboxedEnvironment()
        known: Dict = {name: value for name, value in inputs.items() if value}
        self.secrets += secrets_of(kind, inputs)
        files = {
            label.partition(".")[2]: self.write(
                f"env/tmp_{label}", sandbox.from_string(text).render(**known)
            )
            for label, text in injectors.get("file", {}).items()
        }
        known["tower"] = {"filename": files}
        for name, text in injectors.get("env", {}).items():
            self.environment[name] = sandbox.from_string(text).render(**known)
        if "extra_vars" in injectors:
            rendered = {
                name: sandbox.from_string(text).render(**known)
                for name, text in injectors["extra_vars"].items()
            }
            path = self.write(
                f"env/tmp_vars_{len(self.arguments)}", yaml.dump(rendered, Dumper=UnsafeDumper)
            )
            self.arguments += ["-e", f"@{path}"]

    def run(self) -> Dict:
        """Run the playbook; gives status, rc, changed, messages, the number of events, leaks."""
        command = [
            sys.executable,
            "-m",
            "ansible_runner",
            "run",
            str(self.folder),
            "--ident",
            str(self.number),
        ]
        path = f"{pathlib.Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        ended = subprocess.run(
            [*command, "-p", self.template["playbook"], "--omit-env-files"],
            env={"PATH": path, "LC_ALL": "C.UTF-8", **of_python()},
            capture_output=True,
            text=True,
            check=False,
        )
        artifacts = self.folder / "artifacts" / str(self.number)
        if not (artifacts / "rc").is_file():
            raise RuntimeError(f"ansible-runner did not run: {ended.stdout}{ended.stderr}")
        events = [
            json.loads(path.read_text("utf-8"))
            for path in (artifacts / "job_events").glob("*.json")
        ]
        return {
            "status": (artifacts / "status").read_text("utf-8"),
            "rc": int((artifacts / "rc").read_text("utf-8")),
            **told(events),
            "complete": sorted(event["counter"] for event in events)
            == list(range(1, len(events) + 1)),
            "leaks": self.leaks(ended.stdout + ended.stderr),
            "folder": str(self.folder),
        }

    def leaks(self, output: str) -> list[str]:
        """Where a secret can be read that should not be: in artifacts, output, or what is left.

        The file `command` has the environment of the job, as ansible-runner always writes it. AWX
        masks there what comes from a credential before it shows it, so that is done here, too.
        """
        found = ["output of ansible-runner"] if self.shown_in(output) else []
        for part in ("artifacts", "home", "tmp"):
            for path in (self.folder / part).rglob("*"):
                if path.is_file():
                    text = path.read_bytes().decode("utf-8", "replace")
                    if self.shown_in(self.masked(text) if path.name == "command" else text):
                        found.append(str(path.relative_to(self.folder)))
        return found

    def shown_in(self, text: str) -> bool:
        escaped = [json.dumps(secret)[1:-1] for secret in self.secrets]
        return any(secret in text for secret in {*self.secrets, *escaped})

    def masked(self, command: str) -> str:
        document = json.loads(command)
        document["env"] = {
            name: "" if name in self.environment else value
            for name, value in document["env"].items()
        }
        return json.dumps(document)


def of_python() -> dict[str, str]:
    """Where Python keeps what it compiles while this test runs."""
    return {name: value for name, value in os.environ.items() if name.startswith("PYTHON")}


def told(events: list[Dict]) -> Dict:
    """What the events say: how much was changed, and why something failed."""
    stats = next(
        (event["event_data"] for event in events if event["event"] == "playbook_on_stats"), {}
    )
    failed = [
        event
        for event in sorted(events, key=lambda one: one["counter"])
        if event["event"] == "runner_on_failed"
    ]
    messages = [event["event_data"]["res"].get("msg", "") for event in failed]
    return {
        "changed": sum(stats.get("changed", {}).values()),
        "messages": [re.sub(r"\s+", " ", str(message)) for message in messages],
        "events": len(events),
    }
