package dev.stagewright.stage.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The descendants of this process. Orphans become children of this process, since it is the first
 * process of the container or requests this from the kernel.
 */
public final class Processes {
  private static final int CLOCK_BOOTTIME = 7;
  private static final int PR_SET_DUMPABLE = 4;
  private static final int PR_SET_CHILD_SUBREAPER = 36;
  private static final int SIGKILL = 9;
  private static final int P_ALL = 0;
  private static final int P_PID = 1;
  private static final int WNOHANG = 1;
  private static final int WEXITED = 4;
  private static final int WNOWAIT = 0x01000000;

  /**
   * The offset of the process id of the child in siginfo_t: after three other numbers, at the next
   * multiple of eight.
   */
  private static final int SIGINFO_PID = 16;

  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

  private final SystemCalls system = new SystemCalls();
  private final int self = (int) system.call(SystemCall.GETPID, 0);

  /** Makes orphaned descendants children of this process from now on. */
  public void adoptOrphans() throws LinuxException {
    system.check(system.call(SystemCall.PRCTL, PR_SET_CHILD_SUBREAPER, 1), SystemCall.PRCTL);
  }

  /**
   * Reaps orphans as they end, until a child has ended that another thread waits for.
   *
   * @param awaited that child, which is not reaped
   */
  public void reapOrphansUntil(long awaited) {
    var calls = new SystemCalls();
    var info = calls.buffer();
    while (true) {
      info.clear();
      var result = calls.call(SystemCall.WAITID, P_ALL, 0, info.address(), WEXITED | WNOWAIT);
      if (result == -Errno.EINTR.number()) {
        continue;
      }
      var pid = info.getInt(SIGINFO_PID);
      if (result < 0 || pid == awaited) {
        return;
      }
      calls.call(SystemCall.WAITID, P_PID, pid, 0, WEXITED | WNOHANG);
    }
  }

  private void reap(int pid) {
    system.call(SystemCall.WAITID, P_PID, pid, 0, WEXITED | WNOHANG);
  }

  /** Kills all descendants of this process and reaps them. None is left when the method returns. */
  public void killDescendants() throws IOException {
    for (var left = descendants(); !left.isEmpty(); left = descendants()) {
      for (var process : left) {
        if (!process.zombie()) {
          system.call(SystemCall.KILL, process.pid(), SIGKILL);
        }
        reap(process.pid());
      }
      LockSupport.parkNanos(PAUSE);
    }
  }

  private List<ProcessStatus> descendants() throws IOException {
    var children = new HashMap<Integer, List<ProcessStatus>>();
    for (var process : all()) {
      children.computeIfAbsent(process.parent(), _ -> new ArrayList<>()).add(process);
    }
    var found = new ArrayList<ProcessStatus>();
    collect(self, children, found);
    return found;
  }

  private static void collect(
      int parent, Map<Integer, List<ProcessStatus>> children, List<ProcessStatus> found) {
    for (var child : children.getOrDefault(parent, List.of())) {
      found.add(child);
      collect(child.pid(), children, found);
    }
  }

  private static List<ProcessStatus> all() throws IOException {
    var processes = new ArrayList<ProcessStatus>();
    try (var entries = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (var entry : entries) {
        read(entry).ifPresent(processes::add);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return processes;
  }

  private static Optional<ProcessStatus> read(Path process) {
    try {
      var stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
      return Optional.of(ProcessStatus.parse(stat));
    } catch (IOException _) {
      return Optional.empty(); // The process has ended meanwhile.
    }
  }

  /**
   * Prevents processes of the same user from accessing the memory, environment, open files and root
   * of this process.
   */
  public void hide() throws LinuxException {
    setDumpable(0);
  }

  /**
   * Allows processes with the same user and capabilities to read the directory of this process in
   * {@code /proc}. This is the initial state, until a thread of this process becomes another user.
   */
  public void show() throws LinuxException {
    setDumpable(1);
  }

  private void setDumpable(int value) throws LinuxException {
    system.check(system.call(SystemCall.PRCTL, PR_SET_DUMPABLE, value), SystemCall.PRCTL);
  }

  /**
   * Milliseconds since the start of the Java runtime, if called on the main thread. The first
   * process of a container is older than its program: the container runtime creates the process
   * first and prepares the container in it.
   */
  public long ageMillis() {
    return age("/proc/thread-self");
  }

  /** Milliseconds since the container runtime created this process. */
  public long containerAgeMillis() {
    return age("/proc/self");
  }

  private long age(String process) {
    var times = system.buffer();
    system.call(SystemCall.CLOCK_GETTIME, CLOCK_BOOTTIME, times.address());
    var now = times.getLong(0) * 1000 + times.getLong(8) / 1_000_000;
    var started = read(Path.of(process)).map(ProcessStatus::startTicks);
    return started.map(ticks -> now - ticks * 10).orElse(0L);
  }
}
