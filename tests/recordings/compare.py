# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Compare two recordings field by field: what a cloud answered, and what the simulator answered.

Usage: compare.py CLOUD SIMULATOR. For each method, route and status the fields of all answers are
put together, each with the types and the shapes of its values (a number as text, a time of 13
digits, words in capitals ...). Differences that are accepted stand in accepted.yml beside this
file, each with its reason.
"""

from __future__ import annotations

import json
import pathlib
import re
import sys
import typing as t

import yaml

Fields = dict[str, set[str]]
SHAPES = (
    ("uuid", r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
    ("32 hexadecimal digits", r"[0-9a-f]{32}"),
    ("a time of 10 digits", r"1[0-9]{9}"),
    ("a time of 13 digits", r"1[0-9]{12}"),
    ("a number", r"-?[0-9]+(\.[0-9]+)?"),
    ("an ISO time", r"\d{4}-\d\d-\d\dT.*"),
    ("nothing", r""),
    ("a word in capitals", r"[A-Z_]+"),
    ("a word", r"[a-z_-]+"),
)


def shape(value: t.Any) -> str:
    """The type of a value and what it looks like."""
    kind = type(value).__name__
    if value is None or isinstance(value, (bool, float)):
        return kind
    looks = next((name for name, pattern in SHAPES if re.fullmatch(pattern, str(value))), "text")
    return f"{kind}, {looks}"


def fields_of(value: t.Any, above: str = "") -> t.Iterator[tuple[str, str]]:
    """The path of each field below a value, and the shape of what it holds."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from fields_of(item, f"{above}.{name}")
    elif isinstance(value, list):
        yield f"{above}[]", "list"
        for item in value:
            yield from fields_of(item, f"{above}[]")
    else:
        yield above or ".", shape(value)


def read(path: pathlib.Path) -> dict[str, Fields]:
    """The fields of all answers of a recording, by method, route and status."""
    found: dict[str, Fields] = {}
    for line in path.read_text("utf-8").splitlines():
        exchange = json.loads(line)
        fields = found.setdefault(
            f"{exchange['method']} {exchange['route']} {exchange['status']}", {}
        )
        for name, kind in fields_of(exchange["answer"]):
            fields.setdefault(name, set()).add(kind)
    return found


def compare(cloud: t.Mapping[str, Fields], simulator: t.Mapping[str, Fields]) -> list[str]:
    """One line for each difference."""
    differences = [
        f"{key}: only the cloud answered so" for key in sorted(cloud.keys() - simulator.keys())
    ]
    differences += [
        f"{key}: only the simulator answered so" for key in sorted(simulator.keys() - cloud.keys())
    ]
    for key in sorted(cloud.keys() & simulator.keys()):
        real, made = cloud[key], simulator[key]
        differences += [
            f"{key} {name}: only the cloud has it" for name in sorted(real.keys() - made.keys())
        ]
        differences += [
            f"{key} {name}: only the simulator has it" for name in sorted(made.keys() - real.keys())
        ]
        for name in sorted(real.keys() & made.keys()):
            if not real[name] & made[name]:
                there, here = " or ".join(sorted(real[name])), " or ".join(sorted(made[name]))
                differences.append(f"{key} {name}: {there} in the cloud, {here} in the simulator")
    return differences


def main(cloud: str, simulator: str) -> int:
    """Print the differences that are not accepted; 1 if there are any."""
    accepted = (
        yaml.safe_load(pathlib.Path(__file__).with_name("accepted.yml").read_text("utf-8")) or {}
    )
    differences = compare(read(pathlib.Path(cloud)), read(pathlib.Path(simulator)))
    new = [difference for difference in differences if difference not in accepted]
    print("\n".join(new))
    print(f"== {len(new)} differences, {len(differences) - len(new)} accepted ones besides")
    return 1 if new else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
