# shellcheck shell=bash
# shellcheck disable=SC2034 # other files use the variables
# Functions for all parts of the cluster: paths, messages, and the management of
# processes, cgroups, and mounts.

# The directory of this file.
E2E_LOCAL=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# A machine has at most one cluster: these paths are fixed, so that other clones of the
# repository use the same cluster. The directory contains sockets: keep the path short.
STATE=/var/lib/stagewright-cluster
CACHE=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/stagewright
LOCK=/run/lock/stagewright-cluster.lock

RUN=$STATE/run
LOGS=$STATE/logs
PKI=$STATE/pki
BIN=$STATE/bin
KUBECONFIG_FILE=$STATE/kubeconfig

# The prefix (two bytes) of all addresses on the bridge: host and nodes in
# PREFIX.0.0/24, Pods of node 0 in the rest of PREFIX.0.0/16.
NET_PREFIX=10.88
BRIDGE=stagewright0
HOST_IP=$NET_PREFIX.0.1
BRIDGE_CIDR=$NET_PREFIX.0.0/16
SERVICE_CIDR=10.96.0.0/16
API_SERVICE_IP=10.96.0.1
API_PORT=6443
API_URL=https://$HOST_IP:$API_PORT
ETCD_URL=https://127.0.0.1:12379
ETCD_PEER_URL=http://127.0.0.1:12380
REGISTRY=$HOST_IP:5000
CLUSTER_DOMAIN=cluster.local
CGROUP=stagewright
# The cgroup of the processes, below CGROUP, with a cgroup for each process and its
# children; each further node has its own cgroup.
DAEMONS=daemons

# The exit code if this machine cannot run the cluster, so that callers can skip tests.
EXIT_CANNOT=3

export LC_ALL=C
STARTED_AT=$EPOCHREALTIME

say() {
  local now=$EPOCHREALTIME
  local ms=$(((${now/./} - ${STARTED_AT/./}) / 1000))
  printf '[%3d.%d s] %s\n' $((ms / 1000)) $((ms % 1000 / 100)) "$*" >&2
}

die() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

cannot() {
  printf 'this machine cannot run the cluster: %s\n' "$*" >&2
  exit "$EXIT_CANNOT"
}

have() { command -v "$1" >/dev/null 2>&1; }

machine_arch() {
  case $(uname -m) in
    x86_64) echo amd64 ;;
    aarch64) echo arm64 ;;
    *) cannot "processor $(uname -m) is not supported; use x86_64 or aarch64" ;;
  esac
}

