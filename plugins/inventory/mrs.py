# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: mrs
short_description: Nodes of MapReduce clusters as an inventory
version_added: 1.0.0
author:
  - huaweicloud.mrs contributors (@huaweicloud-mrs)
description:
  - Each node of the clusters that match is a host. All are in the group C(mrs). Further groups come
    from O(keyed_groups) and O(groups).
  - The file of the inventory is called C(*.mrs.yml) or C(*.mrs.yaml).
  - The variables C(mrs_id), C(mrs_name), C(mrs_ip), C(mrs_node_group) (C(master), C(core) or
    C(task); in mixed and custom clusters C(master) or the name of the group, such as
    C(core_node_analysis_group)), C(mrs_state), C(mrs_size), C(mrs_cpu), C(mrs_memory) (MB),
    C(mrs_root_volume_size), C(mrs_data_volume_type), C(mrs_data_volume_size) and
    C(mrs_data_volume_count) describe the node.
  - The variables C(mrs_cluster_id), C(mrs_cluster_name), C(mrs_cluster_state), C(mrs_cluster_type),
    C(mrs_cluster_version), C(mrs_cluster_safe_mode), C(mrs_cluster_components) (names),
    C(mrs_cluster_region), C(mrs_cluster_availability_zone), C(mrs_cluster_vpc_id),
    C(mrs_cluster_subnet_id), C(mrs_cluster_security_group_id),
    C(mrs_cluster_enterprise_project_id), C(mrs_cluster_master_ip), C(mrs_cluster_internal_ip),
    C(mrs_cluster_external_ip) and C(mrs_cluster_tags) (a dictionary) describe its cluster.
  - If the service does not show a value, the variable is V(null). That can happen to all of them
    except C(mrs_id), C(mrs_name), C(mrs_node_group), C(mrs_cluster_id), C(mrs_cluster_name),
    C(mrs_cluster_state), C(mrs_cluster_components) and C(mrs_cluster_tags). A key of
    O(keyed_groups) that is V(null) makes no group and is no error, even with O(strict);
    C(default_value) of the entry names a group for it.
  - Texts of the service are never evaluated as templates.
  - An option that the plugin does not know is an error. So is a state that the service does not
    have.
  - After any error, such as a refused login, Ansible ignores the whole file and continues, unless
    E(ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED) is set.
extends_documentation_fragment:
  - huaweicloud.mrs.auth
  - ansible.builtin.constructed
  - ansible.builtin.inventory_cache
