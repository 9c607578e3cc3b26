package dev.stagewright.stage.linux;

import dev.stagewright.layers.tar.RawName;
import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts processes with their own credentials, root, working directory and umask.
 *
 * <p>The raw system calls for these properties affect only the calling thread, unlike those of the
 * C library. Each process is therefore started by a thread that first takes on the properties of
 * the process. The thread lives as long as the process: a command that visits all of {@code /proc}
 * would fail if a thread ended meanwhile. In the root of the container a thread cannot have its own
 * working directory, since the seccomp profile of the container runtime forbids {@code unshare}:
 * there the working directory of the whole runtime changes for a moment, so that only one process
 * is started at a time. This requires the launch mechanism {@code FORK} of the JDK: the default
 * mechanism starts a helper program whose loader may not exist in the root of the stage.
 */
public final class ProcessStarter {
  private static final String OWN_ROOT = "/";
  private static final RootEntry STAY = () -> {};
  private static final int UMASK = 0022;
  private static final File NO_INPUT = new File("/dev/null");

  /** Enters a root, an absolute path; {@code /} is the root of the container. */
  public static RootEntry root(String root) {
    return root.equals(OWN_ROOT) ? STAY : () -> new Namespaces().changeRoot(RawName.of(root));
  }

  /**
   * Starts a process with merged output and errors and empty input.
   *
   * @throws IOException if the program cannot be executed
   */
  public synchronized Process start(Command command, RootEntry rootEntry, Privileges privileges)
      throws IOException {
    requireTextEncoding(command);
    if (!rootEntry.equals(STAY)) {
      warmUp();
    }
    return DedicatedThread.run(
        "start", () -> startAs(command, rootEntry, privileges), Process::waitFor);
  }

  /**
   * Starts a program without arguments and environment. The caller writes its input and reads its
   * output and errors.
   */
  static Process startPlain(String file, RootEntry rootEntry) throws IOException {
    warmUp();
    return DedicatedThread.run(
        "start",
        () -> {
          var builder = new ProcessBuilder(file);
          builder.environment().clear();
          rootEntry.enter();
          return builder.start();
        });
  }

  private static Process startAs(Command command, RootEntry rootEntry, Privileges privileges)
      throws IOException {
    var builder = new ProcessBuilder(arguments(command));
    builder.environment().clear();
    builder.environment().putAll(command.environment());
    builder.redirectErrorStream(true).redirectInput(NO_INPUT);
    var system = new SystemCalls();
    // After entering the root, only classes that are already loaded are available.
    var filter = new SystemCallFilter(system);
    var capabilities = new Capabilities(system);
    rootEntry.enter();
    if (privileges == Privileges.DEFAULT_FILTERED) {
      filter.install();
    }
    if (privileges != Privileges.ALL) {
      capabilities.limitToDefault();
    }
    become(system, command);
    try {
      return builder.start();
    } finally {
      system.call(SystemCall.CHDIR, system.path("/"));
      // Becomes root again, so that the user of the process cannot trace this thread and the
      // runtime.
      system.call(SystemCall.SETRESUID, 0, 0, 0);
    }
  }

  /** The JDK calls a program by the name that it uses to find it. */
  private static List<String> arguments(Command command) {
    var arguments = new ArrayList<>(command.arguments());
    if (!command.foundByName()) {
      arguments.set(0, command.program());
    }
    return arguments;
  }

  /** Gives this thread the properties of the process. */
  private static void become(SystemCalls system, Command command) throws LinuxException {
    // Directory and umask belong to the whole process unless the thread has its own.
    system.call(SystemCall.UMASK, UMASK);
    var credentials = command.credentials();
    var groups = system.buffer();
    for (var i = 0; i < credentials.groups().size(); i++) {
      groups.putInt((long) i * Integer.BYTES, credentials.groups().get(i).intValue());
    }
    system.check(
        system.call(SystemCall.SETGROUPS, credentials.groups().size(), groups.address()),
        SystemCall.SETGROUPS);
    var gid = credentials.gid();
    system.check(system.call(SystemCall.SETRESGID, gid, gid, gid), SystemCall.SETRESGID);
    var directory = RawName.of(command.workingDirectory());
    system.check(
        system.call(SystemCall.CHDIR, system.path(directory)),
        SystemCall.CHDIR,
        directory.substring(1));
    var uid = credentials.uid();
    // The saved id lets this thread become root again; an executed program does not keep it.
    system.check(system.call(SystemCall.SETRESUID, uid, uid, 0), SystemCall.SETRESUID);
  }

  /** Loads classes and files that are found by path, before the root changes. */
  private static void warmUp() {
    var _ = new LinuxException("", Errno.EPERM, "");
    System.getLogger(ProcessBuilder.class.getName()).isLoggable(System.Logger.Level.DEBUG);
  }

  /** The JDK silently replaces characters that its encoding lacks with question marks. */
  private static void requireTextEncoding(Command command) {
    var encodable = Charset.forName(System.getProperty("sun.jnu.encoding")).newEncoder();
    if (!encodable.canEncode(command.arguments() + " " + command.environment())) {
      throw new IllegalStateException(
          "the runtime must be started with RuntimeCommand.environment()");
    }
  }
}
