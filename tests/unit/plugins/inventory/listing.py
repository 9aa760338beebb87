# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads inventory files with Ansible's manager, each alone, and prints each outcome as JSON.

Called with the files, in a process of its own: Ansible only finds collections that nobody has
imported before.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
import typing as t

from ansible.errors import AnsibleError
from ansible.inventory.manager import InventoryManager
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.loader import init_plugin_loader


def listed(path: str) -> dict[str, t.Any]:
    """The variables of each host and the hosts of each group, or what is shown of an error."""
    terminal = io.StringIO()
    try:
        with contextlib.redirect_stderr(terminal):
            found = InventoryManager(DataLoader(), sources=[path])
    except AnsibleError:
        return {"error": " ".join(terminal.getvalue().split())}
    groups = {
        name: sorted(host.name for host in group.get_hosts())
        for name, group in found.groups.items()
    }
    return {
        "hosts": {host.name: host.vars for host in found.get_hosts()},
        "groups": groups,
        "told": " ".join(terminal.getvalue().split()),
    }


if __name__ == "__main__":
    init_plugin_loader()
    print(json.dumps([listed(path) for path in sys.argv[1:]]))
