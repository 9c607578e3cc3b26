#!/usr/bin/env bash
set -euo pipefail
chmod 0701 dir/sticky
chmod 0755 dir/private
