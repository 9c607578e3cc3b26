#!/usr/bin/env bash
set -euo pipefail
mkdir t
mkfifo -m 0600 t/fifo
mknod -m 0640 t/null c 1 3
mknod -m 0600 t/block b 7 99
tar -C t --mtime=@1000000000 -cf a.tar fifo null block
rm -r t
