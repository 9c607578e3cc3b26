#!/usr/bin/env bash
set -euo pipefail
mkdir -p empty/deeper
: >nothing
