#!/usr/bin/env bash
set -euo pipefail
echo star >'star*.txt'
