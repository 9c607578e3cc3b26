# shellcheck shell=bash
# A node: containerd, kubelet, and kube-proxy. All names and addresses of a node follow
# from its index. Node 0 uses the network of the host; every other node has a network
# namespace on the bridge and a separate subnet for its Pods.

node_name() { echo "stagewright-$1"; }
node_ip() { echo "$NET_PREFIX.0.$((1 + $1))"; }
node_dir() { echo "$STATE/node-$1"; }
node_run() { echo "$RUN/node-$1"; }
node_pods() { echo "${NET_PREFIX%.*}.$((${NET_PREFIX#*.} + 1)).$1.0/24"; }
node_cgroup() { echo "/$CGROUP/node-$1"; }
# The cgroup of the daemons of a node and their shims. Node 0 shares the cgroup of the
# control plane.
node_daemons() { if (($1 == 0)); then echo daemons; else echo "daemons-$1"; fi; }

# Sets the command prefix that runs a command in the network of the node.
node_enter() {
  local -n prefix=$2
  prefix=()
  # shellcheck disable=SC2034 # a reference
  (($1 == 0)) || prefix=(nsenter "--net=$(node_run "$1")/net")
}


start_node() {
  local node=$1
  local dir run
  dir=$(node_dir "$node") run=$(node_run "$node")
  mkdir -p "$dir/config" "$run"
  rm -f "$dir/stopped"
  make_cgroup "$(node_cgroup "$node")"
  make_cgroup "/$CGROUP/$(node_daemons "$node")"
  ((node == 0)) || make_namespace "$node"
  write_cni_config "$node"
  start_containerd "$node"
}

# Creates the network namespace of a further node. A mount in the state directory keeps
# it, and unmounting removes it.
make_namespace() {
  local node=$1 file link=stagewright$1
  file=$(node_run "$node")/net
  if ! nsenter "--net=$file" true 2>/dev/null; then
    touch "$file"
    unshare "--net=$file" true
  fi
  if ! ip link show "$link" >/dev/null 2>&1; then
    ip link add "$link" type veth peer name eth0 netns "$file"
  fi
  ip link set "$link" master "$BRIDGE" up
  nsenter "--net=$file" bash -e <<EOF
ip link set lo up
ip addr replace $(node_ip "$node")/16 dev eth0
ip link set eth0 up
ip route replace default via $HOST_IP
echo 1 >/proc/sys/net/ipv4/ip_forward
EOF
  ip route replace "$(node_pods "$node")" via "$(node_ip "$node")"
}

write_cni_config() {
  local node=$1 pod_bridge ranges
  if ((node == 0)); then
    pod_bridge=$BRIDGE
    ranges="{\"subnet\": \"$BRIDGE_CIDR\", \"rangeStart\": \"$NET_PREFIX.1.1\", \"gateway\": \"$HOST_IP\"}"
  else
    pod_bridge=pods
    ranges="{\"subnet\": \"$(node_pods "$node")\"}"
  fi
  write_file "$(node_dir "$node")/config/cni/10-stagewright.conflist" <<EOF
{
  "cniVersion": "1.0.0",
  "name": "stagewright",
  "plugins": [
    {
      "type": "bridge",
      "bridge": "$pod_bridge",
      "isGateway": true,
      "hairpinMode": true,
      "ipam": {
        "type": "host-local",
        "dataDir": "$(node_run "$node")/ipam",
        "ranges": [[$ranges]],
        "routes": [{"dst": "0.0.0.0/0"}]
      }
    },
    {"type": "portmap", "capabilities": {"portMappings": true}, "backend": "nftables"}
  ]
}
EOF
}

containerd_socket() { echo "$(node_run "$1")/containerd.sock"; }

