#!/usr/bin/env bash
set -euo pipefail
seq 100000 >big
tar -czf whole.tgz big
head -c 20000 whole.tgz >cut.tgz
rm whole.tgz big
