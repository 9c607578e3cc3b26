#!/usr/bin/env bash
set -euo pipefail
mkdir t
: >t/.wh.a
echo f >t/file
tar -C t --mtime=@1000000000 -cf a.tar .wh.a file
rm -r t
