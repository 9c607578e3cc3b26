#!/usr/bin/env bash
set -euo pipefail
mkdir -p t/{bin,dev,proc,sys,tmp,etc,var/lib}
chmod 1777 t/tmp
chmod 0555 t/proc t/sys
echo "127.0.0.1 archive" >t/etc/hosts
echo "nameserver 192.0.2.1" >t/etc/resolv.conf
echo archive >t/etc/hostname
echo "root:x:0:0:root:/:/bin/sh" >t/etc/passwd
mknod -m 0666 t/dev/null c 1 3
mknod -m 0600 t/dev/console c 5 1
mkdir t/dev/pts t/dev/shm
chmod 1777 t/dev/shm
ln -s /proc/self/fd t/dev/fd
tar -C t --mtime=@1000000000 --owner=0 --group=0 --sort=name -cf rootfs.tar .
rm -r t
