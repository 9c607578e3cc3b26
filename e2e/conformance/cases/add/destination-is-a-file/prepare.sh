#!/usr/bin/env bash
set -euo pipefail
echo a >a
tar --mtime=@1000000000 -cf a.tar a
rm a
