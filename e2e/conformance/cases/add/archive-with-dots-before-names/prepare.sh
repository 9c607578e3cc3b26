#!/usr/bin/env bash
set -euo pipefail
mkdir -p t/sub
echo f >t/sub/file
chmod 0750 t
tar -C t --mtime=@1000000000 --owner=7 --group=8 --numeric-owner -cf a.tar .
rm -r t
