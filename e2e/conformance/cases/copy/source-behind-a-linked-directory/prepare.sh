#!/usr/bin/env bash
set -euo pipefail
ln -s real link
