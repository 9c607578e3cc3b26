# shellcheck shell=bash
# The other builder, for comparison: BuildKit as root on this machine, with the
# cluster's runc and registry. It runs only when it is asked for.

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
  # docker.io names are served by the local registry, as on the nodes.
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
  max-parallelism = 4
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
