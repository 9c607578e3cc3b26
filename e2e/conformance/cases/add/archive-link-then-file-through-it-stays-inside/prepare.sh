#!/usr/bin/env bash
set -euo pipefail
mkdir -p t1 t2/link
ln -s / t1/link
echo f >t2/link/through
tar -C t1 --mtime=@1000000000 -cf a.tar link
tar -C t2 --mtime=@1000000000 -rf a.tar link/through
rm -r t1 t2
