#!/usr/bin/env bash
set -euo pipefail
mkdir -p t/sub
echo out >t/escaped
tar -C t/sub --mtime=@1000000000 -P -cf a.tar ../escaped
rm -r t
