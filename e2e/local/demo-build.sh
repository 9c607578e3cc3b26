# shellcheck shell=bash
# What e2e/demo builds before it can start: the programs of the cluster and the image of the operator.

# Processor seconds of the parts that take longest, on the machine that PROBE_REFERENCE is of.
declare -A COMPILE_WORK=([cluster]=670 [runc]=20)
MAVEN_WORK=70
IMAGES_WORK=30
BUILD_WORK=60
# The size of Go modules, Maven artifacts, and Debian packages.
DOWNLOADS="400 MB"

# The images of the sample's Dockerfile and of its web server.
DEMO_IMAGES=(busybox golang-alpine)

# Go modules to compile and what they take, whether to build the operator's image, and its tag.
compile=() compile_work=0 maven=0 tag=
# The processes that build them, if they run.
go_pid="" maven_pid=""

# on_machine COMMAND...: runs a function with the scripts of the local cluster.
on_machine() (
  for file in lib build registry; do
    # shellcheck source=/dev/null
    source "$root/e2e/local/$file.sh"
  done
  "$@"
)

missing_programs() {
  local module
  for module in "${MODULES[@]}"; do
    [[ -d $(tools_folder "$module") ]] || echo "$module"
  done
}

missing_images() {
  local name
  for name in "${DEMO_IMAGES[@]}"; do
    [[ -f $NOTES/$name ]] || echo "$name"
  done
}

# Whether the registry of the cluster, which may be down, has this tag of the operator's image.
is_published() {
  [[ -d $REGISTRY_STORAGE/docker/registry/v2/repositories/stagewright/stagewright/_manifests/tags/$1 ]]
}

compiled() { echo "$(compiled_packages "$CACHE/tools/cluster.log" 2>/dev/null)/${PACKAGES[cluster]}"; }

# Prints a hash of the source files of the operator's image.
source_hash() {
  (cd "$root" && find pom.xml crds operator -name target -prune -o -type f -print0 |
    sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16)
}

# Decides what there is to do, adds the steps, and says how long they will take.
plan() {
  local title="" seconds=0 module
  tag=demo-$(source_hash)
  measure_pace
  if [[ $context == local ]]; then
    mapfile -t compile < <(on_machine missing_programs)
    ((!${#compile[@]})) || on_machine require_go
    on_machine is_published "$tag" || maven=1
  else
    maven=1
  fi
  [[ -z $operator_image ]] || maven=0
  for module in "${compile[@]}"; do
    title="programs of the cluster"
    compile_work=$((compile_work + COMPILE_WORK[$module]))
  done
  seconds=$compile_work
  if ((maven)); then
    title+="${title:+ and the }image of Stagewright" seconds=$((seconds + MAVEN_WORK))
  fi
  [[ $context == current ]] || add_step "Installing missing Debian packages" 0 2
  [[ -z $title ]] || add_step "Building the $title" "$seconds" 0
  if [[ $context == local ]]; then
    add_step "Starting a Kubernetes cluster on this machine" 10 10
    seconds=2
    [[ -z $(on_machine missing_images) ]] || seconds=$IMAGES_WORK
    add_step "Building base images" "$seconds" 1
  fi
  add_step "Installing the operator (kubectl apply -k deploy)" 5 5
  add_step "Serving a git repository with a two-stage Dockerfile" 2 3
  add_step "Building an image (kubectl apply -f imagebuild.yaml)" "$BUILD_WORK" 10
  add_step "Running the image" 2 2
  announce
}

announce() {
  echo "This takes $(about "$(seconds_from 0)") on this machine."
  if ((${#compile[@]})); then
    echo "Most of it is for programs that are compiled once, from Go modules; later starts take about a"
    echo "minute. Add the time for downloads: up to $DOWNLOADS, if no other project has needed them."
  fi
}

# Builds the programs of the cluster and the operator's image at the same time, so that one can use the
# processors while the other one downloads; one after the other if there is little memory.
build_programs() {
  ((${#compile[@]} || maven)) || return 0
  next_step
  mkdir -p "$work"
  local memory
  trap 'stop_job "$go_pid"; stop_job "$maven_pid"' EXIT
  if ((${#compile[@]})); then
    setsid "$root/e2e/cluster" compile >"$work/compile.log" 2>&1 &
    go_pid=$!
  fi
  memory=$(awk '/^MemAvailable/ { print int($2 / 1e6) }' /proc/meminfo)
  ((memory >= 5)) || watch_builds
  if ((maven)); then
    start_maven
  fi
  watch_builds
  trap - EXIT
}

start_maven() {
  # A short run of Maven is faster without the optimizing compiler of the JVM.
  MAVEN_OPTS="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 ${MAVEN_OPTS:-}" \
    setsid "$root/mvnw" -f "$root/pom.xml" -B -P image-only package -pl operator/image -am \
    >"$work/maven.log" 2>&1 &
  maven_pid=$!
}

# The jobs are leaders of process groups.
stop_job() { [[ -z $1 ]] || kill -TERM -- "-$1" 2>/dev/null || true; }

# Waits for the builds, and prints their progress twice a minute. Ends the demo as soon as one fails.
watch_builds() {
  local next=$((SECONDS + 30))
  while [[ -n $go_pid$maven_pid ]]; do
    sleep 0.5
    finish_job go_pid "$work/compile.log" "compiling the programs of the cluster"
    finish_job maven_pid "$work/maven.log" "building the image of Stagewright"
    if ((SECONDS >= next)) && [[ -n $go_pid$maven_pid ]]; then
      next=$((SECONDS + 30))
      show_builds
    fi
  done
}

# finish_job VARIABLE LOG WHAT: empties the variable if the process in it has ended, and ends the demo if
# it has failed.
finish_job() {
  local -n job=$1
  [[ -n $job ]] && ! kill -0 "$job" 2>/dev/null || return 0
  local code=0
  wait "$job" || code=$?
  job=""
  if ((code)); then
    { grep -v '^\[INFO\]' "$2" || true; } | tail -n 25 >&2
    echo "e2e/demo: $3 failed; the complete log is $2" >&2
    exit "$code"
  fi
}

show_builds() {
  local text="" all_work=0 work_done=0 part all
  if ((${#compile[@]})); then
    IFS=/ read -r part all < <(on_machine compiled)
    part=${part:-0}
    text="$part of $all Go packages"
    all_work=$compile_work work_done=$((compile_work * (part < all ? part : all) / all))
  fi
  if ((maven)); then
    IFS=/ read -r part all < <(maven_modules)
    text+="${text:+, }$part of $all Maven modules"
    all_work=$((all_work + MAVEN_WORK)) work_done=$((work_done + MAVEN_WORK * part / all))
  fi
  step_progress $((100 * work_done / all_work)) "$text"
}

# Prints how many modules Maven has built, and how many there are.
maven_modules() {
  local line part=0 all=15
  line=$(grep -o '\[[0-9]*/[0-9]*\]$' "$work/maven.log" 2>/dev/null | tail -n 1) || true
  if [[ $line =~ ([0-9]+)/([0-9]+) ]]; then
    part=$((BASH_REMATCH[1] - 1)) all=${BASH_REMATCH[2]}
  fi
  ! grep -q '^\[INFO\] BUILD SUCCESS' "$work/maven.log" 2>/dev/null || part=$all
  echo "$part/$all"
}
