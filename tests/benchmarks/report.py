# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tells what was measured, on the terminal and on the page of the documentation."""

from __future__ import annotations

import json
import pathlib
import re
import typing as t

from ansible_collections.huaweicloud.mrs.tests.benchmarks.service import ROOT

Json = dict[str, t.Any]

PAGE = ROOT / "docs" / "docsite" / "rst" / "performance.rst"
PICTURE = PAGE.parent / "images" / "performance.svg"
KEPT = pathlib.Path(__file__).parent / "results.json"
COLUMNS = ("What", "Against", "Target", "Measured", "Verdict")
PANELS = {
    "clusters": ("Inventory, 5 nodes a cluster", "clusters", "one after the other"),
    "nodes": ("Inventory of 20 clusters", "nodes", "one after the other"),
    "jobs": ("Job executions of a cluster", "executions", "huaweicloudsdkmrs"),
}


def lines(results: Json) -> list[Json]:
    """The lines of the table, in the order of the groups."""
    return [row for group in results["groups"].values() for row in group.get("rows", ())]


def cells(row: Json) -> tuple[str, ...]:
    """A line of the table."""
    measured = f"{row['measured']} ({row['note']})" if row["note"] else row["measured"]
    return row["what"], row["rival"], row["target"], measured, "met" if row["met"] else "missed"


def text(results: Json) -> str:
    """The table for a terminal."""
    table = [
        COLUMNS,
        *(tuple(cell.replace("``", "") for cell in cells(row)) for row in lines(results)),
    ]
    widths = [max(len(row[column]) for row in table) for column in range(len(COLUMNS))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in table
    )


def on_page(results: Json) -> dict[str, str]:
    """The parts of the page that are written from the results, by name."""
    return {"table": _rst_table(results), "machine": _machine(results), "parts": _parts(results)}


def _rst_table(results: Json) -> str:
    head = ".. list-table::\n   :header-rows: 1\n   :widths: 32 22 12 24 10\n\n"
    rows = [COLUMNS, *map(cells, lines(results))]
    return head + "".join(
        "   * - " + "\n     - ".join(row).replace("- \n", "-\n") + "\n" for row in rows
    )


def _machine(results: Json) -> str:
    machine = results["machine"]
    versions = ", ".join(f"{name} {version}" for name, version in machine["versions"].items())
    return (
        f"Measured on {results['date']} on {machine['processors']} processors "
        f"({machine['model']}), {versions}.\n"
    )


def _parts(results: Json) -> str:
    """Where the time of a task goes."""
    tasks, parts = (
        results["groups"]["tasks"]["milliseconds"],
        results["groups"]["parts"]["milliseconds"],
    )
    rest = parts["all"] - parts["request"] - parts["options"]
    table = (
        ("``debug``: Ansible's own part of any task", tasks["debug"]),
        ("``ping``: the same, and a second Python that does nothing", tasks["ping"]),
        ("``uri`` with one GET", tasks["uri"]),
        ("``mrs_cluster`` as a module, AK/SK", tasks["module, keys"]),
        ("``mrs_cluster`` in process, AK/SK", tasks["keys"]),
        ("of that: one GET by ``requests``, connection included", parts["request"]),
        ("of that: checking the options", parts["options"]),
        ("of that: signing, reading, planning, hiding secrets", rest),
        ("``mrs_cluster`` in process, by token, fetched in each task", tasks["token"]),
        ("``mrs_cluster`` in process, by token, kept between tasks", tasks["kept token"]),
        ("``mrs_cluster`` in process, by ``cloud``", tasks["cloud"]),
    )
    head = (
        ".. list-table::\n   :header-rows: 1\n   :widths: 80 20\n\n"
        "   * - Task\n     - Milliseconds\n"
    )
    return head + "".join(
        f"   * - {what}\n     - {milliseconds:.1f}\n" for what, milliseconds in table
    )


def filled(page: str, results: Json) -> str:
    """The page with these results in it: each part stands between two comments."""
    for name, part in on_page(results).items():
        pattern = re.compile(
            rf"(?<=^\.\. {name} begins\n\n).*?(?=^\.\. {name} ends$)", re.DOTALL | re.MULTILINE
        )
        page, number = pattern.subn(lambda _match, part=part: part + "\n", page)
        if number != 1:
            raise ValueError(f"{PAGE.name} has {number} places for the part {name}")
    return page


def publish(results: Json) -> None:
    """Keep the results, and write them into the documentation."""
    KEPT.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", "utf-8")
    PAGE.write_text(filled(PAGE.read_text("utf-8"), results), "utf-8")
    draw(results["groups"]["growth"], PICTURE)


def draw(growth: Json, path: pathlib.Path) -> None:
    """How cost grows, on axes where ten times as much is one step."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot

    pyplot.rcParams.update(
        {"svg.hashsalt": "huaweicloud.mrs", "svg.fonttype": "none", "font.size": 9}
    )
    figure, panels = pyplot.subplots(1, len(PANELS), figsize=(10, 3.2), layout="constrained")
    for axes, (name, (title, unit, rival)) in zip(panels, PANELS.items(), strict=True):
        sizes = [point["size"] for point in growth[name]]
        axes.loglog(
            sizes, [point["rival"] for point in growth[name]], "s--", color="#b35806", label=rival
        )
        axes.loglog(
            sizes,
            [point["ours"] for point in growth[name]],
            "o-",
            color="#2166ac",
            label="huaweicloud.mrs",
        )
        axes.set(title=title, xlabel=unit, ylabel="seconds")
        axes.grid(visible=True, which="major", alpha=0.3)
        axes.legend(frameon=False)
    figure.savefig(path, metadata={"Date": None})
