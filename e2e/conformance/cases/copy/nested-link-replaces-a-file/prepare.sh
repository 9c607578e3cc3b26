#!/usr/bin/env bash
set -euo pipefail
mkdir dir
ln -s elsewhere dir/target.txt
