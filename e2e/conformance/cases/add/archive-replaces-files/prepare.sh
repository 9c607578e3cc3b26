#!/usr/bin/env bash
set -euo pipefail
mkdir t
echo new >t/file
tar -C t --mtime=@1000000000 -cf a.tar file
rm -r t
