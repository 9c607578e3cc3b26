package dev.stagewright.image;

import dev.stagewright.protocol.RuntimeCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs programs with the tree as their root, like a container: files and processes of the build
 * machine are invisible. Requires root, or user namespaces for other users.
 *
 * @param tree the root
 */
record Chroot(RuntimeTree tree) {
  /** More than one run of a JVM reads. */
  private static final int RANDOM_BYTES = 64 * 1024;

  /**
   * Runs a program.
   *
   * @param command the command, with paths in the root
   * @return the output
   */
  String run(List<String> command) throws IOException, InterruptedException {
    return new HostProgram(command(command)).run();
  }

  /** Returns the command that runs a program. */
  List<String> command(List<String> command) throws IOException {
    var root = tree.root().toAbsolutePath();
    var proc = Files.createDirectories(root.resolve("proc"));
    makeDevices(Files.createDirectories(root.resolve("dev")));
    var all = new ArrayList<String>();
    all.add("env");
    RuntimeCommand.environment().forEach((name, value) -> all.add(name + "=" + value));
    all.add("unshare");
    if (!isRoot(root)) {
      all.addAll(List.of("--user", "--map-root-user"));
    }
    all.addAll(List.of("--mount", "--pid", "--fork", "--kill-child", "--mount-proc=" + proc));
    all.addAll(List.of("chroot", root.toString()));
    all.addAll(command);
    return all;
  }

  /** Creates plain files instead of devices, which only root may create. */
  private static void makeDevices(Path directory) throws IOException {
    var randomness = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(randomness);
    Files.write(directory.resolve("null"), new byte[0]);
    Files.write(directory.resolve("random"), randomness);
    Files.write(directory.resolve("urandom"), randomness);
  }

  private static boolean isRoot(Path own) throws IOException {
    return Files.getAttribute(own, "unix:uid").equals(0);
  }
}
