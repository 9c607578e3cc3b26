#!/usr/bin/env bash
set -euo pipefail
mkdir -p "t/$(printf 'd%.0s' {1..200})"
cd t
echo 1 >"$(printf 'x%.0s' {1..255})"
echo 2 >"$(printf 'd%.0s' {1..200})/$(printf 'y%.0s' {1..200})"
echo 3 >'ünïcode'
echo 4 >$'new\nline'
ln -s "$(printf 'z%.0s' {1..250})" link
tar --mtime=@1000000000 --sort=name --owner=3000000 --group=3000001 --numeric-owner --format=posix -cf ../a.tar .
tar --mtime=@1000000000 --sort=name --owner=0 --group=0 --format=gnu --transform='s,^\.,./gnu,' -cf ../g.tar .
cd ..
tar --concatenate -f a.tar g.tar
rm -r t g.tar
