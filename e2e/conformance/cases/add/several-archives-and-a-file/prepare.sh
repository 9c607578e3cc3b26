#!/usr/bin/env bash
set -euo pipefail
echo a >a; echo b >b
tar --mtime=@1000000000 -cf a.tar a
tar --mtime=@1000000000 -czf b.tar.gz b
cp a.tar dir/nested.tar
rm a b