require_machine() {
  [[ $(uname -s) == Linux ]] || cannot "it is not Linux; use a Linux machine or virtual machine"
  [[ $(id -u) == 0 ]] || cannot "the cluster needs root; run this as root or with sudo"
  local kernel
  kernel=$(uname -r)
  local major=${kernel%%.*} rest=${kernel#*.}
  local minor=${rest%%[!0-9]*}
  ((major > 6 || (major == 6 && minor >= 3))) ||
    cannot "kernel $kernel is too old for user namespaces in Pods; use 6.3 or newer"
  grep -q ' /sys/fs/cgroup.* cgroup2\? ' /proc/self/mounts ||
    cannot "no cgroups are mounted at /sys/fs/cgroup; mount them"
  machine_arch >/dev/null
}

# require_packages COMMAND=PACKAGE...: installs the Debian packages whose command (or
# file, if it contains a slash) is missing.
require_packages() {
  local pair missing=()
  for pair in "$@"; do
    local what=${pair%%=*} package=${pair#*=}
    if [[ $what == */* ]]; then
      compgen -G "$what" >/dev/null || missing+=("$package")
    else
      have "$what" || missing+=("$package")
    fi
  done
  ((${#missing[@]})) || return 0
  have apt-get || cannot "missing: ${missing[*]}; install them with the system's package manager"
  say "installing Debian packages: ${missing[*]}"
  local log
  log=$(mktemp)
  if ! apt_install "${missing[@]}" >"$log" 2>&1; then
    apt-get update >>"$log" 2>&1 || true
    if ! apt_install "${missing[@]}" >>"$log" 2>&1; then
      tail -n 20 "$log" >&2
      rm -f "$log"
      cannot "apt-get could not install ${missing[*]}; install them by hand"
    fi
  fi
  rm -f "$log"
}

apt_install() {
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" 9>&-
}

# write_file PATH: writes standard input to PATH atomically, and only if the content
# differs, so that an unchanged configuration restarts no process.
write_file() {
  local path=$1 tmp
  mkdir -p "$(dirname "$path")"
  tmp=$(mktemp "$path.XXXXXX")
  cat >"$tmp"
  if cmp -s "$tmp" "$path"; then
    rm -f "$tmp"
  else
    chmod "${2:-0644}" "$tmp"
    mv -f "$tmp" "$path"
  fi
}

# Locks the cluster for the rest of the script. The lock is held by descriptor 9, which
# every started process closes.
take_lock() {
  mkdir -p "$(dirname "$LOCK")"
  exec 9>"$LOCK"
  if ! flock -n 9; then
    say "waiting for another e2e script to finish"
    flock 9
  fi
}

wait_for() {
  local seconds=$1 what=$2
  shift 2
  local deadline=$((SECONDS + seconds))
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < deadline)) || die "$what: not ready after $seconds s; see $LOGS"
    sleep 0.1
  done
}

port_open() {
  (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null
}

# Identifies a process beyond its PID, which can be reused.
process_identity() {
  local stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  # The command name can contain blanks: count the fields after it.
  stat=${stat##*) }
  local -a field
  read -ra field <<<"$stat"
  if [[ ${field[0]} == Z ]]; then
    # The first thread has exited. Others may still have the files and ports of the process open.
    local -a threads=("/proc/$1/task/"*)
    ((${#threads[@]} > 1)) || return 1
  fi
  echo "${field[19]} $(</proc/sys/kernel/random/boot_id)"
}

running() {
  local name=$1 pid
  [[ -s $RUN/$name.pid && -s $RUN/$name.id ]] || return 1
  pid=$(<"$RUN/$name.pid")
  [[ $(process_identity "$pid") == "$(<"$RUN/$name.id")" ]]
}

# ensure NAME "FILES" COMMAND...: runs COMMAND as the process NAME. Starts it if it does
# not run, and restarts it if its command line or one of FILES has changed.
ensure() {
  local name=$1 files=$2
  shift 2
  local spec word
  # shellcheck disable=SC2086 # FILES is a list
  spec=$({
    for word in "$@"; do
      # Resolves links, because programs are links to the compiled version in use.
      [[ $word != "$BIN"/* ]] || word=$(readlink "$word")
      echo "$word"
    done
    [[ -z $files ]] || cat $files
  } | sha256sum)
  if running "$name"; then
    [[ $(cat "$RUN/$name.spec" 2>/dev/null) != "$spec" ]] || return 0
    say "$name: configuration changed, restarting"
    stop "$name"
  fi
  mkdir -p "$RUN" "$LOGS"
  local log=$LOGS/$name.log
  if [[ -f $log && $(stat -c %s "$log") -gt 50000000 ]]; then
    mv -f "$log" "$log.1"
  fi
  make_cgroup "/$CGROUP/$DAEMONS/$name"
  # A clean environment: a long-lived server must inherit nothing from the caller,
  # in particular no open file with a lock.
  (
    join_cgroup "$DAEMONS/$name"
    close_files
    exec setsid env -i PATH="$BIN:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" \
      HOME=/root OTEL_TRACES_EXPORTER=none "$@" </dev/null >>"$log" 2>&1
  ) &
  local pid=$!
  echo "$pid" >"$RUN/$name.pid"
  process_identity "$pid" >"$RUN/$name.id" || true
  echo "$spec" >"$RUN/$name.spec"
  disown "$pid"
}

# Closes all descriptors of this process except for the standard streams.
close_files() {
  local file
  for file in "/proc/$BASHPID/fd/"*; do
    file=${file##*/}
    ((file < 3)) || exec {file}>&-
  done
}

# stop NAME [SECONDS]: stops a process with SIGTERM, and with SIGKILL after this number of
# seconds; with 0, immediately with SIGKILL.
stop() {
  local name=$1 patience=${2:-10} pid
  if running "$name"; then
    pid=$(<"$RUN/$name.pid")
    ((patience == 0)) || kill "$pid" 2>/dev/null || true
    local deadline=$((SECONDS + patience))
    while running "$name"; do
      if ((SECONDS >= deadline)); then
        kill -KILL "$pid" 2>/dev/null || true
      fi
      sleep 0.05
    done
  fi
  rm -f "$RUN/$name".{pid,id,spec}
}

# Prints the directories of the cgroup hierarchies: one with cgroup v2, several with v1,
# one of which can be v2.
cgroup_mounts() {
  awk '$3 == "cgroup" || $3 == "cgroup2" { print $2 }' /proc/self/mounts
}

# The hierarchy that is used to find the processes of the cluster.
tracking_cgroup() {
  if [[ -d /sys/fs/cgroup/pids ]]; then
    echo "/sys/fs/cgroup/pids/$CGROUP"
  else
    echo "/sys/fs/cgroup/$CGROUP"
  fi
}

# The hierarchy with the processor time of the cluster.
accounting_cgroup() {
  if [[ -d /sys/fs/cgroup/cpuacct ]]; then
    echo "/sys/fs/cgroup/cpuacct/$CGROUP"
  else
    echo "/sys/fs/cgroup/$CGROUP"
  fi
}

# Every process of the cluster and its children run in a cgroup of the cluster, so that
# `down` finds shims without a PID file, and so that their processor time is known.
join_cgroup() {
  echo "$BASHPID" >"$(tracking_cgroup)/$1/cgroup.procs"
  echo "$BASHPID" >"$(accounting_cgroup)/$1/cgroup.procs"
}

# Kills all processes in these cgroups and below.
kill_cgroups() {
  local try group pids
  for try in {1..100}; do
    pids=$(for group in "$@"; do
      find "$(tracking_cgroup)/$group" -name cgroup.procs -exec cat {} + 2>/dev/null || true
    done)
    [[ -n $pids ]] || return 0
    # shellcheck disable=SC2086 # a list
    kill -KILL $pids 2>/dev/null || true
    sleep 0.05
  done
  say "some processes did not exit: ${pids//$'\n'/ }"
}

# make_cgroup PATH: creates a cgroup in every hierarchy. A cpuset of v1 is empty at first
# and accepts no process until it is set.
make_cgroup() {
  local mount dir part file
  while read -r mount; do
    dir=$mount
    for part in ${1//\// }; do
      if [[ -f $dir/cgroup.subtree_control ]]; then
        for file in cpuset cpu io memory pids hugetlb; do
          echo "+$file" >"$dir/cgroup.subtree_control" 2>/dev/null || true
        done
      fi
      dir=$dir/$part
      mkdir -p "$dir"
      for file in cpuset.cpus cpuset.mems; do
        if [[ -f $dir/cgroup.clone_children && -f $dir/$file && -z $(<"$dir/$file") ]]; then
          cat "$(dirname "$dir")/$file" >"$dir/$file"
        fi
      done
    done
  done < <(cgroup_mounts)
}

# Kills all processes in the cgroups of the cluster and removes the cgroups.
remove_cgroups() {
  local mount
  kill_cgroups .
  while read -r mount; do
    [[ -d $mount/$CGROUP ]] || continue
    find "$mount/$CGROUP" -depth -type d -exec rmdir {} + 2>/dev/null || true
  done < <(cgroup_mounts)
}

# Unmounts all mounts below a directory, the innermost first.
unmount_under() {
  local try mounts
  for try in {1..20}; do
    mounts=$(awk -v p="$1/" 'index($5, p) == 1 { print $5 }' /proc/self/mountinfo | sort -r)
    [[ -n $mounts ]] || return 0
    while read -r mount; do
      umount -- "$(printf '%b' "${mount//\\/\\0}")" 2>/dev/null || true
    done <<<"$mounts"
    ((try < 10)) || sleep 0.1
  done
  while read -r mount; do
    umount -l -- "$(printf '%b' "${mount//\\/\\0}")" 2>/dev/null || true
  done <<<"$mounts"
}

kubectl() { "$BIN/kubectl" --kubeconfig "$KUBECONFIG_FILE" "$@"; }
