#!/usr/bin/env bash
set -euo pipefail
ln -s file.txt dir/near
ln -s ../outside.txt dir/far
ln -s /absent/place dir/dangling
ln -s / dir/root
ln -s . dir/self
