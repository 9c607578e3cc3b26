package dev.stagewright.stage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Reads archives with the {@code tar} of the system. */
public final class Tar {
  private Tar() {}

  /** Names in an archive, compressed or not. */
  public static List<String> names(Path archive) throws IOException {
    return lines("tar", "--list", "--file", archive.toString());
  }

  /** One line per entry: mode, numeric owner, size, time, name. */
  public static List<String> verbose(Path archive) throws IOException {
    return lines(
        "tar",
        "--list",
        "--verbose",
        "--numeric-owner",
        "--utc",
        "--full-time",
        "--file",
        archive.toString());
  }

  /** Unpacks an archive. */
  public static void extract(Path archive, Path into) throws IOException {
    lines(
        "tar",
        "--extract",
        "--numeric-owner",
        "--same-permissions",
        "--xattrs",
        "--xattrs-include=*",
        "--file",
        archive.toString(),
        "--directory",
        into.toString());
  }

  /** Runs a command and returns the lines of its output. */
  public static List<String> lines(String... command) throws IOException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + ": " + output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    return output.lines().toList();
  }
}
