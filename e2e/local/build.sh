# shellcheck shell=bash
# Compiles the programs of the cluster from Go modules, one directory of tools/ at a
# time, to a directory of the cache whose name is a hash of the module.

KUBERNETES_VERSION=v1.36.3

MODULES=(kubernetes node dns storage helm runc)

build_tools() {
  local name target
  for name in "${MODULES[@]}"; do
    build_module "$name"
  done
  mkdir -p "$BIN"
  for name in "${MODULES[@]}"; do
    for target in "$(tools_folder "$name")"/*; do
      link "$target" "$BIN/${target##*/}"
    done
  done
}

# Prints the arguments of `go build` of a module.
build_arguments() {
  local version=k8s.io/component-base/version
  local minor=${KUBERNETES_VERSION#v1.}
  local arguments=(-trimpath)
  case $1 in
    kubernetes)
      arguments+=(-ldflags "-s -w -X $version.gitVersion=$KUBERNETES_VERSION -X $version.gitMajor=1 -X $version.gitMinor=${minor%%.*}" tool)
      ;;
    runc) arguments+=(-tags seccomp -ldflags "-s -w -X main.version=1.5.2" tool) ;;
    dns | storage) arguments+=(-ldflags "-s -w" .) ;;
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
    cat "$source"/go.mod "$source"/go.sum
    [[ ! -f $source/main.go ]] || cat "$source/main.go"
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
  # runc requires cgo: it enters namespaces in C before Go starts its threads.
  if [[ $name == runc ]]; then
    cgo=1
    require_packages gcc=gcc pkg-config=pkg-config \
      /usr/include/seccomp.h=libseccomp-dev /usr/include/stdlib.h=libc6-dev
  fi
  say "compiling $name with $(go env GOVERSION) (once; stored in $CACHE/tools)"
  local log=$CACHE/tools/$name.log
  mkdir -p "$CACHE/tools"
  rm -rf "$folder.partial"
  mkdir "$folder.partial"
  mapfile -t arguments < <(build_arguments "$name")
  if ! (
    cd "$E2E_LOCAL/tools/$name"
    exec 9>&-
    GOWORK=off CGO_ENABLED=$cgo go build -o "$folder.partial/" "${arguments[@]}"
  ) >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    die "compiling $name failed; see $log"
  fi
  # Renames programs that have the name of their package.
  [[ ! -f $folder.partial/server ]] || mv "$folder.partial/server" "$folder.partial/etcd"
  [[ ! -f $folder.partial/dns ]] || mv "$folder.partial/dns" "$folder.partial/coredns"
  [[ ! -f $folder.partial/storage ]] || mv "$folder.partial/storage" "$folder.partial/storage-provisioner"
  mv "$folder.partial" "$folder"
  # Deletes programs that no clone has used for two weeks.
  find "$CACHE/tools" -mindepth 1 -maxdepth 1 -name "$name-*" -mtime +14 -exec rm -rf {} +
  say "compiled $name"
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
