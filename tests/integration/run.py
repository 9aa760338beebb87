# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run integration targets, each against a simulator of its own, or all against a cloud.

Called by `make integration TARGETS="..." ARGS="..."`. A target is a role below
tests/integration/targets, laid out as ansible-test wants it; its variables are those that
ansible-test would read from integration_config.yml. The output of each goes to
build/integration/TARGET.log and is shown when the target fails.
"""

from __future__ import annotations

import argparse
import configparser
import contextlib
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import time
import typing as t
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

ROOT = pathlib.Path(__file__).resolve().parents[2]
TARGETS = ROOT / "tests" / "integration" / "targets"
OUTPUT = ROOT / "build" / "integration"
# How long a target may take depends on the machine, so what ends it is that it writes nothing.
SECONDS_WITHOUT_PROGRESS = 300
SECONDS_BETWEEN_LOOKS = 30
#: The simulator's certificates are signed by none of the usual authorities, and Python reads all of
#: these for each request of the module uri and of the lookup url, for one by http as well.
NO_AUTHORITIES = {"SSL_CERT_FILE": os.devnull, "SSL_CERT_DIR": os.devnull}

Variables = dict[str, t.Any]


@dataclass(frozen=True)
class Outcome:
    """What became of one target: how many of its tasks ran well, and the reason if it failed."""

    target: str
    tasks: int
    seconds: float
    problem: str | None
    #: Why it could not run here.
    missing: str | None = None


def variables_of(simulator: Variables) -> Variables:
    """The variables of a target, from the line that the simulator prints."""
    login = {
        name: simulator[name]
        for name in ("auth_url", "username", "password", "user_domain_name", "project_name")
    }
    return {
        "simulator": simulator,
        "mrs_auth": login,
        "mrs_access_key": simulator["access_key"],
        "mrs_secret_key": simulator["secret_key"],
        "mrs_project_id": simulator["project_id"],
        "mrs_region": simulator["region"],
        "mrs_endpoint": simulator["url"],
    }


def variables_from(path: pathlib.Path) -> Variables:
    """The variables of a target, from a file like cloud-config-mrs.ini.template."""
    config = configparser.ConfigParser(interpolation=None)
    with path.open(encoding="utf-8") as file:
        config.read_file(file)
    return {
        "mrs_auth": dict(config["auth"]),
        **{f"mrs_{name}": value for name, value in config["mrs"].items()},
    }


@contextlib.contextmanager
def simulator(arguments: t.Sequence[str], log: pathlib.Path) -> t.Iterator[Variables]:
    """A running simulator; yields the variables that lead to it."""
    command = [sys.executable, "-m", "mrs_simulator", "--port", "0", *arguments]
    env = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "roles" / "simulator" / "files"),
        "PYTHONPYCACHEPREFIX": str(ROOT / "build" / "pycache"),
        "PYTHONDONTWRITEBYTECODE": "",
    }
    with (
        log.open("w") as errors,
        subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=errors, text=True
        ) as process,
    ):
        try:
            line = t.cast(
                "t.IO[str]", process.stdout
            ).readline()  # empty when the process ends instead
            if not line:
                raise RuntimeError(f"The simulator did not start:\n{log.read_text('utf-8')}")
            yield variables_of(json.loads(line))
        finally:
            process.terminate()


def environment() -> dict[str, str]:
    """What ansible-playbook sees: nothing of the caller's own Ansible or cloud."""
    return {
        "HOME": os.environ["HOME"],
        "PATH": f"{pathlib.Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "LC_ALL": "C.UTF-8",
        "PYTHONPATH": str(ROOT / "tests" / "tools" / "compiled"),
        "PYTHONPYCACHEPREFIX": str(ROOT / "build" / "pycache"),
        "ANSIBLE_CALLBACK_RESULT_FORMAT": "yaml",
        "ANSIBLE_COLLECTIONS_PATH": str(ROOT / "build" / "live"),
        "ANSIBLE_DEPRECATION_WARNINGS": "true",
        "ANSIBLE_HOME": str(ROOT / "build" / "ansible"),
        "ANSIBLE_NOCOLOR": "true",
        "ANSIBLE_RETRY_FILES_ENABLED": "false",
        "ANSIBLE_ROLES_PATH": str(TARGETS),
    }


def play(target: str, variables: Variables, verbosity: str, log: pathlib.Path) -> str | None:
    """Run the target; the reason if it failed."""
    folder = log.with_suffix("")
    folder.mkdir(exist_ok=True)
    config, playbook = folder / "integration_config.json", folder / "playbook.json"
    prefix = f"mrs-{target.replace('_', '-')}-{os.getpid()}"
    config.write_text(
        json.dumps({**variables, "resource_prefix": prefix, "output_dir": str(folder)}), "utf-8"
    )
    config.chmod(0o600)  # it may hold the password of a cloud
    playbook.write_text(
        json.dumps([{"hosts": "testhost", "gather_facts": False, "roles": [target]}]), "utf-8"
    )
    command = ["ansible-playbook", "-i", "testhost,", "-c", "local", "-e", f"@{config}"]
    command += [
        "-e",
        f"ansible_python_interpreter={sys.executable}",
        *([verbosity] if verbosity else []),
        str(playbook),
    ]
    with (
        log.open("w") as output,
        subprocess.Popen(
            command,
            cwd=folder,
            env=environment() | (NO_AUTHORITIES if "simulator" in variables else {}),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        ) as process,
    ):
        if not ends(process, [log, log.with_suffix(".simulator.log"), folder]):
            os.killpg(process.pid, signal.SIGKILL)
            return f"wrote nothing for {SECONDS_WITHOUT_PROGRESS} seconds"
    return f"ansible-playbook exited with {process.returncode}" if process.returncode else None


