# shellcheck shell=bash
# Steps of a long script: how long they will take on this machine, which of them runs, the time that has
# passed, and the time that is left. Prints plain lines, so that a log is as readable as a terminal.

# The time in ms in which the machine on which the work of the steps was measured runs probe_core.
PROBE_REFERENCE=330
# The share of the work that more cores do not make faster, in percent.
SERIAL=10

STEP_TITLES=() STEP_SECONDS=()
STEP=0
# What a second of processor time on the reference machine takes on this one, in ms.
PACE=1000

probe_core() {
  local i
  for ((i = 0; i < 250000; i++)); do :; done
}

# Measures the pace of this machine with what else runs on it.
measure_pace() {
  local cores core start=$EPOCHREALTIME ms
  cores=$(nproc)
  for ((core = 0; core < cores; core++)); do
    probe_core &
  done
  wait
  ms=$(((${EPOCHREALTIME/./} - ${start/./}) / 1000))
  PACE=$((1000 * ms / PROBE_REFERENCE * (SERIAL * (cores - 1) + 100) / (100 * cores)))
}

# add_step TITLE WORK WAIT: adds a step that takes WORK seconds of processor time on the reference
# machine, and WAIT seconds on any.
add_step() {
  STEP_TITLES+=("$1")
  STEP_SECONDS+=($(($2 * PACE / 1000 + $3)))
}

# Prints the seconds of all steps from this index.
seconds_from() {
  local step sum=0
  for ((step = $1; step < ${#STEP_SECONDS[@]}; step++)); do
    ((sum += STEP_SECONDS[step])) || true
  done
  echo "$sum"
}

# Prints a time roughly, since it is an estimate.
about() {
  if (($1 < 50)); then
    echo "about $((($1 + 9) / 10 * 10)) s"
  else
    echo "about $((($1 + 45) / 60)) min"
  fi
}

clock() { printf '%d:%02d' $(($1 / 60)) $(($1 % 60)); }

# Corrects the estimates of the later steps by the time that a long step has taken.
correct_estimates() {
  local planned=${STEP_SECONDS[STEP - 1]} taken=$((SECONDS - STEP_START)) step
  ((planned >= 30)) || return 0
  for ((step = STEP; step < ${#STEP_SECONDS[@]}; step++)); do
    STEP_SECONDS[step]=$((STEP_SECONDS[step] * (taken + 1) / planned + 1))
  done
}

# Prints the heading of the next step.
next_step() {
  ((STEP == 0)) || correct_estimates
  STEP_START=$SECONDS
  ((++STEP))
  printf '\n%s[%d/%d] %s%s (%s, %s left)\n' "$BOLD" "$STEP" "${#STEP_TITLES[@]}" "${STEP_TITLES[STEP - 1]}" "$PLAIN" \
    "$(clock "$SECONDS")" "$(about "$(seconds_from $((STEP - 1)))")"
}

# step_progress PERCENT TEXT: prints how far the step is. The further it is, the more its own pace counts,
# and the less the estimate.
step_progress() {
  local taken=$((SECONDS - STEP_START)) left=$((STEP_SECONDS[STEP - 1] * (100 - $1) / 100))
  if (($1 > 0)); then
    left=$((((100 - $1) * left + $1 * (taken * (100 - $1) / $1)) / 100))
  fi
  printf '%s  %s (%s left)\n' "$(clock "$SECONDS")" "$2" "$(about $((left + $(seconds_from "$STEP"))))"
}

BOLD="" PLAIN=""
if [[ -t 1 ]]; then
  BOLD=$'\033[1m' PLAIN=$'\033[0m'
fi
