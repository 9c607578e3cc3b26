package dev.stagewright.stage;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Runs programs of the test class path as in the container of a Pod with {@code hostUsers: false}:
 * in their own user and mount namespace, as root, with all capabilities in the namespace and none
 * on the machine.
 */
final class OwnUserNamespace {
  /** User ids are mapped to themselves, so that files keep their owners; only a range is mapped. */
  private static final String MAP = "0 0 65536\n";

  /** The soft limit, which is lower than the hard limit. */
  static final int OPEN_FILES = 512;

  private OwnUserNamespace() {}

  /** Masks {@code /proc} as a container runtime does before it starts the program. */
  private static final List<String> COVERING_PROC =
      List.of("unshare", "--mount", "sh", "-c", "mount -t tmpfs none /proc/fs; exec \"$@\"", "sh");

  /**
   * Runs a main class and returns its exit code.
   *
   * @param coversProc whether to mask parts of {@code /proc}, as without {@code procMount:
   *     Unmasked}
   */
  static int run(OutputStream output, boolean coversProc, Class<?> main, String... arguments)
      throws IOException {
    var command = new ArrayList<>(coversProc ? COVERING_PROC : List.of());
    command.addAll(List.of("unshare", "--user", "--mount"));
    // The process gets its capabilities at exec, after the users are mapped.
    command.addAll(
        List.of(
            "sh",
            "-c",
            "ulimit -Sn " + OPEN_FILES + " && echo && read -r mapped && exec \"$@\"",
            "sh"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.add("-XX:-MaxFDLimit");
    command.addAll(List.of("-Djdk.lang.Process.launchMechanism=FORK"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C.UTF-8");
    var process = builder.start();
    var started = process.getInputStream().read();
    if (started == '\n') {
      Files.writeString(Path.of("/proc/" + process.pid() + "/uid_map"), MAP);
      Files.writeString(Path.of("/proc/" + process.pid() + "/gid_map"), MAP);
      process.getOutputStream().write("\n".getBytes(StandardCharsets.UTF_8));
    }
    process.getOutputStream().close();
    var pump = CompletableFuture.runAsync(() -> copy(process, output));
    try {
      var exitCode = process.waitFor();
      pump.join();
      return exitCode;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static void copy(Process process, OutputStream output) {
    try (var in = process.getInputStream()) {
      in.transferTo(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
