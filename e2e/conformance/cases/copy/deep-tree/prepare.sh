#!/usr/bin/env bash
set -euo pipefail
path=tree/$(printf 'directory-with-a-long-name-%s/' {1..60})
mkdir -p "$path"
echo bottom >"$path/file"
