package dev.stagewright.stage.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.stagewright.layers.tar.RawName;
import java.io.File;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts processes with the credentials, root, working directory and umask of their own.
 *
 * <p>The raw system calls that set these act on the calling thread alone, unlike libc's. So each
 * process is started by a thread that first becomes what the process shall be. It stays until the
 * process has ended: a command that walks over {@code /proc} would fail at a thread that ends
 * meanwhile. In our own root no thread has a working directory of its own, since the container
 * runtime's seccomp profile forbids {@code unshare}: there the whole process goes where the command
 * shall run, and returns. So one process is started at a time. This takes the JDK's launch
 * mechanism {@code FORK}: the default one starts a helper program whose loader need not exist in
 * the stage's root.
 */
public final class ProcessStarter {
  private static final String OWN_ROOT = "/";
  private static final RootEntry STAY = () -> {};
  private static final int UMASK = 0022;
  private static final File NO_INPUT = new File("/dev/null");

  /** Goes into a root, an absolute path; {@code /} is our own. */
  public static RootEntry root(String root) {
    return root.equals(OWN_ROOT) ? STAY : () -> new Namespaces().changeRoot(RawName.of(root));
  }

  /**
   * Starts a process; its output and errors come out together, its input is empty.
   *
   * @throws IOException if the program cannot be executed
   */
  public synchronized Process start(Command command, RootEntry entrance, Privileges privileges)
      throws IOException {
    requireTextEncoding(command);
    if (!entrance.equals(STAY)) {
      warmUp();
    }
    return DedicatedThread.run(
        "start", () -> startAs(command, entrance, privileges), Process::waitFor);
  }

  /**
   * Starts a program with nothing but its name, whose input, output and errors are ours to write
   * and read.
   */
  static Process startPlain(String file, RootEntry entrance) throws IOException {
    warmUp();
    return DedicatedThread.run(
        "start",
        () -> {
          var builder = new ProcessBuilder(file);
          builder.environment().clear();
          entrance.enter();
          return builder.start();
        });
  }

  private static Process startAs(Command command, RootEntry entrance, Privileges privileges)
      throws IOException {
    try (var arena = Arena.ofConfined()) {
      var builder = new ProcessBuilder(arguments(command));
      builder.environment().clear();
      builder.environment().putAll(command.environment());
      builder.redirectErrorStream(true).redirectInput(NO_INPUT);
      var system = new SystemCalls(arena);
      // Beyond the entrance no class is found that was not loaded before.
      var filter = new SystemCallFilter(system);
      var capabilities = new Capabilities(system);
      entrance.enter();
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
        // Root again, so that the process's user may not trace this thread, and with it all of us.
        system.call(SystemCall.SETRESUID, 0, 0, 0);
      }
    }
  }

  /** The JDK calls a program by what it is to find it by. */
  private static List<String> arguments(Command command) {
    var arguments = new ArrayList<>(command.arguments());
    if (!command.foundByName()) {
      arguments.set(0, command.program());
    }
    return arguments;
  }

  /** Makes this thread what the process shall be. */
  private static void become(SystemCalls system, Command command) throws LinuxException {
    // Directory and umask belong to the whole process until a thread has its own.
    system.call(SystemCall.UMASK, UMASK);
    var credentials = command.credentials();
    var groups = system.buffer();
    for (var i = 0; i < credentials.groups().size(); i++) {
      groups.setAtIndex(JAVA_INT, i, credentials.groups().get(i).intValue());
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
    // The saved id is the way back for this thread; a program that is executed does not keep it.
    system.check(system.call(SystemCall.SETRESUID, uid, uid, 0), SystemCall.SETRESUID);
  }

  /** Loads what is looked up by path, while the paths are still those it knows. */
  private static void warmUp() {
    var _ = new LinuxException("", Errno.EPERM, "");
    System.getLogger(ProcessBuilder.class.getName()).isLoggable(System.Logger.Level.DEBUG);
  }

  /** The JDK turns what its own encoding lacks into question marks, without a word. */
  private static void requireTextEncoding(Command command) {
    var encodable = Charset.forName(System.getProperty("sun.jnu.encoding")).newEncoder();
    if (!encodable.canEncode(command.arguments() + " " + command.environment())) {
      throw new IllegalStateException(
          "the runtime must be started with RuntimeCommand.environment()");
    }
  }
}
