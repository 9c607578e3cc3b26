# shellcheck shell=bash
# etcd, the API server, the controllers, the scheduler, and the add-ons (DNS and volumes)
# of the cluster, as processes of the host.

make_pki() {
  mkdir -p "$PKI"
  chmod 0700 "$PKI"
  if [[ ! -s $PKI/ca.crt ]]; then
    new_key "$PKI/ca.key"
    openssl req -x509 -new -key "$PKI/ca.key" -days 3650 -subj /CN=stagewright-e2e \
      -addext keyUsage=critical,keyCertSign,cRLSign -out "$PKI/ca.crt"
  fi
  if [[ ! -s $PKI/service-account.pub ]]; then
    openssl genrsa -out "$PKI/service-account.key" 2048 2>/dev/null
    openssl rsa -in "$PKI/service-account.key" -pubout -out "$PKI/service-account.pub" 2>/dev/null
  fi
  local names=localhost,kubernetes,kubernetes.default,kubernetes.default.svc,kubernetes.default.svc.$CLUSTER_DOMAIN
  issue server /CN=kube-apiserver "IP:127.0.0.1,IP:$HOST_IP,IP:$API_SERVICE_IP,DNS:${names//,/,DNS:}"
  issue admin /O=system:masters/CN=admin
  issue kubelet-client /O=system:masters/CN=kube-apiserver-kubelet-client
  issue controller-manager /CN=system:kube-controller-manager
  issue scheduler /CN=system:kube-scheduler
  issue proxy /CN=system:kube-proxy
  issue addons /O=system:masters/CN=cluster-addons
  write_kubeconfig admin "$KUBECONFIG_FILE"
  local name
  for name in controller-manager scheduler proxy addons; do
    write_kubeconfig "$name" "$STATE/config/$name.kubeconfig"
  done
}

