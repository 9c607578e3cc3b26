#!/usr/bin/env bash
set -euo pipefail
echo a >a
tar --mtime=@1000000000 --owner=0 --group=0 -cf a.tar a
rm a
