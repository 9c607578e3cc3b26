# shellcheck shell=bash
# The bridge of the host, the nodes, and the Pods of node 0.

setup_network() {
  local other
  other=$(ip -4 -o addr show to "$BRIDGE_CIDR" | awk -v b="$BRIDGE" '$2 != b { print $2 }')
  [[ -z $other ]] || cannot "$BRIDGE_CIDR is in use by interface ${other%%$'\n'*}; take that interface down first"
  if ! ip link show "$BRIDGE" >/dev/null 2>&1; then
    modprobe -qa bridge br_netfilter overlay 2>/dev/null || true
    ip link add "$BRIDGE" type bridge
  fi
  # Packets between Pods on the same bridge must pass the packet filter of the node,
  # because replies need the address of the Service.
  ip link set "$BRIDGE" up type bridge nf_call_iptables 1
  ip -4 -o addr show dev "$BRIDGE" | grep -q " $HOST_IP/16 " ||
    ip addr add "$HOST_IP/16" dev "$BRIDGE"
  # The host can reach Services even without a default route.
  ip route replace "$SERVICE_CIDR" dev "$BRIDGE"
  set_at_least net.ipv4.ip_forward 1
  # The kubelet sets these values.
  remember vm.overcommit_memory kernel.panic kernel.panic_on_oops kernel.keys.root_maxkeys kernel.keys.root_maxbytes
  set_at_least fs.inotify.max_user_instances 1024
  # Pods reach other networks with the address of the host.
  nft -f - <<EOF
table ip stagewright
delete table ip stagewright
table ip stagewright {
  chain postrouting {
    type nat hook postrouting priority srcnat;
    ip saddr $NET_PREFIX.0.0/15 ip daddr != { $NET_PREFIX.0.0/15, $SERVICE_CIDR } masquerade
  }
}
EOF
  # A container engine on this machine may have disabled forwarding.
  if forwarding_closed; then
    local way
    for way in -i -o; do
      iptables -C FORWARD "$way" "$BRIDGE" -j ACCEPT 2>/dev/null ||
        iptables -I FORWARD "$way" "$BRIDGE" -j ACCEPT
    done
  fi
}

forwarding_closed() {
  have iptables && iptables -S FORWARD 2>/dev/null | grep -q '^-P FORWARD DROP'
}

# Saves the previous kernel settings, for `down`.
remember() {
  local name
  mkdir -p "$RUN"
  for name in "$@"; do
    [[ -f $RUN/sysctl.$name ]] || cat "/proc/sys/${name//.//}" >"$RUN/sysctl.$name"
  done
}

set_at_least() {
  local file=/proc/sys/${1//.//}
  [[ $(<"$file") -lt $2 ]] || return 0
  remember "$1"
  echo "$2" >"$file"
}

teardown_network() {
  local table file name
  if have nft; then
    for table in "ip stagewright" "ip kube-proxy" "ip6 kube-proxy" "ip cni_hostport" "ip6 cni_hostport" "inet cni_hostport"; do
      # shellcheck disable=SC2086 # family and name
      nft delete table $table 2>/dev/null || true
    done
  fi
  if forwarding_closed; then
    iptables -D FORWARD -i "$BRIDGE" -j ACCEPT 2>/dev/null || true
    iptables -D FORWARD -o "$BRIDGE" -j ACCEPT 2>/dev/null || true
  fi
  for name in $(ip -o link show master "$BRIDGE" 2>/dev/null | sed -n 's/^[0-9]*: \(stagewright[0-9]*\)[@:].*/\1/p'); do
    ip link delete "$name" 2>/dev/null || true
  done
  ip link delete "$BRIDGE" 2>/dev/null || true
  for file in "$RUN"/sysctl.*; do
    [[ -f $file ]] || continue
    name=${file##*/sysctl.}
    cat "$file" >"/proc/sys/${name//.//}" 2>/dev/null || true
  done
}
