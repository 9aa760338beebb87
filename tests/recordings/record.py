# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run integration targets with a recorder between them and the service: a cloud, or the simulator.

Usage: record.py [--cloud FILE] [--flavor otc|hwc] --to RECORDING [TARGET...]. The recorder is an
HTTP server on the loopback address that passes each request on. A line of the recording is one
exchange: method, route, query, body, status, answer. Headers are never written, so no token is;
passwords and keys in bodies are masked.
"""

from __future__ import annotations

import argparse
import configparser
import contextlib
import http.server
import json
import pathlib
import re
import subprocess
import sys
import threading
import typing as t
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit

import requests
from simulated import ROOT, simulator

sys.path.insert(0, str(ROOT / "build" / "live"))

from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.signature import Signature

SECRET = re.compile(
    r"secret|password|passwd|token|^credential|access_?key|^ak$|^sk$", re.IGNORECASE
)
# Words marked with @ in arguments, and what they hide.
MARKED = re.compile(r"(@[^\s=]+=)\S+")
# Hop by hop, or set anew by whoever sends.
NOT_PASSED = {"connection", "content-encoding", "content-length", "host", "transfer-encoding"}
UUID = re.compile(r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
HEXADECIMAL = re.compile(r"^[0-9a-f]{32}$")


def masked(value: t.Any) -> t.Any:
    """The value without what nobody else may see."""
    if isinstance(value, dict):
        return {
            key: "MASKED" if SECRET.search(key) and item else masked(item)
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [masked(item) for item in value]
    return MARKED.sub(r"\1MASKED", value) if isinstance(value, str) else value


def route_of(path: str) -> str:
    """The path with names in place of ids, such as C(/v1.1/{project}/cluster_infos/{id})."""
    names = {
        part: "{id}" if UUID.match(part) else "{project}" if HEXADECIMAL.match(part) else part
        for part in path.split("/")
    }
    return "/".join(names[part] for part in path.split("/"))


def as_json(body: bytes) -> t.Any:
    """The body as data where it is JSON, else as text, else null."""
    try:
        return json.loads(body) if body else None
    except ValueError:
        return body.decode("utf-8", errors="replace")


class Recorder(http.server.ThreadingHTTPServer):
    """Passes requests on to the endpoint, and writes each exchange to C(recording)."""

    def __init__(self, mrs: t.Mapping[str, str], recording: pathlib.Path) -> None:
        super().__init__(("127.0.0.1", 0), Exchange)
        self.root = mrs["endpoint"].rstrip("/")
        self.keys = (mrs["access_key"], mrs["secret_key"], mrs["project_id"])
        self.recording = recording
        self.lock = threading.Lock()
        self.session = requests.Session()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def write(self, line: dict[str, t.Any]) -> None:
        with self.lock, self.recording.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")


class Exchange(http.server.BaseHTTPRequestHandler):
    """One request and its answer."""

    server: Recorder
    protocol_version = "HTTP/1.1"

    def ask(self, body: bytes) -> requests.Response:
        """The answer of the service.

        A signature names the host, so a signed request is signed anew.
        """
        headers = {
            name: value for name, value in self.headers.items() if name.lower() not in NOT_PASSED
        }
        signature = None
        if (
            headers.get("Authorization", "").startswith("SDK-HMAC-SHA256")
            and "X-Security-Token" not in headers
        ):
            del headers["Authorization"]
            signature = Signature(*self.server.keys, now=lambda: datetime.now(UTC))
        return self.server.session.request(
            self.command,
            self.server.root + self.path,
            data=body or None,
            headers=headers,
            auth=signature,
            timeout=120,
            allow_redirects=False,
        )

    def pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        answer = self.ask(body)
        address = urlsplit(self.path)
        if not address.path.startswith("/_simulator"):
            self.server.write(
                {
                    "method": self.command,
                    "route": route_of(address.path),
                    "query": sorted(name for name, _value in parse_qsl(address.query)),
                    "body": masked(as_json(body)),
                    "status": answer.status_code,
                    "answer": masked(as_json(answer.content)),
                }
            )
        self.send_response(answer.status_code)
        for name, value in answer.headers.items():
            if name.lower() not in NOT_PASSED:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.content)))
        self.end_headers()
        self.wfile.write(answer.content)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = pass_on

    def log_message(self, format: str, *args: t.Any) -> None:
        """Nothing: the recording is the log."""


def configuration(
    options: argparse.Namespace, exits: contextlib.ExitStack
) -> configparser.ConfigParser:
    """Credentials and places, as in cloud-config-mrs.ini: of the cloud, or of a new simulator."""
    config = configparser.ConfigParser(interpolation=None)
    if options.cloud:
        with options.cloud.open(encoding="utf-8") as file:
            config.read_file(file)
        return config
    address = exits.enter_context(
        simulator(ROOT / "build" / "recordings.log", "--speed", "2", "--flavor", options.flavor)
    )
    names = ("auth_url", "username", "password", "user_domain_name", "project_name")
    config["auth"] = {name: address[name] for name in names}
    config["mrs"] = {
        name: address[name] for name in ("access_key", "secret_key", "project_id", "region")
    }
    config["mrs"]["endpoint"] = address["url"]
    return config


def main(arguments: t.Sequence[str]) -> int:
    """Record the targets; what they end with."""
    parser = argparse.ArgumentParser(
        description="Record what integration targets and the service say to each other."
    )
    parser.add_argument("targets", nargs="*", default=["mrs_cluster"], help="default: mrs_cluster")
    parser.add_argument(
        "--cloud", type=pathlib.Path, help="like cloud-config-mrs.ini; without it the simulator"
    )
    parser.add_argument("--flavor", default="otc", help="of the simulator")
    parser.add_argument("--to", type=pathlib.Path, required=True, help="the file to write")
    options = parser.parse_args(arguments)
    options.to.parent.mkdir(parents=True, exist_ok=True)
    options.to.write_text("", "utf-8")
    with contextlib.ExitStack() as exits:
        config = configuration(options, exits)
        recorder = Recorder(config["mrs"], options.to)
        threading.Thread(target=recorder.serve_forever, daemon=True).start()
        exits.callback(recorder.shutdown)
        config["mrs"]["endpoint"] = recorder.url
        path = ROOT / "build" / "recorded-cloud.ini"
        path.touch(mode=0o600)
        exits.callback(path.unlink)
        with path.open("w", encoding="utf-8") as file:
            config.write(file)
        command = [
            sys.executable,
            str(ROOT / "tests" / "integration" / "run.py"),
            "--cloud",
            str(path),
            *options.targets,
        ]
        ended = subprocess.run(command, cwd=ROOT, check=False).returncode
    print(f"== {len(options.to.read_text('utf-8').splitlines())} exchanges in {options.to}")
    return ended


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
