#!/usr/bin/env bash
set -euo pipefail
ln -s ../../../../etc/inside.txt above
ln -s /etc/inside.txt absolute
