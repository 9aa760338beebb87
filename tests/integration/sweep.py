# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Delete the clusters that a cut-off run of integration targets has left on a cloud, and no others.

Usage: sweep.py CLOUD-CONFIG [options of ansible-playbook]. The names of what a run creates begin
with a prefix that has the number of its process in it. Those prefixes stand in
build/integration/TARGET/integration_config.json.
"""

from __future__ import annotations

import json
import pathlib
import re
import subprocess
import sys
import typing as t

from run import OUTPUT, environment, variables_from

PREFIX = re.compile(r"mrs-[a-z-]+-[0-9]+")
PLAY: list[dict[str, t.Any]] = [
    {
        "name": "Delete what the run has left",
        "hosts": "localhost",
        "gather_facts": False,
        "module_defaults": {
            "group/huaweicloud.mrs.mrs": {
                "auth": "{{ mrs_auth }}",
                "region_name": "{{ mrs_region }}",
                "endpoint": "{{ mrs_endpoint }}",
            }
        },
        "tasks": [
            {
                "name": "List the clusters",
                "huaweicloud.mrs.mrs_cluster_info": None,
                "register": "there",
            },
            {
                "name": "Delete those of the run",
                "huaweicloud.mrs.mrs_cluster": {"id": "{{ item.id }}", "state": "absent"},
                "loop": "{{ there.clusters | selectattr('name', 'match', prefixes) }}",
                "loop_control": {"label": "{{ item.name }} ({{ item.id }})"},
            },
        ],
    }
]


def prefixes() -> list[str]:
    """The prefixes of the runs that this checkout knows.

    :raises ValueError: one of them could match what somebody else made.
    """
    found = [
        json.loads(path.read_text("utf-8"))["resource_prefix"]
        for path in OUTPUT.glob("*/integration_config.json")
    ]
    for prefix in found:
        if not PREFIX.fullmatch(prefix):
            raise ValueError(f"{prefix!r} is no prefix of a run")
    return sorted(found)


def main(cloud: str, *options: str) -> int:
    """Delete them; what ansible-playbook ends with."""
    known = prefixes()
    if not known:
        print("No run is known here: build/integration has no integration_config.json.")
        return 0
    print(f"Looking for clusters whose names begin with {', '.join(known)}")
    values = variables_from(pathlib.Path(cloud)) | {"prefixes": f"({'|'.join(known)})([^0-9]|$)"}
    config, playbook = OUTPUT / "sweep.json", OUTPUT / "sweep-playbook.json"
    config.touch(mode=0o600)
    config.write_text(json.dumps(values), "utf-8")
    playbook.write_text(json.dumps(PLAY), "utf-8")
    try:
        command = ["ansible-playbook", "-e", f"@{config}", *options, str(playbook)]
        return subprocess.run(command, env=environment(), check=False).returncode
    finally:
        config.unlink()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
