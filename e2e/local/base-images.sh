# shellcheck shell=bash
# The recipes of the base images. make_NAME writes the layer of an image to a tar
# file; describe_NAME sets its base image, its tags, and its configuration as
# arguments of `crane mutate`.

SUITE=bookworm
SUITE_NUMBER=12
DEFAULT_PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
LAYERS=$CACHE/images
WORK=

ensure_image() {
  local name=$1 base="" tags=() config=() recipe note digest reference
  "describe_$name"
  recipe=$(image_recipe "$name")
  reference=$REGISTRY/library/$(image_reference "$name")
  digest=$(crane digest "$reference" 2>/dev/null || true)
  note=$(cat "$NOTES/$name" 2>/dev/null || true)
  if [[ -n $digest && $note == "$recipe $digest" ]]; then
    say "$name: up to date"
    return
  fi
  if [[ -n $digest && $note == "upstream $digest" ]]; then
    say "$name: was copied from docker.io, not built"
    return
  fi
  [[ -z $base ]] || ensure_image "$base"
  local layer=$LAYERS/$name-$recipe.tar.gz
  if [[ ! -f $layer ]]; then
    say "$name: building"
    make_layer "$name" "$layer"
  fi
  say "$name: pushing"
  push_image "$reference" "${base:+$REGISTRY/library/$base:latest}" "$layer" "${config[@]}"
  local tag
  for tag in "${tags[@]}"; do
    crane tag "$reference" "$tag" >/dev/null 2>&1
  done
  mkdir -p "$NOTES"
  echo "$recipe $(crane digest "$reference")" >"$NOTES/$name"
  say "$name: done ($(du -h "$layer" | cut -f1) own layer, tags ${reference##*:} ${tags[*]})"
}

# Prints the repository and the main tag of an image.
image_reference() {
  case $1 in
    golang-alpine) echo golang:alpine ;;
    *) echo "$1:latest" ;;
  esac
}

# Prints a short hash of all inputs of an image.
image_recipe() {
  local name=$1 base="" tags=() config=() hash
  "describe_$name"
  hash=$({
    declare -f "make_$name" common_folders busybox_links debian_tree tidy_debian debian_step
    [[ $name != golang-alpine ]] || declare -f make_golang
    printf '%s\n' "$SUITE" "${tags[@]}" "${config[@]}"
    [[ -z $base ]] || image_recipe "$base"
  } | sha256sum)
  echo "${hash:0:16}"
}

# Copies the images with the same names from docker.io.
mirror_images() {
  local name base tags config tag reference
  crane digest docker.io/library/busybox:latest >/dev/null 2>&1 ||
    die "docker.io cannot be reached; to build the images, omit --upstream"
  mkdir -p "$NOTES"
  for name in "$@"; do
    base="" tags=() config=()
    case $name in
      debian) tags=("$SUITE" "$SUITE_NUMBER" "$SUITE-slim") ;;
    esac
    reference=$(image_reference "$name")
    for tag in "${reference#*:}" "${tags[@]}"; do
      say "${reference%:*}:$tag: copying from docker.io"
      "$BIN/crane" copy --platform "linux/$(machine_arch)" \
        "docker.io/library/${reference%:*}:$tag" "$REGISTRY/library/${reference%:*}:$tag" >/dev/null 2>&1 ||
        die "cannot copy docker.io/library/${reference%:*}:$tag"
    done
    echo "upstream $(crane digest "$REGISTRY/library/$reference")" >"$NOTES/$name"
  done
}

# make_layer NAME FILE: runs a recipe in a work directory, which is always deleted
# afterwards.
make_layer() {
  local name=$1 layer=$2
  mkdir -p "$LAYERS"
  WORK=$(mktemp -d "$LAYERS/work.XXXXXX")
  trap remove_work EXIT
  # In the background, because a command whose result is tested does not stop at the
  # first error.
  "make_$name" "$WORK" >"$LAYERS/$name.log" 2>&1 9>&- &
  wait $! || {
    tail -n 20 "$LAYERS/$name.log" >&2
    die "building $name failed; see $LAYERS/$name.log"
  }
  tar -C "$WORK/layer" --sort=name --numeric-owner -cf - . | gzip -n >"$layer.partial"
  mv "$layer.partial" "$layer"
  # Deletes the layers of previous recipes.
  find "$LAYERS" -name "$name-????????????????.tar.gz" ! -name "${layer##*/}" -delete
  remove_work
  trap - EXIT
}

