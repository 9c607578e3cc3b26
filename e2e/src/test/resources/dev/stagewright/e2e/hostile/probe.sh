# Tries to leave the sandbox of a stage. Prints "probe NAME allowed" or "probe NAME refused".
# A probe changes nothing, or restores what it changes.

try() {
  name=$1
  shift
  if "$@" >/dev/null 2>&1 </dev/null; then echo "probe $name allowed"; else echo "probe $name refused"; fi
}

shell() {
  try "$1" sh -c "$2"
}

# A system call by its number on x86-64. Any error but those of missing rights counts as allowed.
call() {
  name=$1
  shift
  try "$name" perl -e '
    my ($number, @arguments) = map { /^-?\d+$/ ? int($_) : $_ } @ARGV;
    my $result = syscall($number, @arguments);
    exit($result < 0 && ($!{EPERM} || $!{EACCES} || $!{ENOSYS}) ? 1 : 0)' "$@"
}

# The API server
try token test -e /var/run/secrets/kubernetes.io
shell variables-of-the-api 'env | grep KUBERNETES_'

# The node
try mount mount -t tmpfs none /mnt
try bind-mount mount --bind /etc /mnt
try remount mount -o remount,rw /proc/sys
try unmount umount /etc/hosts
try mount-namespace unshare -m true
try user-namespace unshare -U true
try network-namespace unshare -n true
try namespace-of-process-1 nsenter -t 1 -m -- ls /var/lib/kubelet
try files-of-the-node test -e /var/lib/kubelet/pods
shell processes-of-the-node 'cat /proc/[0-9]*/comm | grep -x -e kubelet -e containerd -e systemd'
shell memory-of-the-node 'mknod /tmp/mem c 1 1 && head -c 1 /tmp/mem'
shell log-of-the-kernel 'mknod /tmp/kmsg c 1 11 && head -c 1 /tmp/kmsg'
shell disk-of-the-node 'mknod /tmp/disk b 8 0 && head -c 1 /tmp/disk'
shell devices-of-the-node 'ls /dev | grep -e ^sd -e ^vd -e ^nvme -e ^dm- -e ^loop -e ^mem$ -e ^kmsg$ -e ^kvm$ -e ^fuse$'
shell kernel-settings 'f=/proc/sys/kernel/core_pattern; v=$(cat $f) && echo "$v" > $f'
shell network-settings 'f=/proc/sys/vm/overcommit_memory; v=$(cat $f) && echo "$v" > $f'
shell sysrq ': >> /proc/sysrq-trigger'
shell sys ': >> /sys/kernel/mm/transparent_hugepage/enabled'
# Versions 2 and 1 of cgroups; the root of version 1 is a directory of the container.
shell new-cgroup 'cd /sys/fs/cgroup; [ -e cgroup.procs ] || cd memory; mkdir probe && rmdir probe'
shell limits-of-the-cgroup 'cd /sys/fs/cgroup; if [ -e cgroup.procs ]; then : >> memory.max; else : >> memory/memory.limit_in_bytes; fi'
shell kernel-memory 'test -n "$(head -c 1 /proc/kcore)"'
shell kernel-keys 'test -n "$(cat /proc/keys)"'
call key-ring 250 0 -3 0
call add-key 248 user probe x 1 -3
call kernel-module 175 0 0 0
call reboot 169 0 0 0 0
call clock 227 0 0
call swap 167 /etc/hostname 0
call bpf 321 0 0 0
call perf 298 0 0 -1 -1 0
call userfaultfd 323 0
call syslog 103 10 0 0
call open-by-handle 304 -100 0 0
call quota 179 0 0 0 0
call accounting 163 /etc/hostname
call host-name 170 probe 5

# The runtime, and with it the files that stages and publish exchange
try mounts-of-the-runtime ls /dev/stagewright/inner/private /proc/1/root/dev/stagewright/inner/private
# The names of variables remain in process 1, without their values.
shell environment-of-the-runtime "tr '\\0' '\\n' < /proc/1/environ | grep -i -e 'kubernetes_[a-z_0-9]*=.' -e 'password.*=.' -e 'token.*=.'"
private=
for fd in /proc/1/fd/*; do
  if [ -d "$fd/own" ]; then private=$fd; fi
done
try files-of-the-runtime test -n "$private"
private=${private:-/dev/stagewright/inner/private}
shell other-stages "ls $private/stages/* $private/workspace $private/own/../../stages"
shell push-credentials "ls $private/ | grep -e registry -e secrets -e source -e git"
try write-context touch "$private/context/probe"
try write-plan touch "$private/plan/plan.json"
try write-runtime touch /dev/stagewright/runtime/probe

echo "limit of processes: $(cat /sys/fs/cgroup/pids.max /sys/fs/cgroup/pids/pids.max 2>/dev/null)"
