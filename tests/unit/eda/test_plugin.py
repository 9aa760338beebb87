# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The file that ansible-rulebook runs: what it says of itself, and that it finds its collection."""

from __future__ import annotations

import asyncio
import json
import pathlib
import runpy
import subprocess
import sys
import typing as t

import pytest
import yaml
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.huaweicloud.mrs.plugins.module_utils._argspec import AUTH
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    AuthError,
    MrsError,
    OptionError,
)
from ansible_collections.huaweicloud.mrs.plugins.plugin_utils._event_source import OPTIONS, checked
from ansible_collections.huaweicloud.mrs.tests.unit.eda.scene import Queue

EDA = pathlib.Path(__file__).absolute().parents[3] / "extensions" / "eda"
PLUGIN = EDA / "plugins" / "event_source" / "mrs.py"

# As ansible-rulebook does it, in a Python that knows nothing of collections.
RUN = """
import asyncio, json, runpy, sys
main = runpy.run_path(sys.argv[1])["main"]
try:
    asyncio.run(main(None, json.loads(sys.argv[2])))
except Exception as error:
    print(type(error).__name__, error)
"""


def own_options(options: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    keys = ("type", "elements", "required", "default", "choices")
    return {
        name: {key: option[key] for key in keys if option.get(key) not in (None, False)}
        for name, option in options.items()
        if name not in AUTH
    }


def documentation() -> dict[str, t.Any]:
    plugin = runpy.run_path(str(PLUGIN))
    return {
        "text": yaml.safe_load(plugin["DOCUMENTATION"]),
        "examples": yaml.safe_load(plugin["EXAMPLES"]),
    }


def test_documentation_and_specification_have_the_same_arguments() -> None:
    text = documentation()["text"]
    assert own_options(text["options"]) == own_options(OPTIONS)
    assert text["extends_documentation_fragment"] == ["huaweicloud.mrs.auth"]


def test_every_argument_is_in_an_example_that_is_accepted() -> None:
    used = set()
    for example in documentation()["examples"]:
        arguments = example["huaweicloud.mrs.mrs"]
        assert ArgumentSpecValidator(OPTIONS).validate(arguments).error_messages == []
        used |= arguments.keys()
    assert OPTIONS.keys() - AUTH.keys() <= used


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"state_file": None}, "missing required arguments: state_file"),
        ({"state_fiel": "x"}, "state_fiel"),
        ({"events": ["jobs"]}, "events must be one or more of: cluster, job_execution"),
        ({"poll_interval": "often"}, "poll_interval"),
        ({"poll_interval": 0}, "poll_interval: must be more than 0, not 0"),
        ({"poll_interval": "nan"}, "poll_interval: must be more than 0, not nan"),
        ({"poll_interval": "inf"}, "poll_interval: must be a number of seconds, not inf"),
        ({"max_poll_interval": "inf"}, "max_poll_interval: must be a number of seconds, not inf"),
        (
            {"max_poll_interval": 1},
            "max_poll_interval: must not be less than poll_interval, which is 15",
        ),
        ({"initial_events": "perhaps"}, "initial_events"),
        ({"auth": {"pasword": "Canary-1"}}, "auth.pasword"),
        ({"auth": "Canary-1"}, "auth"),
    ],
)
def test_a_wrong_argument_is_named_and_a_secret_in_it_is_not_shown(
    wrong: dict[str, t.Any], told: str
) -> None:
    given = {"state_file": "cursor.json", **wrong}
    with pytest.raises(MrsError) as error:
        checked({name: value for name, value in given.items() if value is not None})
    assert told in str(error.value)
    assert "Canary" not in str(error.value)


def test_the_pauses_may_all_have_one_length() -> None:
    given = checked({"state_file": "cursor.json", "poll_interval": 60, "max_poll_interval": 60})
    assert (given["poll_interval"], given["max_poll_interval"]) == (60, 60)


def test_no_events_at_all_are_not_wanted_by_anybody() -> None:
    with pytest.raises(MrsError) as raised:
        checked({"state_file": "cursor.json", "events": []})
    assert str(raised.value) == "events: the list is empty, so there would be no event at all"


def test_main_takes_the_arguments_as_ansible_rulebook_hands_them_over(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("OS_CLOUD", "OS_USERNAME", "OS_TOKEN", "HUAWEICLOUD_SDK_AK", "OS_ACCESS_KEY"):
        monkeypatch.delenv(name, raising=False)
    main = runpy.run_path(str(PLUGIN))["main"]
    given = {
        "state_file": str(tmp_path / "cursor.json"),
        "feedback": True,
        "eda_feedback_queue": asyncio.Queue(),
    }
    with pytest.raises(AuthError, match="No credentials"):
        asyncio.run(main(Queue(), given))
    with pytest.raises(OptionError, match="endpoint"):
        asyncio.run(
            main(
                Queue(),
                {
                    **given,
                    "access_key": "a",
                    "secret_key": "b",
                    "endpoint": "nonsense",
                    "project_id": "p",
                },
            )
        )


def test_it_finds_its_collection_without_the_importer_of_ansible(tmp_path: pathlib.Path) -> None:
    folder = tmp_path / "ansible_collections" / "huaweicloud"
    folder.mkdir(parents=True)
    (folder / "mrs").symlink_to(EDA.parents[1])
    plugin = folder / "mrs" / PLUGIN.relative_to(EDA.parents[1])
    command = [
        sys.executable,
        "-I",
        "-c",
        RUN,
        str(plugin),
        json.dumps({"state_file": "cursor.json"}),
    ]
    ended = subprocess.run(
        command, cwd=tmp_path, env={}, capture_output=True, text=True, timeout=300, check=True
    )
    assert ended.stdout.startswith("AuthError No credentials")


def test_the_rulebook_names_the_source_and_only_arguments_that_it_has() -> None:
    (ruleset,) = yaml.safe_load((EDA / "rulebooks" / "failed_jobs.yml").read_text("utf-8"))
    (source,) = ruleset["sources"]
    assert source["huaweicloud.mrs.mrs"].keys() <= OPTIONS.keys()
