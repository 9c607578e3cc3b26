#!/usr/bin/env bash
set -euo pipefail
chmod 0700 x
chmod 1771 x/y
