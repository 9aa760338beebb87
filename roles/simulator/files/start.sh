#!/bin/sh
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# start.sh FOLDER PYTHON PACKAGE_FOLDER [OPTION ...]
# Starts the simulator unless the one of this folder runs. Prints "started" or "running", then its
# JSON line.
set -eu
folder=$1 python=$2 package=$3
shift 3
cd "$folder"

# After a restart of the machine the number may be that of another process. Small images have no ps.
is_simulator() { # PROCESS
  { tr '\0' ' ' <"/proc/$1/cmdline" || ps -o args= -p "$1"; } 2>/dev/null | grep -q mrs_simulator
}

if [ -s process ] && [ -s address.json ] && is_simulator "$(cat process)"; then
  echo running
  cat address.json
  exit 0
fi

: > address.json
PYTHONPATH=$package nohup "$python" -m mrs_simulator "$@" > address.json 2> log < /dev/null &
echo $! > process
tries=150
while [ ! -s address.json ]; do
  tries=$((tries - 1))
  if [ "$tries" -eq 0 ] || ! kill -0 "$(cat process)" 2>/dev/null; then
    missing=$(sed -n "s/^ModuleNotFoundError: No module named '\(.*\)'$/\1/p" log)
    if [ -n "$missing" ]; then
      install="$python -m pip install -r $package/requirements.txt"
      echo "The simulator needs $missing. Install its libraries:  $install" >&2
    else
      echo "The simulator did not start. The end of its log, $folder/log:" >&2
      tail -n 5 log >&2
    fi
    exit 1
  fi
  sleep 0.1
done
echo started
cat address.json