def ends(process: subprocess.Popen[bytes], outputs: t.Sequence[pathlib.Path]) -> bool:
    """Wait for a process; whether it ended while these files and folders were written to."""
    while True:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(SECONDS_BETWEEN_LOOKS)
            return True
        if time.time() - max(map(last_written, outputs)) > SECONDS_WITHOUT_PROGRESS:
            return False


def last_written(path: pathlib.Path) -> float:
    """When this file, or the newest in this folder, was written.

    What is deleted meanwhile does not count.
    """
    inside = [
        os.path.join(folder, name) for folder, _folders, names in os.walk(path) for name in names
    ]
    times = [0.0]
    for each in (path, *inside):
        with contextlib.suppress(FileNotFoundError):
            times.append(os.lstat(each).st_mtime)
    return max(times)


def run(target: str, options: argparse.Namespace) -> Outcome:
    """Run one target and read off the recap how many tasks really ran."""
    started = time.monotonic()
    log = options.output / f"{target}.log"
    verbosity = "-" + "v" * options.verbose if options.verbose else ""
    way: Variables = {"mrs_in_process": False} if options.as_modules else {}
    if options.cloud:
        problem = play(target, variables_from(options.cloud) | way, verbosity, log)
    else:
        arguments = ["--speed", str(options.speed), "--flavor", options.flavor]
        with simulator(arguments, log.with_suffix(".simulator.log")) as variables:
            problem = play(target, variables | way, verbosity, log)
    text = log.read_text("utf-8")
    tasks = sum(int(number) for number in re.findall(r"^testhost +: ok=(\d+)", text, re.MULTILINE))
    if not problem and not tasks:
        problem = "no task ran"
    missing = re.search(r"NOT RUN: ([^\"'\n]+)", text)
    outcome = Outcome(
        target, tasks, time.monotonic() - started, problem, missing[1] if missing else None
    )
    if outcome.missing:
        print(f"NOT RUN {target:30} {outcome.missing}", flush=True)
    elif problem:
        print(f"{text}\nFAILED  {target}: {problem}", flush=True)
    else:
        print(f"ok      {target:30} {tasks:4} tasks {outcome.seconds:6.1f} s", flush=True)
    return outcome


def available() -> list[str]:
    """The names of all targets, without those that are hidden, as targets share them."""
    names = sorted(path.parents[1].name for path in TARGETS.glob("*/tasks/main.yml"))
    aliases = {name: TARGETS / name / "aliases" for name in names}
    return [
        name
        for name in names
        if not aliases[name].is_file() or "hidden" not in aliases[name].read_text("utf-8")
    ]


def options_from(arguments: t.Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Run integration targets.")
    parser.add_argument("targets", nargs="*", help="default: all")
    parser.add_argument(
        "--without",
        action="append",
        default=[],
        help="of all, leave out this one (can be repeated)",
    )
    parser.add_argument(
        "--cloud", type=pathlib.Path, help="file with the credentials of a real cloud"
    )
    parser.add_argument(
        "--flavor", default="otc", help="the cloud that the simulator speaks like (default otc)"
    )
    parser.add_argument(
        "--speed", type=float, default=0.3, help="seconds of each transition of the simulator"
    )
    parser.add_argument(
        "--as-modules", action="store_true", help="run no task inside the controller"
    )
    parser.add_argument(
        "--output", type=pathlib.Path, default=OUTPUT, help="folder for what they say"
    )
    parser.add_argument("--jobs", type=int, default=2, help="targets that run at the same time")
    parser.add_argument(
        "-v", dest="verbose", action="count", default=0, help="verbosity of ansible-playbook"
    )
    return parser.parse_args(arguments)


def main(arguments: t.Sequence[str]) -> int:
    """Run the targets asked for; 1 if one of them failed."""
    options = options_from(arguments)
    targets = options.targets or [name for name in available() if name not in options.without]
    unknown = sorted(set(targets) - set(available()))
    if unknown or not targets:
        print(f"There is no target {', '.join(unknown)} in {TARGETS}.")
        return 1
    options.output.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(options.jobs) as pool:
        outcomes = list(pool.map(lambda target: run(target, options), targets))
    failed = [outcome.target for outcome in outcomes if outcome.problem]
    tasks = sum(outcome.tasks for outcome in outcomes)
    away = [outcome.target for outcome in outcomes if outcome.missing]
    passed = len(outcomes) - len(failed) - len(away)
    print(
        f"== {passed} of {len(outcomes)} targets passed, {tasks} "
        f"tasks{', NOT RUN: ' if away else ''}{', '.join(away)}"
    )
    if failed:
        print(f"Failed: {', '.join(failed)}. The output is in {options.output}/TARGET.log.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
