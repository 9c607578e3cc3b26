#!/usr/bin/env bash
set -euo pipefail
mkdir -p t/sub
echo f >t/sub/file
ln -s file t/sub/link
tar -C t --mtime=@1000000000 --owner=7 --group=8 --numeric-owner -cf a.tar sub
rm -r t
