#!/usr/bin/env bash
set -euo pipefail
echo 1 >'back*star'
echo 2 >'backXstar'
