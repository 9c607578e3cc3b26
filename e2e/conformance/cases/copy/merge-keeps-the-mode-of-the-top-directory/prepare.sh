#!/usr/bin/env bash
set -euo pipefail
chmod 0711 dir