start_containerd() {
  local node=$1 dir run enter
  dir=$(node_dir "$node") run=$(node_run "$node")
  local DAEMONS
  DAEMONS=$(node_daemons "$node")
  node_enter "$node" enter
  # Images of docker.io are pulled from the local registry, never from docker.io.
  local host
  for host in "$REGISTRY" docker.io; do
    write_file "$dir/config/certs.d/$host/hosts.toml" <<EOF
server = "http://$REGISTRY"

[host."http://$REGISTRY"]
  capabilities = ["pull", "resolve"]
EOF
  done
  write_trusted "$node"
  write_file "$dir/config/containerd.toml" <<EOF
version = 4
root = "$dir/containerd"
state = "$run/containerd"
disabled_plugins = ["io.containerd.nri.v1.nri"]

[plugins."io.containerd.server.v1.grpc"]
  address = "$(containerd_socket "$node")"

[plugins."io.containerd.server.v1.ttrpc"]
  address = "$(containerd_socket "$node").ttrpc"

[plugins."io.containerd.shim.v1.manager"]
  socket_dir = "$run/s"

[plugins."io.containerd.internal.v1.opt"]
  path = "$dir/opt"

[plugins."io.containerd.cri.v1.images".pinned_images]
  sandbox = "$PAUSE_IMAGE"

[plugins."io.containerd.cri.v1.images".registry]
  config_path = "$dir/config/certs.d"

[plugins."io.containerd.cri.v1.runtime"]
  # Without permission to lower its OOM score, a runtime cannot set the requested value.
  restrict_oom_score_adj = true
  disable_apparmor = $([[ -d /sys/kernel/security/apparmor ]] && echo false || echo true)
  # In the state directory, so that down unmounts the network namespaces of Pods.
  netns_mounts_under_state_dir = true
  cdi_spec_dirs = []

[plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc]
  runtime_type = "io.containerd.runc.v2"

[plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc.options]
  BinaryName = "$BIN/runc"
  Root = "$run/runc"

[plugins."io.containerd.cri.v1.runtime".cni]
  bin_dirs = ["$BIN"]
  conf_dir = "$dir/config/cni"
  use_internal_loopback = true
EOF
  ensure "containerd-$node" "$dir/config/containerd.toml" "${enter[@]}" \
    "$BIN/containerd" --config "$dir/config/containerd.toml" --log-level warn
}

