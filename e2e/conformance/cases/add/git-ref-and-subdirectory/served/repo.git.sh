#!/usr/bin/env bash
set -euo pipefail
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.com GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.com
export GIT_AUTHOR_DATE='1100000000 +0000' GIT_COMMITTER_DATE='1100000000 +0000'
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
git init -q -b main work
cd work
mkdir sub
echo one >file.txt
echo sub >sub/inner.txt
printf '#!/bin/sh\n' >run.sh
chmod 0755 run.sh
ln -s file.txt link
git add .
git commit -q -m one
git tag v1
git checkout -q -b other
echo other >sub/inner.txt
git commit -q -a -m other
git checkout -q main
echo two >file.txt
git commit -q -a -m two
cd ..
git clone -q --bare work repo.git
git -C repo.git update-server-info
rm -rf work
