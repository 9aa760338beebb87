#!/bin/sh
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# stop.sh FOLDER
# Ends the simulator of this folder. Prints "stopped", or "absent" where none runs.
set -eu
# After a restart of the machine the number may be that of another process. Small images have no ps.
is_simulator() { # PROCESS
  { tr '\0' ' ' <"/proc/$1/cmdline" || ps -o args= -p "$1"; } 2>/dev/null | grep -q mrs_simulator
}

if ! cd "$1" 2>/dev/null || ! [ -s process ] || ! is_simulator "$(cat process)" ||
  ! kill "$(cat process)" 2>/dev/null; then
  echo absent
  exit 0
fi
tries=100
while kill -0 "$(cat process)" 2>/dev/null; do
  tries=$((tries - 1))
  if [ "$tries" -eq 0 ]; then
    kill -9 "$(cat process)"
    break
  fi
  sleep 0.1
done
rm -f process address.json
echo stopped
