#!/usr/bin/env bash
set -euo pipefail
mkdir -p dir/sub
echo x >dir/file
ln -s file dir/link
chown -h 1234:2345 dir dir/sub dir/file dir/link
