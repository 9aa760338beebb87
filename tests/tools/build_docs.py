# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Build the site with antsibull-docs and Sphinx, without a network; a warning is a failure.

Usage: build_docs.py TREE, where TREE is the copied tree of the collection. The site is
build/docs/html/index.html.
"""

from __future__ import annotations

import collections
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import typing as t
import zlib

SITE = pathlib.Path("build/docs").resolve()
TITLE = "huaweicloud.mrs"
ANSIBLE_DOCS = "https://docs.ansible.com/projects/ansible/devel/"
ANSIBLE_CONFIGURATION = "reference_appendices/config.html"
# The places in Ansible's own documentation that the pages of plugins refer to. Sphinx would fetch
# the list of all.
ANSIBLE_LABELS = {
    "action_plugins": "plugins/action.html#action-plugins",
    "ansible_configuration_settings": f"{ANSIBLE_CONFIGURATION}#ansible-configuration-settings",
    "common_return_values": "reference_appendices/common_return_values.html#common-return-values",
    "inventory_plugins": "plugins/inventory.html#inventory-plugins",
}
CONFIGURATION = """
intersphinx_mapping = {{"ansible_devel": ({url!r}, {inventory!r})}}
html_theme_options = {{
    "collapse_navigation": False, "navigation_depth": 2, "display_version": False
}}
html_static_path = ["_static"]
html_css_files = ["site.css"]
"""
#: What users type into the search of the site, and the page that shall be among the first three
#: hits.
QUESTIONS = {
    "Which rights does my user need?": "docsite/service_rights",
    "How do I find VPC, subnet, key pair, flavor, version and zone?": "docsite/questions",
    "What does it cost, and how do I see it?": "docsite/questions",
    "How do I run it every night without AWX?": "docsite/questions",
    "How do I open a job's log?": "docsite/questions",
    "How do I stop everything now?": "docsite/questions",
    "What if my laptop sleeps or the network goes for an hour?": "docsite/questions",
    "How long do creation, scaling and deletion take?": "docsite/questions",
    "Which playbook of the collection does what?": "docsite/questions",
    "create_cluster": "docsite/questions",
    "delete_cluster": "docsite/questions",
    "run_job": "docsite/questions",
    "scale_cluster": "docsite/questions",
    "Where are the roles, and the settings of the simulator?": "docsite/questions",
    "before the first job": "docsite/before_the_first_job",
    "A network": "docsite/before_the_first_job",
    "A key pair": "docsite/before_the_first_job",
    "A security group": "docsite/before_the_first_job",
    "9022": "docsite/before_the_first_job",
    "An agency": "docsite/before_the_first_job",
    "A bucket, and how a jar reaches OBS": "docsite/before_the_first_job",
    "obsutil": "docsite/before_the_first_job",
    "The cluster for the first job": "docsite/before_the_first_job",
    "The first job": "docsite/before_the_first_job",
    "user synchronisation": "docsite/before_the_first_job",
    "ProxyJump": "docsite/before_the_first_job",
    "systemd timer": "docsite/questions",
    "cron": "docsite/questions",
    "GitLab": "docsite/questions",
    "Users that the cluster knows": "docsite/before_the_first_job",
    "An elastic IP and MRS Manager": "docsite/before_the_first_job",
    "SSH to a master through the inventory": "docsite/before_the_first_job",
    "Secrets from Vault and ansible-vault": "docsite/before_the_first_job",
    "how a jar reaches OBS": "docsite/before_the_first_job",
    "12000021": "docsite/error_reference",
    "0192": "docsite/error_reference",
    "admin_password": "mrs_cluster_module",
    "rerun": "mrs_job_module",
    "OS_AUTH_URL": "docsite/authentication",
    "OS_REGION_NAME": "docsite/authentication",
    "HUAWEICLOUD_SDK_AK": "docsite/authentication",
    "outcome_timeout": "docsite/convergence",
    "shutdown_cluster": "docsite/guide_transient_job",
}
# Texts in tables wrap instead of running out of the page; the name of a file stands at its block,
# as a file name. The search stays in view. A group of pages has its heading in the text already. A
# table that is wider than the window has a shadow on the side where it goes on; its columns stay
# wide enough to be read. The link of a heading, which is hidden, takes no line of its own.
STYLE = """\
.wy-table-responsive table.docutils :is(td, th) { white-space: normal; }
.rst-content .code-block-caption { text-align: left; font-style: normal; padding: 0; }
.rst-content .code-block-caption .caption-text { font-family: monospace; font-weight: bold; }
.rst-content h1 { overflow-wrap: anywhere; }
.rst-content .toctree-wrapper p.caption { display: none; }
.wy-side-scroll .wy-side-nav-search { position: sticky; top: 0; z-index: 1; }
.rst-content .wy-table-responsive {
  background:
    linear-gradient(to right, #fcfcfc 30%, transparent) left / 40px 100% no-repeat local,
    linear-gradient(to left, #fcfcfc 30%, transparent) right / 40px 100% no-repeat local,
    linear-gradient(to right, #0004, transparent) left / 16px 100% no-repeat scroll,
    linear-gradient(to left, #0004, transparent) right / 16px 100% no-repeat scroll;
}
.rst-content :is(h1, h2, h3, h4) .headerlink { position: absolute; }
@media (max-width: 768px) { .rst-content .wy-table-responsive td { min-width: 9em; } }
"""
#: The headings of the sidebar.
GROUPS = (
    "Start here",
    "Guides",
    "How it works",
    "The service",
    "Modules",
    "Inventory Plugins",
    "Roles",
)
CONTENTS = ".. contents::\n   :local:\n   :depth: 1\n\n"
#: A heading and the list of pages below it, as antsibull-docs writes them.
HEADING = re.compile(r"(.+)\n[-~]+\Z")
#: The anchor of an option on the page of a module.
OPTION = re.compile(
    r"^( *)\.\. _ansible_collections\.[\w.]+_module__parameter-(\w+):\n", re.MULTILINE
)
#: An option that more modules have says nothing to the search.
FEW_MODULES = 2
PLUGIN_PAGE = re.compile(r"    (\w+)_(?:module|inventory|role)")


def write_inventory(path: pathlib.Path, rst: pathlib.Path) -> None:
    """A list of Ansible's labels and variables, in the format that Sphinx has for other sites."""
    head = (
        "# Sphinx inventory version 2\n# Project: Ansible\n# Version: devel\n"
        "# The rest is compressed with zlib.\n"
    )
    rows = [f"{label} std:label -1 {place} -\n" for label, place in ANSIBLE_LABELS.items()]
    text = "".join(page.read_text("utf-8") for page in rst.glob("*.rst"))
    variables = sorted(
        {
            name.replace("\\", "")
            for name in re.findall(r":(?:ansenvvarref|envvar):`(ANSIBLE[\w\\]+)`", text)
        }
    )
    rows += [f"{name} std:envvar 1 {ANSIBLE_CONFIGURATION}#envvar-{name} -\n" for name in variables]
    path.write_bytes(head.encode() + zlib.compress("".join(rows).encode()))


def with_groups(index: str) -> str:
    """The index with a heading for each list of pages, and short names of modules in the sidebar.

    It begins with what the collection is: the list of headings above that is left out.
    """
    paragraphs, title = index.replace(CONTENTS, "", 1).split("\n\n"), ""
    for number, paragraph in enumerate(paragraphs):
        heading = HEADING.search(paragraph)
        if heading:
            title = heading[1].replace("Role Index", "Roles")
        if paragraph.startswith(".. toctree::") and paragraphs[number + 1].startswith("    "):
            paragraphs[number] = f"{paragraph}\n    :caption: {title}"
            lines = paragraphs[number + 1].splitlines()
            paragraphs[number + 1] = "\n".join(map(_short_entry, lines))
    return "\n\n".join(paragraphs).replace(TITLE.title(), TITLE, 1)


def _short_entry(line: str) -> str:
    """A page of a module or role by the name that a task uses."""
    page = PLUGIN_PAGE.fullmatch(line)
    return f"    {page[1]} <{line.strip()}>" if page else line


def with_options(pages: t.Mapping[str, str]) -> dict[str, str]:
    """The pages of modules with their options in the index, where the search looks first."""
    places = collections.Counter(
        option for page in pages.values() for option in {found[1] for found in OPTION.findall(page)}
    )

    def indexed(found: re.Match[str]) -> str:
        if places[found[2]] > FEW_MODULES:
            return found[0]
        return f"{found[1]}.. index:: ! single: {found[2]}\n\n{found[0]}"

    return {name: OPTION.sub(indexed, page) for name, page in pages.items()}


def not_grouped() -> list[str]:
    """Groups of pages that the sidebar does not show."""
    page = (SITE / "html" / "index.html").read_text("utf-8")
    return [
        f"The sidebar has no group {group!r}."
        for group in GROUPS
        if f'<span class="caption-text">{group}</span>' not in page
    ]


def not_found() -> list[str]:
    """Questions whose answer is not among the first three hits.

    The search is that of the site, so it takes Node.js.
    """
    node = shutil.which("node")
    if node is None:
        print("Node.js is not here, so the search of the site was not tried.")
        return []
    script = pathlib.Path(__file__).with_name("search_site.js")
    said = subprocess.run(
        [node, str(script), str(SITE / "html")],
        input=json.dumps([*QUESTIONS]),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    hits = json.loads(said.stdout)
    return [
        f"The search for {question!r} finds {', '.join(hits[question]) or 'nothing'}, not {page}."
        for question, page in QUESTIONS.items()
        if not any(hit.partition("#")[0] == page for hit in hits[question])
    ]


def main(tree: pathlib.Path) -> int:
    """Build the site and print a line of figures."""
    env = {**os.environ, "ANSIBLE_COLLECTIONS_PATH": str(tree.resolve().parents[2])}

    def call(*command: str) -> int:
        return subprocess.run([*command], cwd=SITE, env=env, check=False).returncode

    shutil.rmtree(SITE, ignore_errors=True)
    (SITE / "_static").mkdir(parents=True)
    (SITE / "_static" / "site.css").write_text(STYLE, "utf-8")
    options = [
        "--use-current",
        "--squash-hierarchy",
        "--fail-on-error",
        "--no-add-antsibull-docs-version",
    ]
    made = call(
        "antsibull-docs", "sphinx-init", *options, "--dest-dir", str(SITE),
        "--project", TITLE, "--title", TITLE, "--copyright", "huaweicloud.mrs contributors",
        "--sphinx-theme", "sphinx_ansible_theme", TITLE,
    )  # fmt: skip
    if made:
        return made
    inventory = SITE / "ansible.inv"
    with (SITE / "conf.py").open("a") as file:
        file.write(CONFIGURATION.format(url=ANSIBLE_DOCS, inventory=str(inventory)))
    rst = SITE / "rst"
    rst.chmod(0o755)
    shutil.rmtree(rst)
    rst.mkdir(mode=0o755)
    made = call(
        "antsibull-docs", "--config-file", "antsibull-docs.cfg", "collection", "--fail-on-error",
        "--use-current", "--squash-hierarchy", "--dest-dir", str(rst), TITLE,
    )  # fmt: skip
    if made:
        return made
    write_inventory(inventory, rst)
    index = rst / "index.rst"
    index.write_text(with_groups(index.read_text("utf-8")), "utf-8")
    modules = {path.name: path.read_text("utf-8") for path in rst.glob("*_module.rst")}
    for name, page in with_options(modules).items():
        (rst / name).write_text(page, "utf-8")
    shutil.copytree(tree / "docs" / "docsite" / "rst" / "images", rst / "docsite" / "images")
    failed = call(
        "sphinx-build", "-q", "-W", "--keep-going", "-b", "html", "-c", ".", "rst", "html"
    )
    if not failed:
        problems = [*not_grouped(), *not_found()]
        print(*problems, sep="\n", end="\n" if problems else "")
        failed = int(bool(problems))
    pages = len(list((SITE / "html").rglob("*.html")))
    print(f"== {pages} pages, {'with' if failed else 'no'} warnings")
    return failed


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
