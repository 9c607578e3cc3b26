#!/usr/bin/env bash
set -euo pipefail
mkdir -p dir/sub
echo shared >dir/a
ln dir/a dir/b
ln dir/a dir/sub/c
