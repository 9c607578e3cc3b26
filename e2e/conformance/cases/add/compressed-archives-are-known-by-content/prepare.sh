#!/usr/bin/env bash
set -euo pipefail
for kind in gzip bzip2 xz zstd; do echo $kind >$kind.out; done
tar --mtime=@1000000000 -czf one.txt gzip.out
tar --mtime=@1000000000 -cjf two.gz bzip2.out
tar --mtime=@1000000000 -cJf three.zip xz.out
tar --mtime=@1000000000 --zstd -cf four zstd.out
