#!/usr/bin/env bash
set -euo pipefail
ln -s file.txt link-to-file
ln -s dir link-to-dir
