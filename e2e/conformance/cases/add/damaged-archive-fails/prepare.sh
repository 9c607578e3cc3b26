#!/usr/bin/env bash
set -euo pipefail
head -c 20000 /dev/zero | tr '\0' x >big
tar -cf whole.tar big
head -c 5000 whole.tar >cut.tar
rm whole.tar big
