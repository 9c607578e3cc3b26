#!/usr/bin/env bash
set -euo pipefail
mkdir -p dir/sticky dir/setgid
for mode in 0000 0400 0777 1644 2755 4755 6711; do
  echo x >dir/$mode
  chmod $mode dir/$mode
done
chmod 1777 dir/sticky
chmod 2770 dir/setgid
