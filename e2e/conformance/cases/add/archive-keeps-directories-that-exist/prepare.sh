#!/usr/bin/env bash
set -euo pipefail
mkdir -p t/sticky
echo f >t/sticky/file
chmod 0700 t/sticky
tar -C t --mtime=@1000000000 --owner=7 --group=8 --numeric-owner -cf a.tar sticky
rm -r t
