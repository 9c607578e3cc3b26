#!/usr/bin/env bash
set -euo pipefail
mkdir dir
mkfifo -m 0620 dir/pipe
echo x >dir/file
