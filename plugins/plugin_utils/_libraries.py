# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Imports what tasks are going to need, once for a run.

Ansible loads an action plugin before it forks the process of each task: what is imported then, no
task has to import. The options are not known that early; the environment and the files of the user
tell what is likely.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import contextlib
import importlib
import pathlib
import sys
import typing as t
import warnings

KEYSTONE = ("keystoneauth1.exceptions", "keystoneauth1.identity.v3", "keystoneauth1.session")
CLOUDS = "openstack.config.loader"


def import_ahead(environ: t.Mapping[str, str]) -> None:
    """Import requests and what the ways to log in need; for an access key, nothing more."""
    wanted = ["requests"]
    if not environ.get("HUAWEICLOUD_SDK_AK"):
        wanted += [CLOUDS, *KEYSTONE] if _has_clouds(environ) else KEYSTONE
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in wanted:
            with contextlib.suppress(ImportError):
                importlib.import_module(name)
    # It decides where clouds.yaml lies when it is imported, and each task has a home and a folder
    # of its own.
    sys.modules.pop(CLOUDS, None)


def _has_clouds(environ: t.Mapping[str, str]) -> bool:
    """Whether a clouds.yaml is in a usual place, or the environment names one or an entry."""
    if environ.get("OS_CLOUD") or environ.get("OS_CLIENT_CONFIG_FILE"):
        return True
    folders = (
        pathlib.Path(),
        pathlib.Path(environ.get("HOME", "/"), ".config", "openstack"),
        pathlib.Path("/etc/openstack"),
    )
    return any(
        (folder / f"clouds.{ending}").is_file()
        for folder in folders
        for ending in ("yaml", "yml", "json")
    )
