#!/usr/bin/env bash
set -euo pipefail
mkdir dir
echo a >a
tar --mtime=@1000000000 -cf dir/a.tar a
rm a
