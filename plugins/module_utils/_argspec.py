# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options that several modules share, and the specification of a module's options as one value.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._options import forms

Options = t.Mapping[str, t.Mapping[str, t.Any]]
#: As Ansible shows a value that must not be seen.
NOT_SHOWN = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"
#: Of a secret that is not a text, such as a list, shorter parts are shown: to hide them would
#: garble the message.
SHORTEST_PART = 4
Groups = t.Sequence[t.Sequence[str]]


class ModuleSpec(t.NamedTuple):
    """The options of a module and the rules between them.

    The rules have the shapes that Ansible gives them.
    """

    options: Options
    mutually_exclusive: Groups = ()
    required_together: Groups = ()
    required_one_of: Groups = ()
    required_if: t.Sequence[t.Sequence[t.Any]] = ()
    #: Options whose items the task checks itself, so that a wrong one says nothing of the others.
    #: Ansible does not see their suboptions.
    one_by_one: t.Collection[str] = ()
    #: Keys of another form of the options, which is refused with the way to write it.
    flat_form: t.Collection[str] = ()

    def understood(self, given: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
        """What is given, in the form of the specification; still to be checked by Ansible.

        :raises OptionError: a value has no form that could be read, or the name of an option is
            misspelt.
        """
        if any(key in self.flat_form for key in given):
            from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions import (
                flat_cluster,
            )

            flat_cluster.refuse(given, self.flat_form)
        whole = {name: {**self.options[name], "options": {}} for name in self.one_by_one}
        return forms.understood({**self.options, **whole}, given)

    def shown(self, given: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
        """What is given, as far as it may be shown before it is understood."""
        return _shown(self.options, given)

    def arguments(self) -> dict[str, t.Any]:
        """The keyword arguments that C(AnsibleModule) and C(ArgumentSpecValidator) have in common.

        A new copy at each call, since Ansible writes into what it is given.
        """
        rules = {name: _copied(value) for name, value in self._asdict().items()}
        del rules["flat_form"]
        options = forms.for_ansible(rules.pop("options"))
        for name in rules.pop("one_by_one"):
            del options[name]["options"]
        return {"argument_spec": options, **rules}


def _copied(value: t.Any) -> t.Any:
    """A deep copy of what specifications consist of, in a fraction of the time of copy.deepcopy."""
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(map(_copied, value))
    return value


def hidden_in(options: Options, given: t.Mapping[str, t.Any]) -> t.Iterator[str]:
    """The values of options with C(no_log), however deep, in any form and under any alias.

    Ansible itself does not find them when an option with suboptions has a wrong type.
    """
    for name, option in options.items():
        names = (name, *option.get("aliases", ()))
        for value in filter(None, map(given.get, names)):
            if option.get("no_log"):
                yield from _texts(value)
            for item in value if isinstance(value, list) else [value]:
                if isinstance(item, dict):
                    yield from hidden_in(option.get("options", {}), item)
                elif _has_secrets(option):
                    yield from _texts(item)  # its parts cannot be told apart


def _has_secrets(option: t.Mapping[str, t.Any]) -> bool:
    return any(suboption.get("no_log") for suboption in option.get("options", {}).values())


def _texts(value: t.Any) -> t.Iterator[str]:
    """The text of a value that may be anything, and the parts of it that can be told apart."""
    if value is None or isinstance(value, bool):
        return
    yield str(value)
    if isinstance(value, dict):
        value = [*value, *value.values()]
    for item in value if isinstance(value, list) else ():
        yield from (text for text in _texts(item) if len(text) >= SHORTEST_PART)


def _shown(options: Options, given: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    """Without the values of options with C(no_log), be they of whatever form.

    What is no option may be a secret whose name is misspelt.
    """
    names = {
        alias: option
        for name, option in options.items()
        for alias in (name, *option.get("aliases", ()))
    }
    unknown = {"no_log": True}
    return {key: _shown_value(names.get(key, unknown), value) for key, value in given.items()}


def _shown_value(option: t.Mapping[str, t.Any], value: t.Any) -> t.Any:
    if _is_whole_entry(option, value):
        return NOT_SHOWN
    if isinstance(value, list) and not option.get("no_log"):
        return [_shown_value(option, item) for item in value]
    if isinstance(value, dict) and option.get("options"):
        return _shown(option["options"], value)
    is_hidden = option.get("no_log") or _has_secrets(option)
    return NOT_SHOWN if is_hidden and value is not None else value


def _is_whole_entry(option: t.Mapping[str, t.Any], value: t.Any) -> bool:
    """An entry of clouds.yaml stands where its name is wanted, and it has passwords."""
    if option.get("reads") is not forms.name_of_entry or value is None:
        return False
    try:
        forms.name_of_entry(value)
    except ValueError:
        return True
    return False


def alias_warnings(checked: t.Any) -> list[str]:
    """What AnsibleModule would warn of; C(checked) is what C(ArgumentSpecValidator) gives."""
    found = checked._warnings  # noqa: SLF001  there is no public way to them
    return [
        f"Both option {each['option']} and its alias {each['alias']} are set." for each in found
    ]


#: An option that requests of the API have as an empty text where it is not given.
TEXT: t.Mapping[str, t.Any] = {"type": "str", "may_be_empty": True}
#: An id, which stands in the paths of requests.
ID: t.Mapping[str, t.Any] = {"type": "str", "reads": forms.identity}

# No option falls back to the environment here: explicit options win over the cloud's entry, which
# wins over the environment, and a fallback in the specification would look like an explicit option.
AUTH: Options = {
    "cloud": {**TEXT, "reads": forms.name_of_entry},
    "auth": {
        "type": "dict",
        "options": {
            "auth_url": TEXT,
            "username": TEXT,
            "user_id": TEXT,
            "password": {**TEXT, "no_log": True},
            "user_domain_name": TEXT,
            "user_domain_id": TEXT,
            "project_name": TEXT,
            "project_id": TEXT,
            "project_domain_name": TEXT,
            "project_domain_id": TEXT,
            "token": {**TEXT, "no_log": True},
        },
    },
    "auth_type": TEXT,
    "access_key": {**TEXT, "no_log": True},
    "secret_key": {**TEXT, "no_log": True},
    "security_token": {**TEXT, "no_log": True},
    "project_id": TEXT,
    "region_name": {**TEXT, "aliases": ["region"]},
    "endpoint": TEXT,
    "validate_certs": {"type": "bool"},
    "ca_cert": {"type": "path"},
    "api_timeout": {"type": "float", "default": 60.0},
    "api_retries": {"type": "int", "default": 5},
    "outcome_timeout": {"type": "float", "default": 60.0},
}


def wait(timeout: int) -> Options:
    """The options of a module that waits, by default for up to C(timeout) seconds."""
    return {
        "wait": {"type": "bool", "default": True},
        "wait_timeout": {"type": "int", "default": timeout},
        "poll_interval": {"type": "float", "default": 15.0},
    }


#: In the order of the numbers of API v1.1; the others have none.
JOB_TYPES = (
    *("mapreduce", "spark", "hive_script", "hiveql", "distcp", "spark_script", "spark_sql"),
    *("spark_python", "flink"),
)
#: Words for types of jobs: the numbers of API v1.1 (service_v1 2.5), and the words of API v2
#: without letter case and signs.
JOB_TYPE_WORDS = {
    **{str(number): word for number, word in enumerate(JOB_TYPES[:7], 1)},
    **{word.replace("_", ""): word for word in JOB_TYPES},
    "sparksubmit": "spark",
    "hivesql": "hiveql",
}

# What a job does. Two executions with equal values here are the same job.
JOB_DEFINITION: Options = {
    "job_type": {"type": "str", "choices": list(JOB_TYPES), "reads": forms.words(JOB_TYPE_WORDS)},
    "jar_path": TEXT,
    "arguments": {"type": "raw", "may_be_empty": True},
    "input": TEXT,
    "output": TEXT,
    "job_log": TEXT,
    "hive_script_path": TEXT,
    "main_class": TEXT,
    "options": {"type": "raw", "may_be_empty": True},
    "properties": {"type": "dict"},
    "hql": TEXT,
    "file_action": {**TEXT, "choices": ["import", "export"]},
}

# Whether the user who submits a job is made known to the cluster, and for how long it is tried.
IAM_SYNC: Options = {
    "sync_iam_user": {"type": "bool", "default": False},
    "iam_sync_timeout": {"type": "float", "default": 600.0},
}

# A cluster, by name or id, of which something is asked.
CLUSTER_OF: Options = {
    "cluster": {
        "type": "str",
        "required": True,
        "aliases": ["cluster_id"],
        "reads": forms.reference,
    },
}

#: The states of a cluster in the words of the service, in the order of its life.
CLUSTER_STATES = (
    *(
        "starting",
        "running",
        "scaling-out",
        "scaling-in",
        "scaling-error",
        "rebooting",
        "abnormal",
        "frozen",
    ),
    *("stopped", "shutdown", "failed", "terminating", "terminated"),
)

TAGS: t.Mapping[str, t.Any] = {"type": "dict", "reads": forms.tags}

RERUN: Options = {
    "rerun": {"type": "str", "choices": ["on_failure", "never", "always"], "default": "on_failure"},
}

# The policy by which task nodes come and go, with the names of the API, which also takes it in a
# call of its own.
AUTO_SCALING_POLICY: Options = {
    "auto_scaling_enable": {"type": "bool", "required": True},
    "min_capacity": {"type": "int", "required": True},
    "max_capacity": {"type": "int", "required": True},
    "resources_plans": {
        "type": "list",
        "elements": "dict",
        "options": {
            "period_type": {"type": "str", "default": "daily"},
            "start_time": {"type": "str", "required": True},
            "end_time": {"type": "str", "required": True},
            "min_capacity": {"type": "int", "required": True},
            "max_capacity": {"type": "int", "required": True},
        },
    },
    "rules": {
        "type": "list",
        "elements": "dict",
        "options": {
            "name": {"type": "str", "required": True},
            "description": TEXT,
            "adjustment_type": {"type": "str", "required": True},
            "cool_down_minutes": {"type": "int", "required": True},
            "scaling_adjustment": {"type": "int", "required": True},
            "trigger": {
                "type": "dict",
                "required": True,
                "options": {
                    "metric_name": {"type": "str", "required": True},
                    "metric_value": {"type": "str", "required": True},
                    "comparison_operator": TEXT,
                    "evaluation_periods": {"type": "int", "required": True},
                },
            },
        },
    },
    "exec_scripts": {
        "type": "list",
        "elements": "dict",
        "options": {
            "name": {"type": "str", "required": True},
            "uri": {"type": "str", "required": True},
            "parameters": TEXT,
            "nodes": {"type": "list", "elements": "str", "required": True},
            "active_master": {"type": "bool", "default": False},
            "action_stage": {"type": "str", "required": True},
            "fail_action": {"type": "str", "required": True},
        },
    },
}

# The same as the calls of API v2 take it: with days and tags, and without scripts.
POLICY_OF_GROUP: Options = {
    **{name: option for name, option in AUTO_SCALING_POLICY.items() if name != "exec_scripts"},
    "resources_plans": {
        **AUTO_SCALING_POLICY["resources_plans"],
        "options": {
            **AUTO_SCALING_POLICY["resources_plans"]["options"],
            "effective_days": {"type": "list", "elements": "str"},
        },
    },
    "tags": TAGS,
}

NODE_GROUP: Options = {
    "name": {"type": "str", "required": True, "aliases": ["group_name"]},
    "count": {"type": "int", "aliases": ["node_num"]},
    "size": {**TEXT, "aliases": ["node_size"]},
    "root_volume_type": TEXT,
    "root_volume_size": {"type": "int"},
    "data_volume_type": TEXT,
    "data_volume_size": {"type": "int"},
    "data_volume_count": {"type": "int"},
    "assigned_roles": {"type": "list", "elements": "str"},
    "auto_scaling_policy": {"type": "dict", "options": AUTO_SCALING_POLICY},
}

BOOTSTRAP_SCRIPT: Options = {
    "name": {"type": "str", "required": True},
    "uri": {"type": "str", "required": True},
    "parameters": TEXT,
    "nodes": {"type": "list", "elements": "str", "required": True},
    "active_master": {"type": "bool", "default": False},
    "before_component_start": {"type": "bool", "default": False},
    "fail_action": {"type": "str", "default": "errorout"},
    "action_stages": {"type": "list", "elements": "str"},
}

# The job that comes with the creation of a cluster.
JOB_OF_CLUSTER: Options = {
    "name": {"type": "str", "required": True, "aliases": ["job_name"]},
    **JOB_DEFINITION,
    "job_type": {**JOB_DEFINITION["job_type"], "required": True},
    **IAM_SYNC,
    **RERUN,
    "shutdown_cluster": {"type": "bool", "default": False},
}

# One of several jobs that come with the creation of a cluster.
ONE_OF_JOBS: Options = {
    name: option for name, option in JOB_OF_CLUSTER.items() if name != "shutdown_cluster"
}

COMPONENT_CONFIG: Options = {
    "component": {"type": "str", "required": True, "aliases": ["component_name"]},
    "configs": {
        "type": "list",
        "elements": "dict",
        "required": True,
        "options": {
            "key": {"type": "str", "required": True, "no_log": False},
            "value": {
                "type": "str",
                "required": True,
                "takes_empty": True,
                "reads": forms.spelt,
            },
            "file": {"type": "str", "required": True, "aliases": ["config_file_name"]},
        },
    },
}

EXTERNAL_METASTORE: Options = {
    "component": {"type": "str", "required": True, "aliases": ["component_name"]},
    "role_type": {"type": "str", "required": True},
    "source_type": {"type": "str", "required": True},
    "connection": {**TEXT, "aliases": ["connector_id"]},
}

ALARMS: Options = {
    "topic_urn": {"type": "str", "required": True},
    "subscription": {**TEXT, "aliases": ["subscription_name"]},
}

# A cluster as M(huaweicloud.mrs.mrs_cluster) takes it.
CLUSTER = ModuleSpec(
    options={
        **AUTH,
        **wait(3600),
        "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
        "name": {"type": "str", "aliases": ["cluster_name"]},
        "id": {**ID, "aliases": ["cluster_id"]},
        "region_name": {**TEXT, "aliases": ["region", "data_center"]},
        "availability_zone": {**TEXT, "aliases": ["available_zone_id"]},
        "version": {**TEXT, "aliases": ["cluster_version"]},
        "type": {
            "type": "str",
            "choices": ["analysis", "streaming", "mixed", "custom"],
            "aliases": ["cluster_type"],
            "reads": forms.words({"0": "analysis", "1": "streaming", "2": "mixed", "3": "custom"}),
        },
        "safe_mode": {"type": "bool", "reads": forms.words({"simple": False, "kerberos": True})},
        "vpc_id": TEXT,
        "vpc_name": {**TEXT, "aliases": ["vpc"]},
        "subnet_id": TEXT,
        "subnet_name": TEXT,
        "security_group_id": {**TEXT, "aliases": ["security_groups_id"]},
        "enterprise_project_id": TEXT,
        "key_pair": {
            **TEXT,
            "no_log": False,
            "aliases": ["node_public_cert_name", "node_keypair_name"],
        },
        "root_password": {
            **TEXT,
            "no_log": True,
            "aliases": ["cluster_master_secret", "node_root_password"],
        },
        "admin_password": {
            "type": "str",
            "no_log": True,
            "aliases": ["cluster_admin_secret", "manager_admin_password"],
        },
        "components": {"type": "list", "elements": "raw", "aliases": ["component_list"]},
        "log_collection": {"type": "bool"},
        "tags": TAGS,
        "purge_tags": {"type": "bool", "default": True},
        "default_tags": {"type": "bool"},
        "node_groups": {
            "type": "list",
            "elements": "dict",
            "options": NODE_GROUP,
            "reads": forms.returned_groups(NODE_GROUP),
        },
        "bootstrap_scripts": {"type": "list", "elements": "dict", "options": BOOTSTRAP_SCRIPT},
        "job": {"type": "dict", "options": JOB_OF_CLUSTER},
        "jobs": {"type": "list", "elements": "dict", "options": ONE_OF_JOBS},
        "shutdown_cluster": {
            "type": "bool",
            "default": False,
            "aliases": ["delete_when_no_steps"],
        },
        "template": {**TEXT, "aliases": ["template_id"]},
        "component_configs": {"type": "list", "elements": "dict", "options": COMPONENT_CONFIG},
        "external_metastores": {
            "type": "list",
            "elements": "dict",
            "options": EXTERNAL_METASTORE,
            "aliases": ["external_datasources"],
        },
        "eip_id": TEXT,
        "eip_address": TEXT,
        "agency": {**TEXT, "aliases": ["mrs_ecs_default_agency"]},
        "alarms": {"type": "dict", "options": ALARMS, "aliases": ["smn_notify"]},
        "log_uri": TEXT,
        "auto_create_security_group": {
            "type": "bool",
            "default": False,
            "aliases": ["auto_create_default_security_group"],
        },
        "recreate": {
            "type": "str",
            "choices": ["never", "on_failure", "on_change"],
            "default": "never",
        },
        "scale": {"type": "bool", "default": True},
        "validate": {"type": "bool", "default": True},
        "wait_for": {
            "type": "str",
            "choices": ["running", "manager", "components"],
            "default": "running",
        },
    },
    mutually_exclusive=[["key_pair", "root_password"], ["job", "jobs"]],
    required_one_of=[["name", "id"]],
    flat_form=(
        *(
            "billing_type",
            "charge_info",
            "login_mode",
            "volume_type",
            "volume_size",
            "task_node_groups",
            "add_jobs",
        ),
        *(f"{role}_{field}" for role in ("master", "core") for field in ("node_num", "node_size")),
        *(
            f"{role}_data_volume_{field}"
            for role in ("master", "core")
            for field in ("type", "size", "count")
        ),
    ),
)
