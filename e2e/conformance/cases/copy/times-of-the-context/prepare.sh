#!/usr/bin/env bash
set -euo pipefail
ln -s sub dir/link
touch -h -d @1000000001.5 dir/sub/a.txt
touch -h -d @1000000002 dir/link
touch -h -d @1000000003.25 dir/sub
touch -h -d @1000000004 dir
touch ../keep-times
