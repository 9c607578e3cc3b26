#!/usr/bin/env bash
set -euo pipefail
echo a >a
tar --mtime=@1000000000 --owner=7 --group=8 --numeric-owner -cf - a | gzip -n >a.tar.gz
rm a
