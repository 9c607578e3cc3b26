# shellcheck shell=bash
# The registry on the address of the bridge. Its content is kept after `down`.

REGISTRY_STORAGE=$STATE/registry
# Which base images the registry has: separate from its data, but deleted together with it.
NOTES=$REGISTRY_STORAGE/base-images
PAUSE_IMAGE=$REGISTRY/stagewright/pause:1

start_registry() {
  local config=$STATE/config/registry.yml
  mkdir -p "$REGISTRY_STORAGE"
  write_file "$config" <<EOF
version: 0.1
log:
  level: warn
  accesslog:
    disabled: true
storage:
  filesystem:
    rootdirectory: $REGISTRY_STORAGE
    maxthreads: 200
  delete:
    enabled: true
  cache:
    blobdescriptor: inmemory
http:
  addr: $REGISTRY
  secret: stagewright
EOF
  ensure registry "$config" "$BIN/registry" serve "$config"
}

wait_registry() {
  wait_for 20 "registry at $REGISTRY" port_open "$HOST_IP" "${REGISTRY##*:}"
}

# forget_repositories PREFIX: deletes all repositories below PREFIX, and their blobs of
# more than one MiB that no other repository uses. The API of the registry cannot free
# the disk space of a blob.
forget_repositories() {
  local root=$REGISTRY_STORAGE/docker/registry/v2 links digest blob
  [[ -d $root/repositories/$1 ]] || return 0
  links=$(find "$root/repositories/$1" -path '*/_layers/sha256/*' -name link -printf '%h\n')
  rm -rf "$root/repositories/${1:?}"
  for digest in $(sed 's|.*/||' <<<"$links" | sort -u); do
    blob=$root/blobs/sha256/${digest:0:2}/$digest
    [[ -n $(find "$blob/data" -size +1M 2>/dev/null) ]] || continue
    [[ -n $(find "$root/repositories" -path "*/_layers/sha256/$digest" -print -quit) ]] || rm -rf "$blob"
  done
}

image_exists() {
  crane digest "$1" >/dev/null 2>&1
}

crane() { "$BIN/crane" --insecure "$@"; }

# push_image REFERENCE BASE LAYER MUTATE-ARGUMENTS...: pushes an image of BASE (may be
# empty) and one layer.
push_image() {
  local reference=$1 base=$2 layer=$3
  shift 3
  # Uses a temporary name, so that the incomplete image does not have the final name.
  local draft=$reference-draft from=(--oci-empty-base)
  [[ -z $base ]] || from=(-b "$base")
  crane append "${from[@]}" -f "$layer" -t "$draft" >/dev/null 2>&1 ||
    die "cannot push $reference; check that the cluster runs (e2e/cluster status)"
  crane mutate "$draft" --set-platform "linux/$(machine_arch)" -t "$reference" "$@" >/dev/null 2>&1 ||
    die "cannot push $reference"
  crane delete "$draft" >/dev/null 2>&1 || true
}

# containerd uses this image for every Pod.
ensure_pause_image() {
  ! image_exists "$PAUSE_IMAGE" || return 0
  require_packages gcc=gcc /usr/include/stdlib.h=libc6-dev
  say "building the pause image"
  local work
  work=$(mktemp -d)
  gcc -O2 -s -static -o "$work/pause" "$E2E_LOCAL/pause.c"
  tar -C "$work" --owner=0 --group=0 --numeric-owner -cf "$work/layer.tar" pause
  push_image "$PAUSE_IMAGE" "" "$work/layer.tar" --entrypoint /pause
  rm -rf "$work"
}
