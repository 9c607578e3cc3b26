#!/usr/bin/env bash
set -euo pipefail
echo f >file
tar --mtime=@1000000000 -P --transform='s,^,/abs/,' -cf a.tar file
rm file
