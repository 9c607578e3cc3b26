#!/usr/bin/env bash
set -euo pipefail
mkdir t
mkfifo -m 0600 t/fifo
ln -s /etc/passwd t/absolute
ln -s ../../../nowhere t/above
tar -C t --mtime=@1000000000 -cf a.tar fifo absolute above
rm -r t
