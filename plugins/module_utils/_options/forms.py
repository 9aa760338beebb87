# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Brings the forms in which users write options to the one form that Ansible checks.

Requests of the API and results of other tasks are copied into playbooks: words in other letters,
numbers for words, empty texts for what is not given, tags as a list of objects, a whole cluster
where its id is meant.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import json
import math
import re
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError

Options = t.Mapping[str, t.Mapping[str, t.Any]]
Given = t.Mapping[str, t.Any]
#: Brings the value of an option to its own form. Raises ValueError, which says what is wrong with
#: it.
Reader = t.Callable[[t.Any], t.Any]

#: Keys of an option in a specification that are ours. C(reads): a Reader. C(may_be_empty): an empty
#: text means that the option is not given, as in the samples of the API. C(takes_empty): an empty
#: text is a value. In any other option it is an error, since it comes from a variable without one.
OWN_KEYS = frozenset({"reads", "may_be_empty", "takes_empty"})
EMPTY = "it is empty; give a value, or leave it out"
#: Ids become parts of the paths of requests, where "." and ".." lead to another place.
_ID = re.compile(r"[A-Za-z0-9_-]+")
#: How alike a name that does not exist has to be to one that does.
ALIKE = 0.75


def for_ansible(options: Options) -> dict[str, dict[str, t.Any]]:
    """The options without the keys that are ours (C(OWN_KEYS))."""
    found = {}
    for name, option in options.items():
        found[name] = {key: value for key, value in option.items() if key not in OWN_KEYS}
        if "options" in option:
            found[name]["options"] = for_ansible(option["options"])
    return found


def understood(options: Options, given: Given, above: str = "") -> dict[str, t.Any]:
    """What is given, in the form of the specification. What is null is not given.

    :param above: where the options stand, such as C(job.), for error texts.
    :raises OptionError: a value is empty or has no form that could be read, or the name of an
        option is misspelt.
    """
    names = {
        alias: name
        for name, option in options.items()
        for alias in (name, *option.get("aliases", ()))
    }
    _check_names(names, [str(key) for key in given], above)
    found = {}
    for key, value in given.items():
        option = options[names[key]] if key in names else {}
        if value is not None and not (value == "" and option.get("may_be_empty")):
            found[key] = _read(option, value, f"{above}{key}")
    return found


def _check_names(names: t.Collection[str], given: t.Iterable[str], above: str) -> None:
    unknown = [key for key in given if key not in names]
    if not unknown:
        return
    meant = [name for name in (most_alike(key, names) for key in unknown) if name]
    if meant:  # else Ansible says what there is
        raise OptionError(
            ", ".join(above + key for key in unknown),
            f"no such option; did you mean {' and '.join(meant)}?",
        )


def most_alike(word: str, words: t.Iterable[str]) -> str | None:
    """The one of C(words) that C(word) was probably meant to be."""
    import difflib

    by_spelling = {each.lower(): each for each in words}
    found = difflib.get_close_matches(word.lower(), by_spelling, n=1, cutoff=ALIKE)
    if not found:
        return None
    return by_spelling[found[0]]


def _read(option: t.Mapping[str, t.Any], value: t.Any, where: str) -> t.Any:
    value = _in_items(option, value)
    _check_not_empty(option, value, where)
    if "reads" in option:
        try:
            value = option["reads"](value)
        except ValueError as exc:
            raise OptionError(where, str(exc)) from exc
    check_kind(option, value, where)
    if "choices" in option:
        return _in_the_letters_of(option["choices"], value)
    if option.get("options"):
        return _with_suboptions(option, value, where)
    return value


