#!/usr/bin/env bash
set -euo pipefail
mkdir -p t/dev/shm t/proc/1 t/sys/kernel
echo log >t/dev/log
echo x >t/dev/shm/x
echo version >t/proc/version
echo 1 >t/proc/1/status
echo k >t/sys/kernel/k
tar -C t --mtime=@1000000000 --owner=0 --group=0 --sort=name -cf rootfs.tar .
rm -r t
