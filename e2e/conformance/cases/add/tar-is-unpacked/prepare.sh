#!/usr/bin/env bash
set -euo pipefail
mkdir -p t/sub
echo f >t/file
echo s >t/sub/setuid
chmod 0711 t/sub
chmod 0640 t/file
chmod 4755 t/sub/setuid
ln -s file t/link
tar -C t --mtime=@1000000000 --owner=1000 --group=2000 --numeric-owner -cf a.tar file link sub
rm -r t
