package dev.stagewright.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs programs with the tree as their root, as a container would: nothing of the build machine is
 * in sight, not even its processes. Works for root, and for others where the kernel lets them have
 * user namespaces.
 *
 * @param tree the root
 */
record Chroot(RuntimeTree tree) {

  /**
   * Runs a program.
   *
   * @param command with paths as inside
   * @return what it printed
   */
  String run(List<String> command) throws IOException, InterruptedException {
    var root = tree.root().toAbsolutePath();
    var proc = Files.createDirectories(root.resolve("proc"));
    var dev = Files.createDirectories(root.resolve("dev"));
    // Stands for the device: not everybody may make that.
    if (Files.notExists(dev.resolve("null"))) {
      Files.createFile(dev.resolve("null"));
    }
    var all = new ArrayList<String>();
    all.add("unshare");
    if (!isRoot(root)) {
      all.addAll(List.of("--user", "--map-root-user"));
    }
    all.addAll(List.of("--mount", "--pid", "--fork", "--kill-child", "--mount-proc=" + proc));
    all.addAll(List.of("chroot", root.toString()));
    all.addAll(command);
    return new Program(all).run();
  }

  private static boolean isRoot(Path own) throws IOException {
    return Files.getAttribute(own, "unix:uid").equals(0);
  }
}
