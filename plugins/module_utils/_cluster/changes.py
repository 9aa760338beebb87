# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The changes that a cluster can get besides new sizes, components and policies. Pure.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import (
    Action,
    View,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job_api import V2

if t.TYPE_CHECKING:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster


class Create(t.NamedTuple):
    """Create the cluster, with its tags, its policy and its job.

    C(view): what the diff shows of it, besides the API.
    """

    name: str
    view: View
    api: str

    @property
    def action(self) -> Action:
        return {"action": "create", "cluster": self.name}

    def effect(self, view: View) -> View:
        return {**self.view, "api": self.api}


class Delete(t.NamedTuple):
    """Delete the cluster."""

    cluster: Cluster

    @property
    def action(self) -> Action:
        return {"action": "delete", "cluster": self.cluster.name, "id": self.cluster.id}

    def effect(self, view: View) -> View:
        """The cluster is gone; that its jobs have run is not."""
        return {key: value for key, value in view.items() if key == "job_executions"}


class Rename(t.NamedTuple):
    """Give the cluster another name."""

    before: str
    after: str
    api: str = V2

    @property
    def action(self) -> Action:
        return {"action": "rename", "from": self.before, "to": self.after}

    def effect(self, view: View) -> View:
        return {**view, "name": self.after}


class ChangeTags(t.NamedTuple):
    """Set and remove tags."""

    set: t.Mapping[str, str]
    remove: t.Mapping[str, str]

    @property
    def action(self) -> Action:
        return {"action": "change_tags", "set": dict(self.set), "remove": sorted(self.remove)}

    def effect(self, view: View) -> View:
        kept = {key: value for key, value in view["tags"].items() if key not in self.remove}
        return {**view, "tags": dict(sorted({**kept, **self.set}.items()))}


class SwitchDefaultTags(t.NamedTuple):
    """Give the nodes the default tags of the cluster, or take them away."""

    enabled: bool
    api: str = V2

    @property
    def action(self) -> Action:
        return {"action": "switch_default_tags", "enabled": self.enabled}

    def effect(self, view: View) -> View:
        return {**view, "default_tags": self.enabled}
