# shellcheck shell=bash
# Compiles the programs of the cluster from Go modules, one directory of tools/ at a
# time, to a directory of the cache whose name is a hash of the module.

KUBERNETES_VERSION=v1.36.3

# What a running cluster needs. Most programs are in one module, so that the packages that they share are
# compiled once, in the versions that Kubernetes uses. runc is not: it needs cgo.
MODULES=(cluster runc)
# What only the tests need. It requires other versions of the same packages.
TEST_MODULES=(helm gitops promtool)
# The names by which the program hyperkube is called.
HYPERKUBE=(kube-apiserver kube-controller-manager kube-scheduler kube-proxy kubelet cluster-addons)

# build_tools MODULE...
build_tools() {
  local name target
  require_build_packages "$@"
  for name in "$@"; do
    build_module "$name"
  done
  mkdir -p "$BIN"
  for name in "$@"; do
    for target in "$(tools_folder "$name")"/*; do
      link "$target" "$BIN/${target##*/}"
    done
  done
}

# require_build_packages MODULE...: installs what compiling the modules requires.
require_build_packages() {
  # runc enters namespaces in C before Go starts its threads.
  if [[ " $* " == *" runc "* && ! -d $(tools_folder runc) ]]; then
    require_packages gcc=gcc pkg-config=pkg-config \
      /usr/include/seccomp.h=libseccomp-dev /usr/include/stdlib.h=libc6-dev
  fi
}

# Prints the arguments of `go build` of a module.
build_arguments() {
  local version=k8s.io/component-base/version
  local minor=${KUBERNETES_VERSION#v1.}
  # Without debug information, which is a fifth of the compiler's work.
  local arguments=(-trimpath -buildvcs=false -gcflags=all=-dwarf=false)
  case $1 in
    cluster)
      # containerd without snapshotters that the cluster does not use.
      arguments+=(-tags "no_btrfs no_devmapper no_tracing no_zfs" -ldflags
        "-s -w -X $version.gitVersion=$KUBERNETES_VERSION -X $version.gitMajor=1 -X $version.gitMinor=${minor%%.*}"
        ./hyperkube ./registry tool)
      ;;
    buildkit)
      arguments+=(-ldflags "-s -w -X github.com/moby/buildkit/version.Version=v0.26.3" tool)
      ;;
    gitops) arguments+=(-ldflags "-s -w" ./gitops-view) ;;
    # promtool without the service discoveries of clouds, which rules do not use.
    promtool) arguments+=(-tags remove_all_sd -ldflags "-s -w" tool) ;;
    runc) arguments+=(-tags "seccomp runc_nocriu" -ldflags "-s -w -X main.version=1.5.2" tool) ;;
    *) arguments+=(-ldflags "-s -w" tool) ;;
  esac
  printf '%s\n' "${arguments[@]}"
}

link() {
  [[ $(readlink "$2" 2>/dev/null) == "$1" ]] || ln -sfn "$1" "$2"
}

# The name of the directory is a hash of all inputs.
tools_folder() {
  local source=$E2E_LOCAL/tools/$1 hash
  hash=$({
    find "$source" -type f ! -name "*_test.go" -print0 | sort -z | xargs -0 cat
    build_arguments "$1"
  } | sha256sum)
  echo "$CACHE/tools/$1-${hash:0:16}"
}

build_module() {
  local name=$1 folder cgo=0 arguments
  folder=$(tools_folder "$name")
  if [[ -d $folder ]]; then
    touch "$folder"
    return
  fi
  require_go
  [[ $name != runc ]] || cgo=1
  say "compiling $name with $(go env GOVERSION) (once; stored in $CACHE/tools)"
  local log=$CACHE/tools/$name.log
  mkdir -p "$CACHE/tools"
  rm -rf "$folder.partial"
  mkdir "$folder.partial"
  mapfile -t arguments < <(build_arguments "$name")
  : >"$log"
  show_compiled "$name" "$log" 9>&- &
  local monitor=$!
  if ! (
    cd "$E2E_LOCAL/tools/$name"
    exec 9>&-
    # The compiler collects its garbage less often, which saves a tenth of its time and costs little memory.
    GOWORK=off CGO_ENABLED=$cgo GOGC=400 go build -v -o "$folder.partial/" "${arguments[@]}"
  ) >"$log" 2>&1; then
    kill "$monitor" 2>/dev/null || true
    { grep ' ' "$log" || true; } | tail -n 20 >&2
    die "compiling $name failed; see $log"
  fi
  kill "$monitor" 2>/dev/null || true
  finish_module "$name" "$folder.partial"
  mv "$folder.partial" "$folder"
  # Deletes programs that no clone has used for two weeks.
  find "$CACHE/tools" -mindepth 1 -maxdepth 1 -name "$name-*" -mtime +14 -exec rm -rf {} +
  say "compiled $name"
}

# The packages of each module: `go build -v` prints one a line when it compiles it.
declare -A PACKAGES=([cluster]=3500 [runc]=80 [helm]=1700 [gitops]=220 [promtool]=900)

# show_compiled NAME LOG: prints twice a minute how many packages are compiled, until this script ends.
show_compiled() {
  local count
  while sleep 30 && kill -0 $$ 2>/dev/null; do
    count=$(compiled_packages "$2")
    say "compiling $1: $count${PACKAGES[$1]:+ of ${PACKAGES[$1]}} packages"
  done
}

# Downloads have another format than packages.
compiled_packages() { grep -cv ' ' "$1" || true; }

# finish_module NAME FOLDER: gives the programs their names.
finish_module() {
  local program
  case $1 in
    cluster)
      # The name of its package.
      mv "$2/server" "$2/etcd"
      for program in "${HYPERKUBE[@]}"; do
        ln -s hyperkube "$2/$program"
      done
      ;;
  esac
}

# Go 1.26, or an older version (1.21 or later) that downloads it automatically.
require_go() {
  local dir version
  for dir in /usr/local/go/bin /usr/lib/go/bin; do
    if ! have go && [[ -x $dir/go ]]; then
      PATH=$PATH:$dir
    fi
  done
  have go || cannot "there is no Go; install Go 1.26 from https://go.dev/dl"
  version=$(GOTOOLCHAIN=local go env GOVERSION)
  version=${version#go1.}
  version=${version%%[!0-9]*}
  ((version >= 21)) || cannot "$(go version) is too old; install Go 1.26 from https://go.dev/dl"
  if ((version < 26)); then
    export GOTOOLCHAIN=auto
  fi
}