remove_work() {
  unmount_under "$WORK"
  rm -rf --one-file-system "$WORK"
}

# Creates the mount points of container runtimes and files that programs expect in every image.
common_folders() {
  mkdir -p "$1"/{bin,sbin,dev,proc,sys,etc,root,run,home,usr/{bin,sbin,lib,local/bin},var/{log,lib,cache,tmp},tmp,opt,mnt,lib}
  chmod 0700 "$1/root"
  chmod 1777 "$1/tmp" "$1/var/tmp"
}

# busybox_links ROOT KIND: installs busybox with a link for every applet: "hard" links
# in /bin as in the image busybox, "soft" links at the same paths as in Alpine.
busybox_links() {
  local root=$1 kind=$2 path name
  cp --remove-destination "$(command -v busybox)" "$root/bin/busybox"
  chown 0:0 "$root/bin/busybox"
  while read -r path; do
    name=${path##*/}
    # Package managers of other distributions, and the program itself.
    case $name in busybox | linuxrc | dpkg | dpkg-deb | rpm | rpm2cpio) continue ;; esac
    if [[ $kind == hard ]]; then
      ln "$root/bin/busybox" "$root/bin/$name"
    else
      ln -s /bin/busybox "$root/$path"
    fi
  done < <(busybox --list-full)
}

