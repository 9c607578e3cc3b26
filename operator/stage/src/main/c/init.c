/*
 * The first process in the PID namespace of a command: creates the namespace and its /proc, sets
 * credentials and privileges, runs the command, and reaps orphans. When it exits, with the exit
 * code of the command, the kernel terminates all other processes in the namespace.
 *
 * It is a separate program because a JVM cannot do this: a thread that has unshared the PID
 * namespace cannot start threads any more, and /proc shows the namespace of the process that
 * mounts it. It is written in C and statically linked because it runs in the root of any image, and
 * it is small enough to review. InitStarter sends it a request in the format of InitRequest on
 * standard input. If an error occurs before the command runs, standard error receives one line; it
 * is closed when the command runs.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define PROC_FLAGS (MS_NOSUID | MS_NODEV | MS_NOEXEC)

static int report = STDERR_FILENO;

static _Noreturn void fail(const char *call, const char *path) {
  dprintf(report, "%d %s %s\n", errno, call, path);
  _exit(1);
}

/* The request: 32-bit numbers in the byte order of the machine, and null-terminated strings. */

static char *at;

static uint32_t number(void) {
  uint32_t value;
  memcpy(&value, at, sizeof value);
  at += sizeof value;
  return value;
}

static char *string(void) {
  char *value = at;
  at += strlen(value) + 1;
  return value;
}

static char **strings(void) {
  uint32_t count = number();
  char **list = calloc(count + 1, sizeof *list);
  if (list == NULL) fail("calloc", "");
  for (uint32_t i = 0; i < count; i++) list[i] = string();
  return list;
}

static void read_request(void) {
  size_t size = 0, room = 1 << 16;
  char *data = malloc(room);
  ssize_t count = 1;
  while (data != NULL && count != 0) {
    count = read(STDIN_FILENO, data + size, room - size);
    if (count < 0 && errno != EINTR) fail("read", "");
    if (count > 0) size += (size_t)count;
    if (size == room) data = realloc(data, room *= 2);
  }
  if (data == NULL) fail("malloc", "");
  at = data;
}

/* /proc */

/* Mounted elsewhere and moved: a new /proc is only allowed while the old one is visible. */
static void mount_proc(const char *directory) {
  if (mkdir(directory, 0700) != 0 && errno != EEXIST) fail("mkdir", directory);
  if (mount("proc", directory, "proc", PROC_FLAGS, NULL) != 0) fail("mount", "/proc");
  umount2("/proc", MNT_DETACH); /* If a more privileged namespace locks it, it is covered instead. */
  if (mount(directory, "/proc", NULL, MS_MOVE, NULL) != 0) fail("mount", "/proc");
  rmdir(directory);
}

static void mask(const char *path) {
  struct stat status;
  if (lstat(path, &status) != 0) return;
  int result = S_ISDIR(status.st_mode)
                   ? mount("tmpfs", path, "tmpfs", MS_RDONLY | PROC_FLAGS, "mode=755")
                   : mount("/dev/null", path, NULL, MS_BIND, NULL);
  if (result != 0) fail("mount", path);
}

static void make_read_only(const char *path) {
  struct stat status;
  if (lstat(path, &status) != 0) return;
  if (mount(path, path, NULL, MS_BIND | MS_REC, NULL) != 0 ||
      mount(NULL, path, NULL, MS_BIND | MS_REMOUNT | MS_RDONLY | PROC_FLAGS, NULL) != 0)
    fail("mount", path);
}

/* Privileges */

static void install_filter(struct sock_fprog *filter) {
  if (filter->len != 0 && syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, filter) != 0)
    fail("seccomp", "");
}

static void limit_capabilities(uint64_t keep) {
  for (int i = 0; prctl(PR_CAPBSET_READ, i) >= 0; i++)
    if (!(keep >> i & 1) && prctl(PR_CAPBSET_READ, i) == 1 && prctl(PR_CAPBSET_DROP, i) != 0)
      fail("prctl", "");
  prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct data[2];
  if (syscall(SYS_capget, &header, data) != 0) fail("capget", "");
  for (int half = 0; half < 2; half++) {
    data[half].effective &= (uint32_t)(keep >> 32 * half);
    data[half].permitted &= (uint32_t)(keep >> 32 * half);
    data[half].inheritable = 0;
  }
  if (syscall(SYS_capset, &header, data) != 0) fail("capset", "");
}

static void become(uint32_t uid, uint32_t gid, const gid_t *groups, size_t count,
                   const char *directory) {
  if (setgroups(count, groups) != 0) fail("setgroups", "");
  if (setresgid(gid, gid, gid) != 0) fail("setresgid", "");
  if (chdir(directory) != 0) fail("chdir", directory);
  if (setresuid(uid, uid, uid) != 0) fail("setresuid", "");
  umask(0022);
  /* A change of the user makes /proc/self unreadable, even for the command: find / would fail. */
  prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
}

/* Processes */

static _Noreturn void run(const char *program, char **arguments, char **environment) {
  sigset_t none;
  sigemptyset(&none);
  for (int i = 1; i < NSIG; i++) signal(i, SIG_DFL);
  sigprocmask(SIG_SETMASK, &none, NULL);
  setsid();
  execve(program, arguments, environment);
  fail("execve", program);
}

static void close_streams(void) {
  close(STDIN_FILENO);
  close(STDOUT_FILENO);
  close(STDERR_FILENO);
  close(report);
}

/* Reaps children until this one has ended, and returns its exit code as shells do. */
static int wait_for(pid_t child) {
  for (;;) {
    int status;
    pid_t ended = waitpid(-1, &status, 0);
    if (ended == child)
      return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    if (ended < 0 && errno != EINTR) return 1;
  }
}

static pid_t fork_or_fail(void) {
  pid_t child = fork();
  if (child < 0) fail("fork", "");
  return child;
}

/* ps shows the file name only, since the path does not exist for the command. */
static void drop_folder(char *name) {
  char *last = strrchr(name, '/');
  if (last == NULL) return;
  size_t length = strlen(last + 1);
  memmove(name, last + 1, length);
  memset(name + length, 0, strlen(name + length));
}

int main(int count, char **own_arguments) {
  if (count > 0) drop_folder(own_arguments[0]);
  read_request();
  report = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  int empty = open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (report < 0 || empty < 0 || dup2(empty, STDIN_FILENO) < 0 || dup2(1, 2) < 0)
    fail("open", "/dev/null");

  /* Aligned values come first. */
  uint64_t low = number(), capabilities = (uint64_t)number() << 32 | low;
  uint32_t uid = number(), gid = number(), group_count = number();
  gid_t *groups = (gid_t *)at;
  at += group_count * sizeof(gid_t);
  struct sock_fprog filter = {.len = (unsigned short)number()};
  filter.filter = (struct sock_filter *)at;
  at += filter.len * sizeof(struct sock_filter);

  char *own_file = string();
  if (*own_file != 0) unlink(own_file);
  if (unshare(CLONE_NEWPID) != 0) fail("unshare", "");
  pid_t init = fork_or_fail();
  if (init != 0) {
    close_streams();
    return wait_for(init);
  }

  mount_proc(string());
  for (char **path = strings(); *path != NULL; path++) mask(*path);
  for (char **path = strings(); *path != NULL; path++) make_read_only(*path);
  install_filter(&filter);
  limit_capabilities(capabilities);
  become(uid, gid, groups, group_count, string());

  char *program = string();
  char **arguments = strings(), **environment = strings();
  if (*program == 0) return 0;
  pid_t command = fork_or_fail();
  if (command == 0) run(program, arguments, environment);
  close_streams();
  return wait_for(command);
}
