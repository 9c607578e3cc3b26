#!/usr/bin/env bash
set -euo pipefail
mkdir -p t/{bin,dev,proc,sys,tmp,etc,var/lib}
chmod 1777 t/tmp
chmod 0555 t/proc t/sys
echo "127.0.0.1 archive" >t/etc/hosts
echo "nameserver 192.0.2.1" >t/etc/resolv.conf
echo archive >t/etc/hostname
echo "root:x:0:0:root:/:/bin/sh" >t/etc/passwd
tar -C t --mtime=@1000000000 --owner=0 --group=0 --sort=name -cf rootfs.tar .
rm -r t
