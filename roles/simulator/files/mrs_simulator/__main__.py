# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The command: python -m mrs_simulator."""

from __future__ import annotations

import argparse
import json
import pathlib
import sys

from mrs_simulator.server import Tls, log_to_stderr, run
from mrs_simulator.settings import REGIONS, Settings
from mrs_simulator.simulator import Simulator
from mrs_simulator.state.persistence import StateFileError

TRANSITIONS = ("create", "scale-out", "scale-in", "delete", "job", "cancel", "sync", "cleanup")


def main(arguments: list[str] | None = None) -> int:
    parser = _parser()
    options = parser.parse_args(arguments)
    if (options.tls_cert is None) != (options.tls_key is None):
        parser.error("--tls-cert and --tls-key belong together")
    tls = Tls(options.tls_cert, options.tls_key) if options.tls_cert else None
    speeds = {
        f"speed_{name.replace('-', '_')}": getattr(options, f"speed_{name.replace('-', '_')}")
        for name in TRANSITIONS
    }
    settings = Settings(
        flavor=options.flavor,
        region=options.region,
        seed=options.seed,
        latency=options.latency,
        token_ttl=options.token_ttl,
        speed=options.speed,
        lag=options.lag,
        **{name: value for name, value in speeds.items() if value is not None},
    )
    try:
        simulator = Simulator(settings, state_file=options.state, on_request=log_to_stderr)
        run(
            simulator,
            options.port,
            lambda connection: print(json.dumps(connection), flush=True),
            tls,
        )
    except (StateFileError, OSError) as exc:
        print(f"mrs_simulator: {exc}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m mrs_simulator",
        description="A simulator of the MapReduce Service (IAM v3, MRS API v1.1 and v2) on "
        "127.0.0.1. Prints one JSON line with the address and the credentials when it listens.",
    )
    parser.add_argument(
        "--port", type=_port, default=0, help="TCP port on 127.0.0.1; 0 takes a free one (default)"
    )
    parser.add_argument(
        "--speed",
        type=_seconds,
        default=2.0,
        help="seconds that each transition takes, 0 = at once (default 2)",
    )
    for name in TRANSITIONS:
        parser.add_argument(f"--speed-{name}", type=_seconds, help=f"seconds for {name} alone")
    parser.add_argument(
        "--lag", type=_seconds, help="seconds for which the old state still shows (default a tenth)"
    )
    parser.add_argument(
        "--state", type=pathlib.Path, help="file that keeps everything over restarts"
    )
    parser.add_argument(
        "--flavor",
        choices=tuple(REGIONS),
        default="otc",
        help="which cloud to speak like (default otc)",
    )
    parser.add_argument(
        "--region", default="", help="name of the region (default eu-de or cn-north-4)"
    )
    parser.add_argument(
        "--latency", type=_seconds, default=0.0, help="seconds added to each answer"
    )
    parser.add_argument(
        "--token-ttl",
        type=_seconds,
        default=86400.0,
        help="seconds that a token is valid (default a day)",
    )
    parser.add_argument(
        "--tls-cert",
        type=pathlib.Path,
        help="PEM file with a certificate for 127.0.0.1: serve https",
    )
    parser.add_argument("--tls-key", type=pathlib.Path, help="PEM file with its key")
    parser.add_argument("--seed", type=int, help="makes the IDs repeatable")
    return parser


def _port(text: str) -> int:
    value = int(text)
    if not 0 <= value <= 65535:
        raise argparse.ArgumentTypeError("must be 0 to 65535")
    return value


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 1e9:
        raise argparse.ArgumentTypeError("must be a number of seconds, not negative")
    return value


if __name__ == "__main__":
    sys.exit(main())
