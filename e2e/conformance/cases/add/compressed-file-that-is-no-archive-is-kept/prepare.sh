#!/usr/bin/env bash
set -euo pipefail
echo plain | gzip -n >plain.gz
echo plain | xz >plain.xz
echo plain | zstd -q >plain.zst
