# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is measured in a process of its own, with nothing imported or allocated before.

Prints one JSON line with C(seconds), and what else there is to tell.
"""

from __future__ import annotations

import argparse
import json
import os
import pathlib
import resource
import statistics
import sys
import tempfile
import time
import typing as t
import warnings

Json = dict[str, t.Any]
PAGE = 100


def executions(address: Json, cluster: str) -> Json:
    """All executions of a cluster by our own task, and the memory that it takes."""
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.info import (
        JobExecutionInfoTask,
    )
    from ansible_collections.huaweicloud.mrs.plugins.modules.mrs_job_execution_info import SPEC

    _run(JobExecutionInfoTask, SPEC, address, cluster=cluster, limit=1, name="none of this name")
    before, started = _peak(), time.perf_counter()
    result = _run(JobExecutionInfoTask, SPEC, address, cluster=cluster)
    seconds, peak = time.perf_counter() - started, _peak()
    found = result["job_executions"]
    return {
        "seconds": seconds,
        "found": len(found),
        "memory": peak - before,
        "own_memory": _size(found, set()),
    }


def executions_by_sdk(address: Json, cluster: str) -> Json:
    """The same by the vendor's SDK, one page after the other."""
    from huaweicloudsdkcore.auth.credentials import BasicCredentials
    from huaweicloudsdkcore.region.region import Region
    from huaweicloudsdkmrs.v1 import MrsClient, model

    warnings.simplefilter("ignore")
    login = BasicCredentials(address["access_key"], address["secret_key"], address["project_id"])
    region = Region(address["region"], address["url"])
    client = MrsClient.new_builder().with_credentials(login).with_region(region).build()
    started, found, number, total = time.perf_counter(), [], 1, 1
    while len(found) < total:
        request = model.ListExecuteJobRequest(
            cluster_id=cluster, page_size=str(PAGE), current_page=str(number)
        )
        answer = client.list_execute_job(request)
        found += answer.job_executions
        total, number = int(answer.total_record), number + 1
    return {"seconds": time.perf_counter() - started, "found": len(found)}


def waiting(address: Json, cluster: str) -> Json:
    """All executions of a cluster, waited for by our own task."""
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.info import (
        JobExecutionInfoTask,
    )
    from ansible_collections.huaweicloud.mrs.plugins.modules.mrs_job_execution_info import SPEC

    started = time.perf_counter()
    found = _run(JobExecutionInfoTask, SPEC, address, cluster=cluster, wait=True, poll_interval=1)[
        "job_executions"
    ]
    ended = [execution for execution in found if execution["final_status"] == "succeeded"]
    return {"seconds": time.perf_counter() - started, "found": len(ended)}


def inventory(address: Json, width: str) -> Json:
    """All hosts by the inventory plugin.

    C(width) is how many requests are under way at once; empty: as it is.
    """
    from ansible.inventory.manager import InventoryManager
    from ansible.parsing.dataloader import DataLoader
    from ansible.plugins.loader import init_plugin_loader

    init_plugin_loader()
    options = {
        "plugin": "huaweicloud.mrs.mrs",
        "keyed_groups": [{"key": "mrs_node_group"}],
        **_login(address),
    }
    if width:
        options["concurrency"] = int(width)
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, "fleet.mrs.yml")
        source.write_text(json.dumps(options), "utf-8")
        started = time.perf_counter()
        found = InventoryManager(DataLoader(), sources=[str(source)]).get_hosts()
    return {"seconds": time.perf_counter() - started, "found": len(found)}


def imports(archive: str, libraries: str) -> Json:
    """Seconds to import a module's own code from the archive in which Ansible sends it.

    :param libraries: those that are there already, with commas between them.
    """
    for library in filter(None, libraries.split(",")):
        __import__(library)
    sys.path.insert(0, archive)
    started = time.perf_counter()
    from ansible_collections.huaweicloud.mrs.plugins.modules import mrs_cluster

    seconds = time.perf_counter() - started
    assert str(mrs_cluster.__file__).startswith(archive)
    return {"seconds": seconds}


def parts(address: Json, cluster: str) -> Json:
    """The parts of an unchanged cluster in the controller's process: median seconds of each."""
    import requests
    from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

    from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.mrs_cluster import (
        ClusterTask,
    )
    from ansible_collections.huaweicloud.mrs.plugins.modules.mrs_cluster import SPEC

    url = f"{address['url']}/v1.1/{address['project_id']}/cluster_infos/{cluster}"

    def get() -> None:
        with requests.Session() as session:
            session.get(url, timeout=10)

    given = {**_login(address), "id": cluster}
    validator = ArgumentSpecValidator(**SPEC.arguments())
    timed = {
        "options": lambda: validator.validate(given),
        "request": get,
        "all": lambda: _run(ClusterTask, SPEC, address, id=cluster),
    }
    found: dict[str, list[float]] = {name: [] for name in timed}
    for _round in range(30):
        for name, function in timed.items():
            started = time.perf_counter()
            function()
            found[name].append(time.perf_counter() - started)
    return {name: statistics.median(seconds) for name, seconds in found.items()}


def _login(address: Json) -> Json:
    names = ("access_key", "secret_key", "project_id")
    return {
        **{name: address[name] for name in names},
        "region_name": address["region"],
        "endpoint": address["url"],
    }


def _run(kind: t.Any, spec: t.Any, address: Json, **options: t.Any) -> Json:
    from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

    from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.connect import (
        TaskEnvironment,
    )
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.run import run

    checked = ArgumentSpecValidator(**spec.arguments()).validate({**_login(address), **options})
    assert not checked.error_messages, checked.error_messages
    return run(
        kind,
        checked.validated_parameters,
        check_mode=False,
        environment=TaskEnvironment(os.environ),
    )


def _peak() -> int:
    """Bytes that this process has had in memory at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _size(value: t.Any, seen: set[int]) -> int:
    """Bytes of a JSON value with all that is in it, each object once."""
    if id(value) in seen:
        return 0
    seen.add(id(value))
    size = sys.getsizeof(value)
    if isinstance(value, dict):
        return size + sum(_size(key, seen) + _size(each, seen) for key, each in value.items())
    return size + sum(_size(each, seen) for each in value) if isinstance(value, list) else size


WORK: dict[str, t.Callable[..., Json]] = {
    "executions": executions,
    "executions_by_sdk": executions_by_sdk,
    "imports": imports,
    "inventory": inventory,
    "parts": parts,
    "waiting": waiting,
}

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", choices=sorted(WORK))
    parser.add_argument("arguments", nargs="*", help="JSON for what begins with a brace")
    asked = parser.parse_args()
    given = [json.loads(text) if text.startswith("{") else text for text in asked.arguments]
    print(json.dumps(WORK[asked.work](*given)))
