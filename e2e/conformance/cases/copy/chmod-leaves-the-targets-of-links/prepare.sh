#!/usr/bin/env bash
set -euo pipefail
mkdir dir
ln -s /etc/passwd dir/link