options:
  plugin:
    description: Says that the file is for this plugin.
    type: str
    required: true
    choices: [huaweicloud.mrs.mrs]
  clusters:
    description:
      - Names of the clusters whose nodes become hosts. With an empty list, clusters of any name.
      - A name for which there is no cluster is no error.
    type: list
    elements: str
    default: []
  cluster_states:
    description:
      - States of the clusters whose nodes become hosts, as in
        O(huaweicloud.mrs.mrs_cluster_info#module:cluster_state). Letter case does not matter.
      - With an empty list, clusters in any state but V(terminated).
      - A cluster that is being scaled counts as V(running), too.
    type: list
    elements: str
    default: [running]
  tags:
    description: Tags that the clusters must have, all of them.
    type: dict
    default: {}
  hostnames:
    description:
      - Names of the hosts, as names of variables such as V(mrs_ip), or as Jinja2 expressions with
        variables.
      - A node gets the first of these names that no other node has. A node without any such name is
        called by its C(mrs_id).
      - Other nodes are also those from inventory files that Ansible has read before this one. So
        nodes of two regions or projects never become one host. A node that is in two files is one
        host.
      - Characters with a meaning in host patterns are replaced by C(_).
    type: list
    elements: str
    default: [mrs_name]
  address:
    description:
      - The variable or Jinja2 expression that gives C(ansible_host). O(compose) can overwrite it.
      - When it is empty, or has no value for a node, C(ansible_host) is not set.
    type: str
    default: mrs_ip
  node_health:
    description:
      - Whether to read the health of each node, which takes one more request for each cluster. The
        variables C(mrs_healthy) (whether all of its components are healthy), C(mrs_node_state) and
        C(mrs_sick_components) (roles of those that are not) show it, see
        M(huaweicloud.mrs.mrs_node_info).
      - If the service does not show it, they are V(null), and there is a warning. Open Telekom
        Cloud does not publish that call.
    type: bool
    default: false
  concurrency:
    description:
      - How many requests may run at the same time, 1 or more.
      - When the service asks for fewer (HTTP 429), there are half as many from then on.
    type: int
    default: 32
notes:
  - The options of the login and those that select clusters may be templates, with lookups and extra
    variables.
  - The cache holds no credentials. It is kept apart for each project and each selection of
    clusters.
seealso:
  - module: huaweicloud.mrs.mrs_host_info
  - module: huaweicloud.mrs.mrs_cluster_info
"""

EXAMPLES = r"""
# etl.mrs.yml: all nodes of all running clusters. The login comes from the environment,
# such as OS_CLOUD.
---
plugin: huaweicloud.mrs.mrs

---
# Groups by cluster (cluster_sensor_etl), by group of nodes (core, sensor_etl_core; of a custom
# cluster its own groups, such as node_group_1), by type of the cluster (type_analysis) and by each
# of its tags (tag_team_data). Only clusters of team data.
plugin: huaweicloud.mrs.mrs
cloud: otc
tags:
  team: data
keyed_groups:
  - key: mrs_cluster_name
    prefix: cluster
  - key: mrs_node_group
    separator: ""
  - key: mrs_cluster_name ~ "_" ~ mrs_node_group
    separator: ""
  - key: mrs_cluster_type
    prefix: type
  - key: mrs_cluster_tags
    prefix: tag

---
# Two clusters, read every ten minutes at most, with short names, a user for ssh, and a group of
# active masters.
plugin: huaweicloud.mrs.mrs
clusters:
  - sensor-etl
  - sensor-archive
hostnames:
  - mrs_cluster_name ~ "-" ~ mrs_node_group ~ "-" ~ (mrs_name | split("_") | last)
compose:
  ansible_user: "'root'"
groups:
  active_master: mrs_ip == mrs_cluster_master_ip
strict: true
cache: true
cache_plugin: ansible.builtin.jsonfile
cache_connection: ~/.cache/mrs-inventory
cache_timeout: 600

---
# A group of the nodes on which some component is not well, also in clusters that do not work well.
# At most eight requests at the same time.
plugin: huaweicloud.mrs.mrs
cluster_states:
  - running
  - abnormal
node_health: true
concurrency: 8
groups:
  sick: mrs_healthy is false

---
# Access keys from variables. The nodes are reached by their names, which a DNS server knows.
plugin: huaweicloud.mrs.mrs
access_key: "{{ lookup('ansible.builtin.env', 'ETL_ACCESS_KEY') }}"
secret_key: "{{ lookup('ansible.builtin.env', 'ETL_SECRET_KEY') }}"
region_name: eu-de
address: mrs_name ~ ".mrs.example.com"
"""

import os
import typing as t

from ansible import constants, template
from ansible.errors import AnsibleError, AnsibleParserError
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.plugins.inventory import BaseInventoryPlugin, Cacheable, Constructable
from ansible.utils.unsafe_proxy import wrap_var
from ansible.utils.vars import combine_vars

from ansible_collections.huaweicloud.mrs.plugins.module_utils._argspec import (
    AUTH,
    CLUSTER_STATES,
    TAGS,
    ModuleSpec,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.settings import resolve
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import MrsError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.connect import TaskEnvironment
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.run import run
from ansible_collections.huaweicloud.mrs.plugins.plugin_utils import _inventory

#: Since ansible-core 2.19 only text that is marked as trusted can be a template; before, all that
#: was not wrapped.
TRUST_IS_MARKED = hasattr(template, "trust_as_template")
#: What selects the clusters; besides the options that log in, these may be templates.
SELECTION = {
    "clusters": {"type": "list", "elements": "str", "default": []},
    "cluster_states": {"type": "list", "elements": "str", "default": [], "choices": CLUSTER_STATES},
    "tags": {**TAGS, "default": {}},
    "node_health": {"type": "bool", "default": False},
    "concurrency": {"type": "int"},
}
SPEC = ModuleSpec({**AUTH, **SELECTION})


# ansible-core has no types.
class InventoryModule(BaseInventoryPlugin, Constructable, Cacheable):  # type: ignore[misc]
    NAME = "huaweicloud.mrs.mrs"
    #: What is taken for a value that is null.
    _no_key: t.Any = None

    def verify_file(self, path: str) -> bool:
        return bool(super().verify_file(path)) and path.endswith((".mrs.yml", ".mrs.yaml"))

    def parse(self, inventory: t.Any, loader: t.Any, path: str, cache: bool = True) -> None:
        super().parse(inventory, loader, path, cache)
        given = self._read_config_data(path)
        try:
            _inventory.check_names(given, self._definitions())
            clusters = self._clusters(path, cache)
        except MrsError as error:
            # Ansible would add the cause to the message, which says it all already.
            raise AnsibleParserError(f"Cannot make an inventory of {path}: {error}") from None
        if not TRUST_IS_MARKED:
            clusters = wrap_var(clusters)
        self._populate(list(_inventory.nodes(clusters)))

    def set_options(self, *args: t.Any, **kwargs: t.Any) -> None:
        """Ansible gives each value its type at once, so templates are evaluated before.

        It would take one that stands for true for false.
        """
        given = self._evaluated(kwargs.get("direct") or {})
        try:
            _inventory.check_kinds(given, SPEC.options)
        except MrsError as error:
            raise AnsibleParserError(f"Cannot make an inventory: {error}") from None
        super().set_options(*args, **{**kwargs, "direct": given})

    def _evaluated(self, given: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
        """The options without templates, where they may be some."""
        self.templar.available_variables = self._vars
        may_be = _inventory.spellings(SPEC.options)
        return {
            key: self.templar.template(value) if key in may_be else value
            for key, value in given.items()
        }

    def _definitions(self) -> t.Any:
        """The documented options."""
        return constants.config.get_configuration_definitions("inventory", self._load_name)

    def _clusters(self, path: str, cache: bool) -> list[_inventory.Variables]:
        """The clusters with their hosts, from the cache if that is allowed.

        :raises MrsError: they cannot be read.
        """
        params = self._params()
        if not self.get_option("cache"):
            return self._read(params)
        source = _inventory.source_of(resolve(params, os.environ), params)
        key = f"{self.get_cache_key(path)}_{source}"
        if cache and key in self._cache:
            return t.cast("list[_inventory.Variables]", self._cache[key])
        clusters = self._read(params)
        self._cache[key] = clusters
        return clusters

    def _params(self) -> dict[str, t.Any]:
        """The options as a task would have them, checked."""
        given = {name: self.get_option(name) for name in SPEC.options}
        checked = ArgumentSpecValidator(**SPEC.arguments()).validate(SPEC.understood(given))
        if checked.error_messages:
            raise AnsibleParserError(f"Wrong options: {'; '.join(checked.error_messages)}")
        return t.cast("dict[str, t.Any]", checked.validated_parameters)

    def _read(self, params: dict[str, t.Any]) -> list[_inventory.Variables]:
        result = run(
            _inventory.NodesTask, params, check_mode=False, environment=TaskEnvironment(os.environ)
        )
        for warning in result["warnings"]:
            self.display.warning(warning)
        return t.cast("list[_inventory.Variables]", result["clusters"])

    def _populate(self, nodes: list[_inventory.Variables]) -> None:
        strict, address = self.get_option("strict"), self.get_option("address")
        self.inventory.add_group("mrs")
        others = {
            host.name: host.vars["mrs_id"]
            for host in self.inventory.hosts.values()
            if "mrs_id" in host.vars
        }
        names = _inventory.names(nodes, self.get_option("hostnames"), self._value, others)
        for name, node in zip(names, nodes, strict=True):
            host = self._value(address, node) if address else None
            variables = {**node, **({"ansible_host": host} if host else {})}
            self.inventory.add_host(name, group="mrs")
            # All at once: to set one after the other would take most of the time of a large
            # inventory.
            known = self.inventory.hosts[name]
            known.vars = combine_vars(known.vars, variables)
            self._set_composite_vars(self.get_option("compose"), variables, name, strict=strict)
            self._add_host_to_composed_groups(
                self.get_option("groups"), variables, name, strict=strict
            )
            for keyed in self.get_option("keyed_groups"):
                self._add_to_keyed_group(keyed, variables, name, strict)

    def _add_to_keyed_group(
        self, keyed: t.Any, variables: _inventory.Variables, name: str, strict: bool
    ) -> None:
        """As Ansible does, but a key without a value is no error, even with C(strict)."""
        has_default = isinstance(keyed, dict) and keyed.get("default_value") is not None
        self._no_key = "" if has_default else []
        try:
            self._add_host_to_keyed_groups([keyed], variables, name, strict=strict)
        finally:
            self._no_key = None

    def _compose(
        self, expression: str, variables: _inventory.Variables, *args: t.Any, **kwargs: t.Any
    ) -> t.Any:
        # To compile each name of a variable for each host would take most of the time of a large
        # inventory.
        if expression in variables and not self.get_option("use_extra_vars"):
            value = variables[expression]
        else:
            value = super()._compose(expression, variables, *args, **kwargs)
        return self._no_key if value is None else value

    def _value(self, expression: str, node: _inventory.Variables) -> t.Any:
        """The value of a variable or of an expression; None where there is none."""
        try:
            return self._compose(expression, node)
        except AnsibleError as exc:
            if self.get_option("strict"):
                raise AnsibleParserError(
                    f"Cannot evaluate {expression} for node {node['mrs_name']}: {exc}"
                ) from None
            return None
