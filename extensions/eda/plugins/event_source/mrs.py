# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import asyncio
import importlib
import pathlib
import sys
import typing as t

DOCUMENTATION = r"""
---
module: mrs
short_description: Changes of MapReduce clusters and of their jobs as events
version_added: 1.0.0
author:
  - huaweicloud.mrs contributors (@huaweicloud-mrs)
description:
  - Reads the states of clusters and job executions again and again, and emits one event for each
    change.
  - O(state_file) stores which changes have been sent, so each change is sent once, also after a
    restart. If the process ends while it hands over an event, the event is sent again with the same
    C(id) and with C(repeated) set to V(true).
  - Events that ansible-rulebook has received but not acted on are lost when it ends, unless it has
    a database. With a database, the action that ran at that moment is run again, with C(repeated)
    set to V(false).
  - The page guide_event_driven of the documentation lists the keys of an event, and shows what was
    measured when ansible-rulebook was ended.
  - Several changes of a state between two looks are one event, from the state that was sent last to
    the state now. A resize between two looks is an event as well, from V(running) to V(running),
    with C(scaled) set to V(true) and the nodes of each group in C(counts_before) and C(counts).
  - The very first look only stores what is there, unless O(initial_events) is set.
requirements:
  - ansible-core, in the environment of ansible-rulebook
extends_documentation_fragment:
  - huaweicloud.mrs.auth
options:
  state_file:
    description:
      - The file that stores which changes have been sent. It is created at the first look, with
        mode 0600, and replaced as a whole.
      - Each source needs its own file; a second source with the same file is refused, and so is the
        file of another project. It must survive a restart, so in a container put it into a volume.
      - It holds ids, names and states, and no secret.
    type: path
    required: true
  clusters:
    description:
      - Names or ids of the clusters that are watched. All clusters of the project when it is empty.
        A warning names those that do not exist, at the start and later, such as after they were
        renamed. They are watched as soon as they exist.
    type: list
    elements: str
    default: []
  events:
    description:
      - Which events are wanted. Without V(job_execution) no jobs are read.
    type: list
    elements: str
    choices:
      - cluster
      - job_execution
    default:
      - cluster
      - job_execution
  initial_events:
    description:
      - At the very first look, also emit an event for each cluster that is there, unless it is
        terminated, and for each of its jobs.
    type: bool
    default: false
  poll_interval:
    description:
      - Seconds from one look to the next after something has changed, greater than 0.
      - While nothing changes, each pause is 1.5 times as long as the one before, up to
        O(max_poll_interval). While the service does not answer or asks for fewer requests (HTTP
        429), each pause is twice as long, up to ten minutes.
    type: float
    default: 15
  max_poll_interval:
    description:
      - Longest pause in seconds between two looks while nothing changes, not less than
        O(poll_interval).
    type: float
    default: 120
  feedback:
    description:
      - Count an event as sent only when ansible-rulebook confirms that its rules have it.
        ansible-rulebook needs C(--persistence-id) for that. To keep the events when it ends, it
        also needs a database, such as that of the variable C(drools_db_file_path).
    type: bool
    default: false
"""

EXAMPLES = r"""
# Everything that happens in the project. The login comes from the environment, such as
# OS_CLOUD.
- huaweicloud.mrs.mrs:
    state_file: /var/lib/ansible-rulebook/mrs.json

# The jobs of two clusters, and what ran on them before the first start.
- huaweicloud.mrs.mrs:
    state_file: /var/lib/ansible-rulebook/etl-jobs.json
    cloud: otc
    clusters:
      - sensor-etl
      - sensor-archive
    events:
      - job_execution
    initial_events: true
    poll_interval: 30
    max_poll_interval: 60

# Access keys from variables of ansible-rulebook (--vars or --env-vars). An event counts as sent
# only when the rules have it; for that start ansible-rulebook with --persistence-id.
- name: mrs
  huaweicloud.mrs.mrs:
    state_file: /var/lib/ansible-rulebook/mrs.json
    access_key: "{{ ETL_ACCESS_KEY }}"
    secret_key: "{{ ETL_SECRET_KEY }}"
    region_name: eu-de
    feedback: true
"""

SOURCE = "ansible_collections.huaweicloud.mrs.plugins.plugin_utils._event_source"


async def main(queue: asyncio.Queue[t.Any], args: dict[str, t.Any]) -> None:
    """Emit events until the task is cancelled.

    :raises MrsError: an argument is wrong, or the service does not accept who asks.
    """
    source = _imported()
    given = {name: value for name, value in args.items() if name != source.FEEDBACK}
    await source.EventSource(source.checked(given)).run(queue, args.get(source.FEEDBACK))


def _imported() -> t.Any:
    """The code of the collection, for a file that runs without Ansible's own importer."""
    for folder in pathlib.Path(__file__).absolute().parents:
        if folder.name == "ansible_collections" and str(folder.parent) not in sys.path:
            sys.path.insert(0, str(folder.parent))
    return importlib.import_module(SOURCE)
