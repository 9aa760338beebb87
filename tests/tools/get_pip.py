# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Installs pip from the index that is set up, where ansible-test would download get-pip."""

from __future__ import annotations

import ensurepip
import pathlib
import subprocess
import sys

arguments = [
    argument for argument in sys.argv[1:] if argument not in ("--no-setuptools", "--no-wheel")
]
pip = ["-m", "pip"]
# The pip that Python brings need not be installed to be run: that saves half of the time.
bundled = sorted(pathlib.Path(ensurepip.__file__).parent.glob("_bundled/pip-*.whl"))
if bundled:
    pip = [str(bundled[-1] / "pip")]
else:
    subprocess.run([sys.executable, "-m", "ensurepip"], check=True, stdout=subprocess.DEVNULL)
subprocess.run([sys.executable, *pip, "install", "-q", *arguments], check=True)
