#!/usr/bin/env bash
set -euo pipefail
echo a >a; echo b >b
tar --mtime=@1000000000 -cf a.tar a
tar --mtime=@1000000000 -cf b.tar b
rm a b
