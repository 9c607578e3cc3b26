#!/usr/bin/env bash
set -euo pipefail
mkdir -p t/sub
echo f >t/sub/file
tar -C t --mtime=@1000000000 -cf a.tar sub
rm -r t