# Writes the certificates of `trust`. containerd reads them for each pull.
write_trusted() {
  local file host
  for file in "$STATE"/trusted/*/ca.crt; do
    [[ -f $file ]] || continue
    host=$(basename "$(dirname "$file")")
    write_file "$(node_dir "$1")/config/certs.d/$host/ca.crt" <"$file"
  done
}

wait_containerd() {
  wait_for 60 "containerd of node $1" serves_pods "$1"
}

# Whether containerd responds to the first call of the kubelet, which exits if the call
# fails: containerd accepts connections before its CRI service is ready.
serves_pods() {
  # An empty message with the frame header of gRPC.
  printf '\0\0\0\0\0' |
    curl -s --include --max-time 2 --http2-prior-knowledge --unix-socket "$(containerd_socket "$1")" \
      -H 'Content-Type: application/grpc' -H 'TE: trailers' --data-binary @- --output - \
      http://containerd/runtime.v1.RuntimeService/Version |
    grep -a 'grpc-status: 0[^0-9]*$'
}

# Starts the processes that need the API server.
join_node() {
  local node=$1 DAEMONS
  DAEMONS=$(node_daemons "$node")
  issue "kubelet-$node" "/O=system:nodes/CN=system:node:$(node_name "$node")"
  write_kubeconfig "kubelet-$node" "$(node_dir "$node")/config/kubelet.kubeconfig"
  start_kubelet "$node"
  start_proxy "$node"
}

start_kubelet() {
  local node=$1 dir run enter
  dir=$(node_dir "$node") run=$(node_run "$node")
  node_enter "$node" enter
  write_file "$dir/config/resolv.conf" <<<"nameserver $HOST_IP"
  write_file "$dir/config/kubelet.yaml" <<EOF
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
address: $(node_ip "$node")
authentication:
  anonymous: {enabled: false}
  webhook: {enabled: true}
  x509: {clientCAFile: $PKI/ca.crt}
authorization: {mode: Webhook}
containerRuntimeEndpoint: unix://$(containerd_socket "$node")
cgroupDriver: cgroupfs
cgroupRoot: $(node_cgroup "$node")
failCgroupV1: false
failSwapOn: false
clusterDNS: [$HOST_IP]
clusterDomain: $CLUSTER_DOMAIN
resolvConf: $dir/config/resolv.conf
podLogsDir: $dir/pod-logs
volumePluginDir: $dir/volume-plugins
maxPods: 250
serializeImagePulls: false
imageGCHighThresholdPercent: 100
imageGCLowThresholdPercent: 99
evictionHard:
  memory.available: 100Mi
  nodefs.available: 2%
  nodefs.inodesFree: 1%
  imagefs.available: 2%
  imagefs.inodesFree: 1%
evictionPressureTransitionPeriod: 30s
makeIPTablesUtilChains: false
shutdownGracePeriod: 0s
syncFrequency: 10s
# The Lease is renewed four times as often: the node controller waits 20 s for it.
nodeLeaseDurationSeconds: 16
EOF
  ensure "kubelet-$node" "$dir/config/kubelet.yaml $dir/config/kubelet.kubeconfig" "${enter[@]}" \
    "$BIN/kubelet" --config="$dir/config/kubelet.yaml" --kubeconfig="$dir/config/kubelet.kubeconfig" \
    --root-dir="$dir/kubelet" --cert-dir="$dir/kubelet/pki" \
    --hostname-override="$(node_name "$node")" --node-ip="$(node_ip "$node")"
}

start_proxy() {
  local node=$1 dir enter
  dir=$(node_dir "$node")
  node_enter "$node" enter
  # kube-proxy must not change the size of the machine's connection table.
  write_file "$dir/config/proxy.yaml" <<EOF
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: nftables
clientConnection: {kubeconfig: $STATE/config/proxy.kubeconfig}
hostnameOverride: $(node_name "$node")
bindAddress: $(node_ip "$node")
clusterCIDR: $NET_PREFIX.0.0/15
healthzBindAddress: 127.0.0.1:10256
metricsBindAddress: 127.0.0.1:10249
conntrack: {maxPerCore: 0, min: 0, tcpEstablishedTimeout: 0s, tcpCloseWaitTimeout: 0s}
EOF
  ensure "kube-proxy-$node" "$dir/config/proxy.yaml $STATE/config/proxy.kubeconfig" "${enter[@]}" \
    "$BIN/kube-proxy" --config="$dir/config/proxy.yaml"
}

# Simulates a power cut: kills all processes including Pods, and removes their mounts,
# networks, and files in memory. Files on disk are kept.
stop_node() {
  local node=$1 run name
  run=$(node_run "$node")
  touch "$(node_dir "$node")/stopped"
  for name in "kubelet-$node" "containerd-$node" "kube-proxy-$node"; do
    rm -f "$RUN/$name".{pid,id,spec}
  done
  kill_cgroups "$(node_daemons "$node")" "node-$node"
  ip link delete "stagewright$node" 2>/dev/null || true
  ip route delete "$(node_pods "$node")" 2>/dev/null || true
  unmount_under "$(node_dir "$node")"
  unmount_under "$run"
  rm -rf --one-file-system "$run"
}

is_stopped() { [[ -f $(node_dir "$1")/stopped ]]; }

# Whether the node is ready and its kubelet has loaded its Pods: after a restart, the
# status of the node is first that of the previous kubelet.
node_ready() {
  local name enter known uid
  name=$(node_name "$1")
  node_enter "$1" enter
  "${enter[@]}" curl -sf --max-time 2 http://127.0.0.1:10248/healthz &&
    [[ $(kubectl get node "$name" -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status}') == True ]] &&
    known=$(kubectl get --raw "/api/v1/nodes/$name/proxy/pods") || return 1
  for uid in $(kubectl get pods -A --field-selector "spec.nodeName=$name" -o 'jsonpath={.items[*].metadata.uid}'); do
    [[ $known == *"$uid"* ]] || return 1
  done
}

nodes() {
  local dir
  for dir in "$STATE"/node-*; do
    [[ -d $dir ]] && echo "${dir##*-}"
  done
}

# Removes files that kubelets and shims create outside of the state directory.
remove_strays() {
  find /var/log/containers -lname "$STATE/*" -delete 2>/dev/null || true
  rm -f /var/lib/kubelet/device-plugins/kubelet.sock
  { grep -rlF "\"netns\":\"$STATE/" /var/lib/cni/results 2>/dev/null || true; } | xargs -r rm -f
  rmdir /var/lib/cni/results /var/lib/cni /var/log/containers /var/lib/kubelet/device-plugins /var/lib/kubelet 2>/dev/null || true
  [[ $(readlink "$VOLUMES_LINK" 2>/dev/null) != "$STATE/volumes" ]] || rm -f "$VOLUMES_LINK"
}