def _in_items(option: t.Mapping[str, t.Any], value: t.Any) -> t.Any:
    """Lists and dictionaries from a text, as a survey or an extra variable hands them over."""
    if not isinstance(value, str) or option.get("type") not in ("list", "dict"):
        return value
    if value.strip()[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            return value  # Ansible says what is wrong
    if option.get("elements") not in ("str", "raw"):
        return value
    if not value.strip():
        return []  # Ansible does not know an empty list
    # Ansible would leave the blanks of C(a, b), and nothing is called so.
    return [item.strip() for item in value.split(",")]


def _check_not_empty(option: t.Mapping[str, t.Any], value: t.Any, where: str) -> None:
    """:raises OptionError: a text, or one in a list, has nothing but blanks."""
    is_kind = option.get("type") in ("str", "list", "dict")
    if is_kind and not option.get("takes_empty") and _is_empty(value):
        raise OptionError(where, EMPTY)
    if option.get("elements") == "str" and isinstance(value, list):
        for number, item in enumerate(value):
            if _is_empty(item):
                raise OptionError(f"{where}[{number}]", EMPTY)


def _is_empty(value: t.Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def check_kind(option: t.Mapping[str, t.Any], value: t.Any, where: str) -> None:
    """Ansible takes true for 1, cannot read infinity, and makes a text of whatever it gets.

    :raises OptionError: a number is true or false, or a text is none.
    """
    kind = option.get("type")
    if kind in ("int", "float") and isinstance(value, bool):
        raise OptionError(where, f"give a number, not {in_yaml(value)}")
    if kind == "int" and _is_infinite(value):
        raise OptionError(where, f"give a whole number, not {value}")
    if kind in ("str", "path") and "choices" not in option:
        _check_text(value, where)
    if option.get("elements") == "str" and isinstance(value, list):
        for number, item in enumerate(value):
            _check_text(item, f"{where}[{number}]")


def _is_infinite(value: t.Any) -> bool:
    """Ansible ends with a traceback where it would make a whole number of infinity."""
    try:
        return math.isinf(float(value))
    except (TypeError, ValueError, OverflowError):
        return False


def _check_text(value: t.Any, where: str) -> None:
    if isinstance(value, bool):
        raise OptionError(where, f"give a text, not {in_yaml(value)}; a word like yes needs quotes")
    if isinstance(value, (dict, list)):
        kind = "dictionary" if isinstance(value, dict) else "list"
        raise OptionError(where, f"give a text, not a {kind}")


def _with_suboptions(option: t.Mapping[str, t.Any], value: t.Any, where: str) -> t.Any:
    if option["type"] != "list":
        return _object(option["options"], value, where)
    if not isinstance(value, list):
        return value  # Ansible says what is wrong
    return [
        _object(option["options"], item, f"{where}[{number}]") for number, item in enumerate(value)
    ]


def _object(options: Options, value: t.Any, where: str) -> t.Any:
    """:raises OptionError: it is nothing that Ansible could make a dictionary of."""
    if isinstance(value, str):
        return value  # as C(key=value), which Ansible reads
    if not isinstance(value, dict):
        raise OptionError(where, "give a dictionary")
    return understood(options, value, f"{where}.")


def _in_the_letters_of(choices: t.Iterable[str], value: t.Any) -> t.Any:
    """A word, or a list of words, in small and capital letters as the choice has them."""
    if isinstance(value, list):
        return [_in_the_letters_of(choices, each) for each in value]
    return next((choice for choice in choices if str(value).lower() == choice.lower()), value)


def words(table: t.Mapping[str, t.Any]) -> Reader:
    """Reads other words, and the numbers of the API.

    Small and capital letters, blanks, C(-) and C(_) do not matter.
    """

    def read(value: t.Any) -> t.Any:
        if not isinstance(value, (str, int)):
            return value
        return table.get(_bare(str(value)), value)

    return read


def _bare(text: str) -> str:
    return text.strip().lower().replace("_", "").replace("-", "").replace(" ", "")


def reference(value: t.Any) -> t.Any:
    """The id of a cluster from a whole one, as tasks return it.

    In check mode it may have no id yet: then it is the name.
    """
    if not isinstance(value, (dict, list)):
        return value
    cluster = value
    if isinstance(value, dict):
        cluster = value.get("cluster", value)
    if isinstance(cluster, dict):
        found = cluster.get("id") or cluster.get("name")
        if isinstance(found, str):
            return found
    raise ValueError(
        "give the name or the id of one cluster, or a whole one as mrs_cluster returns it"
    )


def identity(value: t.Any) -> t.Any:
    """An id without the blanks around it."""
    if not isinstance(value, str):
        return value
    found = value.strip()
    if not _ID.fullmatch(found):
        raise ValueError(f"{value!r} is no id, which has letters, digits, hyphens and underscores")
    return found


def identities(value: t.Any) -> t.Any:
    """Ids, also from whole objects, as tasks return them."""
    found = references(value)
    return [identity(each) for each in found] if isinstance(found, list) else identity(found)


def references(value: t.Any) -> t.Any:
    """Ids or other names, or the ids of whole objects."""
    if isinstance(value, list):
        return [references(each) for each in value]
    if not isinstance(value, dict):
        return value
    if isinstance(value.get("id"), str):
        return value["id"]
    raise ValueError("give ids, or whole objects with an id as tasks return them")


def tags(value: t.Any) -> t.Any:
    """A dictionary from a list of C({key, value}), as in requests.

    A boolean is written as in YAML.
    """
    pairs = value
    if isinstance(value, dict):
        pairs = [{"key": key, "value": each} for key, each in value.items()]
    if not isinstance(pairs, list):
        return value
    found: dict[str, str | None] = {}
    for pair in pairs:
        key, text = _tag(pair)
        if key in found:
            raise ValueError(f"{key} is given twice")
        found[key] = text
    return found


def _tag(pair: t.Any) -> tuple[str, str | None]:
    if not isinstance(pair, dict) or not {"key"} <= pair.keys() <= {"key", "value"}:
        raise ValueError("give a dictionary, or a list whose items have a key and a value")
    key, value = str(pair["key"]), pair.get("value")
    is_nested = isinstance(value, (dict, list))
    if is_nested:
        raise ValueError(f"the value of {key} is not a text")
    if value is None:
        return key, None
    return key, in_yaml(value)


def name_of_entry(value: t.Any) -> str:
    """The name of an entry of clouds.yaml.

    A whole entry has passwords, so nothing of it is shown.
    """
    is_whole_entry = isinstance(value, (dict, list))
    if is_whole_entry or any(mark in str(value) for mark in ("{", "[", "\n", ": ", '"')):
        raise ValueError("give the name of an entry of clouds.yaml, not the entry itself")
    return str(value)


def spelt(value: t.Any) -> t.Any:
    """True and false as a playbook spells them."""
    return in_yaml(value) if isinstance(value, bool) else value


def in_yaml(value: t.Any) -> str:
    """A word or a number as a playbook spells it."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)


def returned_groups(options: Options) -> Reader:
    """Reads node groups of requests of API v2, and those that tasks return.

    These have the API's name beside ours and a policy with all its keys.
    """

    def read(value: t.Any) -> t.Any:
        if not isinstance(value, list):
            return value
        return [_group(each) for each in value]

    def _group(group: t.Any) -> t.Any:
        if not isinstance(group, dict):
            return group
        group = _with_flat_volumes(group)
        if "api_name" not in group:
            return group
        name = group.get("name") or group["api_name"]
        return _fitting(options, {**group, "name": name})

    return read


def returned_policy(value: t.Any) -> t.Any:
    """Reads an auto scaling policy as tasks return it, without the scripts that it may have."""
    if not isinstance(value, dict) or "exec_scripts" not in value:
        return value
    if value["exec_scripts"]:
        raise ValueError(
            "the service takes exec_scripts with the creation of a cluster only: in node_groups of "
            "mrs_cluster, not here"
        )
    return {key: each for key, each in value.items() if key != "exec_scripts"}


def _with_flat_volumes(group: Given) -> dict[str, t.Any]:
    """C(root_volume: {type, size}) of API v2 as C(root_volume_type) and C(root_volume_size)."""
    found: dict[str, t.Any] = {}
    for key, value in group.items():
        if key in ("root_volume", "data_volume") and isinstance(value, dict):
            found.update({f"{key}_{part}": each for part, each in value.items()})
        else:
            found[key] = value
    return found


def _fitting(options: Options, value: t.Any) -> t.Any:
    """What options can take of a value of the service, whose keys may be spelt in another way."""
    if isinstance(value, list):
        return [_fitting(options, each) for each in value]
    if not isinstance(value, dict):
        return value
    names = {_bare(name): name for name in options}
    known = {
        names[_bare(key)]: each
        for key, each in value.items()
        if _bare(key) in names and each is not None
    }
    return {name: _fitting(options[name].get("options", {}), each) for name, each in known.items()}