new_key() {
  (umask 077 && openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1")
}

# issue NAME SUBJECT [ALTERNATIVE-NAMES]: creates a key and a certificate if they do not exist.
issue() {
  local name=$1 subject=$2 alternatives=${3:-}
  [[ ! -s $PKI/$name.crt ]] || return 0
  new_key "$PKI/$name.key"
  openssl req -new -key "$PKI/$name.key" -subj "$subject" |
    openssl x509 -req -CA "$PKI/ca.crt" -CAkey "$PKI/ca.key" -set_serial "0x$(openssl rand -hex 8)" \
      -days 3650 -out "$PKI/$name.crt.new" -extfile <(
        echo "keyUsage=critical,digitalSignature"
        echo "extendedKeyUsage=clientAuth,serverAuth"
        [[ -z $alternatives ]] || echo "subjectAltName=$alternatives"
      ) 2>/dev/null
  mv "$PKI/$name.crt.new" "$PKI/$name.crt"
}

# write_kubeconfig CERTIFICATE FILE
write_kubeconfig() {
  write_file "$2" 0600 <<EOF
apiVersion: v1
kind: Config
current-context: stagewright
contexts:
- name: stagewright
  context: {cluster: stagewright, user: $1}
clusters:
- name: stagewright
  cluster:
    server: $API_URL
    certificate-authority-data: $(base64 -w0 "$PKI/ca.crt")
users:
- name: $1
  user:
    client-certificate-data: $(base64 -w0 "$PKI/$1.crt")
    client-key-data: $(base64 -w0 "$PKI/$1.key")
EOF
}

# Tests need no database that survives a power cut. With ETCD_FSYNC=true, etcd syncs its
# writes to the disk, so that measurements are those of a durable cluster.
start_etcd() {
  local sync=(--unsafe-no-fsync)
  [[ ${ETCD_FSYNC:-} != true ]] || sync=()
  ensure etcd "$PKI/server.crt" "$BIN/etcd" \
    --name=stagewright --data-dir="$STATE/etcd" "${sync[@]}" \
    --listen-client-urls="$ETCD_URL" --advertise-client-urls="$ETCD_URL" \
    --listen-peer-urls="$ETCD_PEER_URL" --initial-advertise-peer-urls="$ETCD_PEER_URL" \
    --initial-cluster="stagewright=$ETCD_PEER_URL" \
    --cert-file="$PKI/server.crt" --key-file="$PKI/server.key" \
    --client-cert-auth --trusted-ca-file="$PKI/ca.crt" \
    --auto-compaction-retention=1h --log-level=warn
}

start_apiserver() {
  ensure kube-apiserver "$PKI/server.crt" "$BIN/kube-apiserver" \
    --etcd-servers="$ETCD_URL" --etcd-cafile="$PKI/ca.crt" \
    --etcd-certfile="$PKI/admin.crt" --etcd-keyfile="$PKI/admin.key" \
    --bind-address="$HOST_IP" --advertise-address="$HOST_IP" --secure-port="$API_PORT" \
    --tls-cert-file="$PKI/server.crt" --tls-private-key-file="$PKI/server.key" \
    --client-ca-file="$PKI/ca.crt" \
    --service-account-key-file="$PKI/service-account.pub" \
    --service-account-signing-key-file="$PKI/service-account.key" \
    --service-account-issuer="https://kubernetes.default.svc.$CLUSTER_DOMAIN" \
    --service-cluster-ip-range="$SERVICE_CIDR" \
    --authorization-mode=Node,RBAC --enable-admission-plugins=NodeRestriction \
    --allow-privileged=true \
    --kubelet-preferred-address-types=InternalIP \
    --kubelet-client-certificate="$PKI/kubelet-client.crt" \
    --kubelet-client-key="$PKI/kubelet-client.key"
}

api_ready() {
  kubectl get --raw /readyz --request-timeout=2s
}

start_controllers() {
  ensure kube-controller-manager "$STATE/config/controller-manager.kubeconfig" "$BIN/kube-controller-manager" \
    --kubeconfig="$STATE/config/controller-manager.kubeconfig" --leader-elect=false \
    --bind-address=127.0.0.1 --use-service-account-credentials \
    --node-monitor-period=2s --node-monitor-grace-period=20s \
    --root-ca-file="$PKI/ca.crt" \
    --service-account-private-key-file="$PKI/service-account.key" \
    --cluster-signing-cert-file="$PKI/ca.crt" --cluster-signing-key-file="$PKI/ca.key" \
    --enable-hostpath-provisioner
  ensure kube-scheduler "$STATE/config/scheduler.kubeconfig" "$BIN/kube-scheduler" \
    --kubeconfig="$STATE/config/scheduler.kubeconfig" --leader-elect=false \
    --bind-address=127.0.0.1
}

# Resolves the names of Services for Pods, and other names as the host does, and makes the volumes of
# single nodes.
start_addons() {
  local config=$STATE/config/addons.kubeconfig
  ensure cluster-addons "$config" "$BIN/cluster-addons" \
    --kubeconfig="$config" --dns-address="$HOST_IP:53" --cluster-domain="$CLUSTER_DOMAIN" \
    --volumes="$STATE/local-volumes"
}

# The fixed directory of the host-path provisioner.
VOLUMES_LINK=/tmp/hostpath_pv

prepare_volumes() {
  mkdir -p "$STATE/volumes"
  [[ -e $VOLUMES_LINK ]] || ln -sfn "$STATE/volumes" "$VOLUMES_LINK"
}

# Volumes of `standard` and `shared` are directories of this machine, the same on every
# node; volumes of `local` belong to the node of the first Pod that uses them.
ensure_objects() {
  kubectl get storageclass standard shared local >/dev/null 2>&1 || kubectl apply -f - >/dev/null <<EOF
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: standard
  annotations: {storageclass.kubernetes.io/is-default-class: "true"}
provisioner: kubernetes.io/host-path
reclaimPolicy: Delete
volumeBindingMode: Immediate
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: shared}
provisioner: kubernetes.io/host-path
reclaimPolicy: Delete
volumeBindingMode: Immediate
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: local}
provisioner: stagewright.dev/node-folder
reclaimPolicy: Delete
volumeBindingMode: WaitForFirstConsumer
EOF
  kubectl get clusterrolebinding stagewright-node-proxier >/dev/null 2>&1 ||
    kubectl create clusterrolebinding stagewright-node-proxier \
      --clusterrole=system:node-proxier --user=system:kube-proxy >/dev/null
}
