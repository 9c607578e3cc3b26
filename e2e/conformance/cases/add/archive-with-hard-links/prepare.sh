#!/usr/bin/env bash
set -euo pipefail
mkdir -p t/sub
echo f >t/a
ln t/a t/b
ln t/a t/sub/c
tar -C t --mtime=@1000000000 --sort=name -cf a.tar a b sub
rm -r t
