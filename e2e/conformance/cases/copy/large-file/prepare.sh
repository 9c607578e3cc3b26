#!/usr/bin/env bash
set -euo pipefail
truncate -s 50M big
printf end >>big
printf middle | dd of=big bs=1 seek=20000000 conv=notrunc status=none
