#!/usr/bin/env bash
set -euo pipefail
echo x >x
tar --mtime=@1000000000 --owner=7 --group=8 --numeric-owner -cf archive.tar x
rm x