busybox_version() {
  local line
  line=$(busybox 2>/dev/null | head -n 1)
  line=${line#BusyBox v}
  echo "${line%% *}"
}

require_busybox() {
  require_packages /usr/share/doc/busybox-static=busybox-static
}

describe_busybox() {
  require_busybox
  local version
  version=$(busybox_version)
  tags=("$version" "${version%.*}" stable)
  config=(--env "PATH=$DEFAULT_PATH" --cmd sh)
}

make_busybox() {
  local root=$1/layer
  common_folders "$root"
  busybox_links "$root" hard
  ln -s ../../bin/env "$root/usr/bin/env"
  cat >"$root/etc/passwd" <<'EOF'
root:x:0:0:root:/root:/bin/sh
daemon:x:1:1:daemon:/usr/sbin:/bin/false
bin:x:2:2:bin:/bin:/bin/false
sys:x:3:3:sys:/dev:/bin/false
sync:x:4:100:sync:/bin:/bin/sync
mail:x:8:8:mail:/var/spool/mail:/bin/false
www-data:x:33:33:www-data:/var/www:/bin/false
operator:x:37:37:Operator:/var:/bin/false
nobody:x:65534:65534:nobody:/home:/bin/false
EOF
  cat >"$root/etc/group" <<'EOF'
root:x:0:
daemon:x:1:
bin:x:2:
sys:x:3:
adm:x:4:
tty:x:5:
disk:x:6:
mail:x:8:
kmem:x:9:
www-data:x:33:
utmp:x:43:
staff:x:50:
users:x:100:
nobody:x:65534:
EOF
  printf 'root:::0:::::\nnobody:*:::::::\n' >"$root/etc/shadow"
  chmod 0640 "$root/etc/shadow"
}

ALPINE_VERSION=3.17.0

describe_alpine() {
  require_busybox
  require_packages "/usr/share/doc/musl=musl"
  tags=("$ALPINE_VERSION" "${ALPINE_VERSION%.*}" "${ALPINE_VERSION%%.*}")
  config=(--env "PATH=$DEFAULT_PATH" --cmd /bin/sh)
}

# busybox on musl and without another libc: a program that is linked with glibc fails as
# in the image of Alpine. The versions of musl and busybox are those of Debian.
make_alpine() {
  local root=$1/layer arch
  arch=$(uname -m)
  common_folders "$root"
  busybox_links "$root" soft
  cp -L "/lib/ld-musl-$arch.so.1" "$root/lib/ld-musl-$arch.so.1"
  chmod 0755 "$root/lib/ld-musl-$arch.so.1"
  ln -s "ld-musl-$arch.so.1" "$root/lib/libc.musl-$arch.so.1"
  mkdir -p "$root"/{etc/apk,media,srv,usr/share,var/empty}
  echo "$ALPINE_VERSION" >"$root/etc/alpine-release"
  cat >"$root/etc/os-release" <<EOF
NAME="Alpine Linux"
ID=alpine
VERSION_ID=$ALPINE_VERSION
PRETTY_NAME="Alpine Linux v${ALPINE_VERSION%.*} (made of busybox and musl)"
EOF
  cat >"$root/etc/passwd" <<'EOF'
root:x:0:0:root:/root:/bin/ash
bin:x:1:1:bin:/bin:/sbin/nologin
daemon:x:2:2:daemon:/sbin:/sbin/nologin
adm:x:3:4:adm:/var/adm:/sbin/nologin
lp:x:4:7:lp:/var/spool/lpd:/sbin/nologin
sync:x:5:0:sync:/sbin:/bin/sync
shutdown:x:6:0:shutdown:/sbin:/sbin/shutdown
halt:x:7:0:halt:/sbin:/sbin/halt
mail:x:8:12:mail:/var/mail:/sbin/nologin
news:x:9:13:news:/usr/lib/news:/sbin/nologin
cron:x:16:16:cron:/var/spool/cron:/sbin/nologin
ftp:x:21:21::/var/lib/ftp:/sbin/nologin
sshd:x:22:22:sshd:/dev/null:/sbin/nologin
games:x:35:35:games:/usr/games:/sbin/nologin
guest:x:405:100:guest:/dev/null:/sbin/nologin
nobody:x:65534:65534:nobody:/:/sbin/nologin
EOF
  cat >"$root/etc/group" <<'EOF'
root:x:0:root
bin:x:1:root,bin,daemon
daemon:x:2:root,bin,daemon
sys:x:3:root,bin,adm
adm:x:4:root,adm,daemon
tty:x:5:
disk:x:6:root,adm
lp:x:7:lp
kmem:x:9:
wheel:x:10:root
mail:x:12:mail
news:x:13:news
cron:x:16:cron
audio:x:18:
ftp:x:21:
sshd:x:22:
video:x:27:root
games:x:35:
shadow:x:42:
www-data:x:82:
users:x:100:games
nogroup:x:65533:
nobody:x:65534:
EOF
  sed 's/:.*/:!::0:::::/; s/^root:!/root:*/' "$root/etc/passwd" >"$root/etc/shadow"
  chmod 0640 "$root/etc/shadow"
  printf '/bin/sh\n/bin/ash\n' >"$root/etc/shells"
  printf 'Welcome to Alpine!\n' >"$root/etc/motd"
  printf '127.0.0.1\tlocalhost\n' >"$root/etc/hosts"
}

describe_debian() {
  tags=("$SUITE" "$SUITE_NUMBER" "$SUITE-slim")
  config=(--env "PATH=$DEFAULT_PATH" --cmd bash)
}

make_debian() {
  debian_tree "$1/layer"
}

# Prints the mirror that apt on this machine uses for the same release, if there is one.
debian_mirror() {
  # shellcheck disable=SC2016 # a variable of apt
  apt-get indextargets --format '$(SITE)' "Codename: $SUITE" 'Created-By: Packages' 'Origin: Debian' 2>/dev/null |
    head -n 1
}

debian_tree() {
  require_packages debootstrap=debootstrap \
    /usr/share/keyrings/debian-archive-keyring.gpg=debian-archive-keyring
  local mirror
  mirror=$(debian_mirror)
  # shellcheck disable=SC2086 # no argument without a mirror
  debootstrap --variant=minbase --keyring=/usr/share/keyrings/debian-archive-keyring.gpg \
    "$SUITE" "$1" $mirror
  local root=${1:?}
  find "$root/dev" "$root/proc" "$root/sys" "$root/run" -mindepth 1 -delete
  tidy_debian "$root"
}

# Deletes files that differ from run to run.
tidy_debian() {
  find "$1/var/lib/apt/lists" "$1/var/cache/apt" "$1/var/log" "$1/tmp" -type f -delete
  rm -f "$1/etc/resolv.conf"
}

# debian_step WORK COMMAND: runs a command in the root of Debian and writes its changes
# to WORK/layer, in the format of an image layer.
debian_step() {
  local work=$1 command=$2 file
  mkdir -p "$work"/{lower,layer,overlay,root}
  tar -C "$work/lower" -xzf "$LAYERS/debian-$(image_recipe debian).tar.gz"
  mount -t overlay overlay "$work/root" \
    -o "lowerdir=$work/lower,upperdir=$work/layer,workdir=$work/overlay"
  mount -t proc proc "$work/root/proc"
  mount --bind /dev "$work/root/dev"
  cp -L /etc/resolv.conf "$work/root/etc/resolv.conf"
  chroot "$work/root" /usr/bin/env -i PATH="$DEFAULT_PATH" HOME=/root DEBIAN_FRONTEND=noninteractive \
    sh -ec "$command"
  tidy_debian "$work/root"
  unmount_under "$work"
  # Converts whiteouts of the overlay (devices) to whiteouts of a layer (names).
  while IFS= read -r -d '' file; do
    rm -f "$file"
    : >"$(dirname "$file")/.wh.${file##*/}"
  done < <(find "$work/layer" -type c -print0)
}

describe_gcc() {
  base=debian
  tags=(12 12.2 12.2.0 "12-$SUITE")
  config=(--env "PATH=$DEFAULT_PATH" --cmd bash)
}

make_gcc() {
  # shellcheck disable=SC2016 # for the shell in the root
  debian_step "$1" '
    apt-get update
    apt-get install -y --no-install-recommends gcc g++ make libc6-dev musl-tools pkg-config
    test "$(gcc -dumpfullversion)" = 12.2.0
  '
}

# The Go toolchain that compiles the programs of the cluster.
go_root() {
  (cd "$E2E_LOCAL/tools/cluster" && go env GOROOT)
}

go_version() {
  local version
  version=$(cd "$E2E_LOCAL/tools/cluster" && go env GOVERSION)
  echo "${version#go}"
}

describe_golang() {
  require_go
  local version
  version=$(go_version)
  base=gcc
  tags=("$version" "${version%.*}" "$SUITE" "$version-$SUITE")
  config=(--env "GOLANG_VERSION=$version" --env GOTOOLCHAIN=local --env GOPATH=/go
    --env "PATH=/go/bin:/usr/local/go/bin:$DEFAULT_PATH" --workdir /go)
}

make_golang() {
  local root=$1/layer
  mkdir -p "$root"/usr/local "$root"/go/{src,bin}
  chmod 1777 "$root/go" "$root/go/src" "$root/go/bin"
  mkdir "$root/usr/local/go"
  tar -C "$(go_root)" -h --exclude=testdata --exclude=./test --exclude=./api --exclude=./doc \
    --exclude=./misc --exclude=./pkg/mod --exclude=./pkg/obj -cf - . |
    tar -C "$root/usr/local/go" --no-same-owner -xf -
}

# Go without a C compiler, as in the image of the same name: without Debian, it is built much faster.
describe_golang-alpine() {
  local version
  describe_golang
  version=$(go_version)
  base=alpine
  tags=("$version-alpine")
}

make_golang-alpine() {
  make_golang "$1"
}

# Redis from Debian.
describe_redis() {
  base=debian
  tags=(7 7.0 "7-$SUITE")
  config=(--env "PATH=$DEFAULT_PATH" --workdir /data --exposed-ports 6379/tcp
    --cmd 'redis-server,--protected-mode,no')
}

make_redis() {
  # Prevents packages from starting their daemons.
  debian_step "$1" '
    printf "#!/bin/sh\nexit 101\n" >/usr/sbin/policy-rc.d
    chmod +x /usr/sbin/policy-rc.d
    apt-get update
    apt-get install -y --no-install-recommends redis-server
    rm /usr/sbin/policy-rc.d
    mkdir -p /data
  '
}

# The registry program of the cluster, as an image.
registry_version() {
  sed -n 's,^.*github.com/distribution/distribution/v3 v\([0-9.]*\).*,\1,p' "$E2E_LOCAL/tools/cluster/go.mod"
}

describe_registry() {
  local version
  version=$(registry_version)
  tags=("$version" "${version%.*}" "${version%%.*}")
  config=(--entrypoint /bin/registry --cmd 'serve,/etc/distribution/config.yml' --exposed-ports 5000/tcp)
}

make_registry() {
  local root=$1/layer
  common_folders "$root"
  mkdir -p "$root/etc/distribution" "$root/var/lib/registry"
  cp "$(tools_folder cluster)/registry" "$root/bin/registry"
  cat >"$root/etc/distribution/config.yml" <<'EOF'
version: 0.1
storage:
  filesystem: {rootdirectory: /var/lib/registry}
  delete: {enabled: true}
http: {addr: ":5000"}
EOF
}
