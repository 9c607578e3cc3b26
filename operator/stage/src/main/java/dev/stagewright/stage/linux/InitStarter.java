package dev.stagewright.stage.linux;

import dev.stagewright.layers.tar.RawName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Starts processes in a PID namespace of their own, with a {@code /proc} that shows it. The first
 * process there is {@link InitProgram}, which does the rest. Takes {@code CAP_SYS_ADMIN}, and that
 * nothing is mounted in the {@code /proc} that we see.
 */
public final class InitStarter {
  private static final String PROC = ".stagewright-proc";
  private static final int WORDS = 3;

  private final InitProgram program;

  /** With this program. */
  public InitStarter(InitProgram program) {
    this.program = program;
  }

  /**
   * Makes such a namespace with nothing in it, to find out whether that can be done.
   *
   * @throws LinuxException if it cannot
   */
  public void probe() throws IOException {
    var nothing = new Command("", false, List.of(), Map.of(), "/", ProcessCredentials.ROOT);
    var place = program.file().resolveSibling(PROC).toString();
    var process =
        start(
            program.file().toString(),
            () -> new Namespaces().ownMounts(),
            request(nothing, "", place, Privileges.DEFAULT_FILTERED));
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /**
   * Starts a process; its output and errors come out together, its input is empty. It ends when the
   * command has ended, with its exit code, and everything that the command started has ended too.
   *
   * @param entrance where it leads to, the program must be, in this folder
   * @param folder absolute, and nobody else's
   * @throws IOException if the program cannot be executed
   */
  public Process start(Command command, RootEntry entrance, String folder, Privileges privileges)
      throws IOException {
    var file = Path.of(folder).resolve(program.file().getFileName()).toString();
    return start(file, entrance, request(command, file, folder + "/" + PROC, privileges));
  }

  private static byte[] request(Command command, String file, String place, Privileges privileges) {
    var filter = privileges == Privileges.DEFAULT_FILTERED ? SystemCallFilter.bytes() : new byte[0];
    return InitRequest.of(command, file, place, privileges, filter);
  }

  private static Process start(String file, RootEntry entrance, byte[] request) throws IOException {
    var process = ProcessStarter.startPlain(file, entrance);
    try (var input = process.getOutputStream()) {
      input.write(request);
    } catch (IOException _) {
      // It has failed, and says why.
    }
    var report = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!report.isEmpty()) {
      throw failure(report.strip());
    }
    return process;
  }

  /** Of a line with the error's number, the system call, and a path or nothing. */
  private static IOException failure(String report) {
    var words = report.split(" ", WORDS);
    if (words.length < 2 || !words[0].chars().allMatch(Character::isDigit)) {
      return new IOException(report);
    }
    var path = words.length == WORDS ? words[2] : "";
    return new LinuxException(
        words[1], new Errno(Integer.parseInt(words[0])), RawName.of(path.replaceFirst("^/", "")));
  }
}
