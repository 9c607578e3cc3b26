#!/usr/bin/env bash
set -euo pipefail
chmod 0755 dir/sub/program
chmod 0666 dir/plain
chmod 0700 dir/sub
