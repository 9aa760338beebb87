# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is to do to delete a cluster. Pure.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import Plan
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.changes import Delete
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.plan import view_of
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models import cluster_state

if t.TYPE_CHECKING:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.plan import Current


def plan_absent(current: Current, name: str | None = None, *, wait: bool = True) -> Plan:
    """Plan a deletion (service_v1 2.2).

    The service removes a failed cluster itself, and one that is being deleted needs no second
    request.

    :raises OptionError: it was found by its id, and is not called C(name).
    :raises WaitError: without C(wait), it cannot be deleted now.
    """
    cluster = current.found.cluster
    if cluster is None or cluster.state in cluster_state.LEAVING:
        return Plan()
    if name not in (None, cluster.name):
        raise OptionError(
            "name",
            f"cluster {cluster.id} is called {cluster.name}, not {name}, so it is not deleted; "
            "give its own name, or the id alone",
        )
    is_busy = cluster.state == "starting" or cluster.scaling
    if is_busy and not wait:
        raise cluster_state.not_now(cluster, "it cannot be deleted now")
    return Plan((Delete(cluster),), before=view_of(cluster))
