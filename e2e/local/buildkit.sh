# shellcheck shell=bash
# BuildKit, for comparison: runs as root on this machine, with the runc and the registry
# of the cluster. It is started only on request.

BUILDKIT_STATE=$STATE/buildkit
BUILDKIT_SOCKET=$RUN/buildkit/buildkitd.sock

start_buildkit() {
  local config=$STATE/config/buildkitd.toml
  build_module buildkit
  local program
  for program in "$(tools_folder buildkit)"/*; do
    link "$program" "$BIN/${program##*/}"
  done
  mkdir -p "$BUILDKIT_STATE" "$RUN/buildkit"
  make_cgroup "/$CGROUP/buildkit"
  # Images of docker.io are pulled from the local registry, as on the nodes.
  write_file "$config" <<CONFIG
root = "$BUILDKIT_STATE"

[grpc]
  address = ["unix://$BUILDKIT_SOCKET"]

[worker.oci]
  enabled = true
  snapshotter = "overlayfs"
  binary = "$BIN/runc"
  defaultCgroupParent = "/$CGROUP/buildkit"
  networkMode = "host"
  gc = true
  maxUsedSpace = "12GB"

[worker.containerd]
  enabled = false

[registry."$REGISTRY"]
  http = true
  insecure = true

[registry."docker.io"]
  mirrors = ["$REGISTRY"]
CONFIG
  ensure buildkitd "$config" "$BIN/buildkitd" --config "$config"
  wait_for 30 "BuildKit" "$BIN/buildctl" --addr "unix://$BUILDKIT_SOCKET" debug workers
}
