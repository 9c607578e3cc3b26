package dev.stagewright.stage.linux;

import dev.stagewright.layers.tar.RawName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Starts processes in their own PID namespace with a matching {@code /proc}. The first process in
 * the namespace is {@link InitProgram}. Requires {@code CAP_SYS_ADMIN} and a {@code /proc} without
 * mounts in it.
 */
public final class InitStarter {
  private static final String PROC = ".stagewright-proc";
  private static final int FIELDS = 3;

  private final InitProgram program;

  /** Starts processes with this program. */
  public InitStarter(InitProgram program) {
    this.program = program;
  }

  /**
   * Creates an empty namespace, to check whether this is possible.
   *
   * @throws LinuxException if it is not possible
   */
  public void probe() throws IOException {
    var emptyCommand = new Command("", false, List.of(), Map.of(), "/", ProcessCredentials.ROOT);
    var procDirectory = program.file().resolveSibling(PROC).toString();
    var process =
        start(
            program.file().toString(),
            () -> new Namespaces().ownMounts(),
            request(emptyCommand, "", procDirectory, Privileges.DEFAULT_FILTERED));
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /**
   * Starts a process with merged output and errors and empty input. The process ends with the exit
   * code of the command, after the command and all processes that it started have ended.
   *
   * @param rootEntry enters the root, which must contain the program in this directory
   * @param folder absolute path of a directory that is not used otherwise
   * @throws IOException if the program cannot be executed
   */
  public Process start(Command command, RootEntry rootEntry, String folder, Privileges privileges)
      throws IOException {
    var file = Path.of(folder).resolve(program.file().getFileName()).toString();
    return start(file, rootEntry, request(command, file, folder + "/" + PROC, privileges));
  }

  private static byte[] request(
      Command command, String file, String procDirectory, Privileges privileges) {
    var filter = privileges == Privileges.DEFAULT_FILTERED ? SystemCallFilter.bytes() : new byte[0];
    return InitRequest.of(command, file, procDirectory, privileges, filter);
  }

  private static Process start(String file, RootEntry rootEntry, byte[] request)
      throws IOException {
    var process = ProcessStarter.startPlain(file, rootEntry);
    try (var input = process.getOutputStream()) {
      input.write(request);
    } catch (IOException _) {
      // The program has failed and reports the reason.
    }
    var report = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!report.isEmpty()) {
      throw failure(report.strip());
    }
    return process;
  }

  /** Parses a line with the error number, the system call, and an optional path. */
  private static IOException failure(String report) {
    var fields = report.split(" ", FIELDS);
    if (fields.length < 2 || !fields[0].chars().allMatch(Character::isDigit)) {
      return new IOException(report);
    }
    var path = fields.length == FIELDS ? fields[2] : "";
    return new LinuxException(
        fields[1], new Errno(Integer.parseInt(fields[0])), RawName.of(path.replaceFirst("^/", "")));
  }
}
