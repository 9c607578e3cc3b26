#!/usr/bin/env bash
set -euo pipefail
mkdir dir
cd dir
echo 1 >$'new\nline'
echo 2 >'back\slash'
echo 3 >./-dash
echo 4 >'star*'
echo 5 >'[class]'
echo 6 >"$(printf 'x%.0s' {1..255})"
echo 7 >'ü€𝄞'
echo 8 >' '
echo 9 >...
echo 10 >'~'
