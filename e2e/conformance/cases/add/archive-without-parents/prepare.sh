#!/usr/bin/env bash
set -euo pipefail
mkdir -p t/one/two
echo f >t/one/two/file
tar -C t --mtime=@1000000000 --owner=7 --group=8 --numeric-owner -cf a.tar one/two/file
rm -r t
