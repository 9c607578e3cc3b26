# shellcheck shell=bash
# shellcheck disable=SC2034 # the names are used by the files that read this one
# What every part of the cluster needs: where things are, how to speak, how to
# run a process and find it again.

# The library's own folder, wherever the script was started from.
E2E_LOCAL=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# There is one such cluster on a machine: these names are fixed, so that another
# clone of the repository finds it. Sockets live here: keep the path short.
STATE=/var/lib/stagewright-cluster
CACHE=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/stagewright
LOCK=/run/lock/stagewright-cluster.lock

RUN=$STATE/run
LOGS=$STATE/logs
PKI=$STATE/pki
BIN=$STATE/bin
KUBECONFIG_FILE=$STATE/kubeconfig

# One prefix of two bytes for everything on the bridge: host and nodes in
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
# Where below it the processes that are started go; a further node has a cgroup of its own.
DAEMONS=daemons

# Exit code for "this machine cannot run the cluster", so that callers can skip.
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

# require_packages COMMAND=PACKAGE...: installs the Debian packages whose
# command (or, with a slash, file) is missing.
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

# write_file PATH: stdin to PATH, in one step, and only if it differs, so that
# an unchanged configuration restarts nothing.
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

# Runs the rest of the script alone: the lock is held on descriptor 9, which
# every process started here closes.
take_lock() {
  mkdir -p "$(dirname "$LOCK")"
  exec 9>"$LOCK"
  if ! flock -n 9; then
    say "waiting for another run to finish"
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

# Identity of a process beyond its number, which is used again after a while.
process_identity() {
  local stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  # The command's name may hold blanks: count the fields after it.
  stat=${stat##*) }
  local -a field
  read -ra field <<<"$stat"
  [[ ${field[0]} != Z ]] || return 1
  echo "${field[19]} $(</proc/sys/kernel/random/boot_id)"
}

running() {
  local name=$1 pid
  [[ -s $RUN/$name.pid && -s $RUN/$name.id ]] || return 1
  pid=$(<"$RUN/$name.pid")
  [[ $(process_identity "$pid") == "$(<"$RUN/$name.id")" ]]
}

# ensure NAME "FILES" COMMAND...: COMMAND runs as NAME. It is started when it is
# not running, and again when its command line or one of FILES has changed.
ensure() {
  local name=$1 files=$2
  shift 2
  local spec word
  # shellcheck disable=SC2086 # FILES is a list
  spec=$({
    for word in "$@"; do
      # A program is a link to the build that is in use.
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
  # A clean environment: nothing of the caller's belongs in a long-lived server,
  # least of all an open file that somebody waits to be locked no more.
  (
    join_cgroup "$DAEMONS"
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

# Closes what this process has open beside standard input and output.
close_files() {
  local file
  for file in "/proc/$BASHPID/fd/"*; do
    file=${file##*/}
    ((file < 3)) || exec {file}>&-
  done
}

# stop NAME [SECONDS]: ends a process of ours: asked to end first, killed after that many
# seconds; with 0 killed at once.
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

# The folders of the cgroup hierarchies: one with cgroup v2, many with v1, of
# which one may be of v2 again.
cgroup_mounts() {
  awk '$3 == "cgroup" || $3 == "cgroup2" { print $2 }' /proc/self/mounts
}

# The one hierarchy in which the cluster's processes are counted.
tracking_cgroup() {
  if [[ -d /sys/fs/cgroup/pids ]]; then
    echo "/sys/fs/cgroup/pids/$CGROUP"
  else
    echo "/sys/fs/cgroup/$CGROUP"
  fi
}

# Every process of the cluster starts in a cgroup of ours, and its children
# with it: `down` finds shims there that no pid file names.
join_cgroup() {
  echo "$BASHPID" >"$(tracking_cgroup)/$1/cgroup.procs"
}

# Ends whatever runs in these cgroups and below, at once.
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
  say "some processes did not end: ${pids//$'\n'/ }"
}

# make_cgroup PATH: in every hierarchy. A cpuset of v1 starts empty, and takes
# no process until it is filled.
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

# Kills whatever is left in our cgroups, then removes them.
remove_cgroups() {
  local mount
  kill_cgroups .
  while read -r mount; do
    [[ -d $mount/$CGROUP ]] || continue
    find "$mount/$CGROUP" -depth -type d -exec rmdir {} + 2>/dev/null || true
  done < <(cgroup_mounts)
}

# Takes away every mount under a folder, the innermost first.
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
