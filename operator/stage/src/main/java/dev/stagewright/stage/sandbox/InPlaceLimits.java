package dev.stagewright.stage.sandbox;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.protocol.Mounts;
import dev.stagewright.stage.diff.Exclusions;
import dev.stagewright.stage.path.RootedPath;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** The limits of the sandbox {@code inPlace}. */
final class InPlaceLimits {
  private static final List<String> KERNEL_DIRECTORIES = List.of("proc", "sys");

  private final Exclusions excluded;

  /**
   * Limits with these mount points in the root.
   *
   * @param excluded paths that do not belong to the stage
   */
  InPlaceLimits(Exclusions excluded) {
    this.excluded = excluded;
  }

  /**
   * Checks that the sandbox supports the context of a command.
   *
   * @throws SandboxUnavailableException if it does not
   */
  void check(CommandContext context) throws SandboxUnavailableException {
    if (context.networkless()) {
      throw unavailable("--network=none requires a network namespace");
    }
  }

  /**
   * Checks that the files at a target can be replaced.
   *
   * @param target resolved path
   * @param exists whether the target exists
   * @throws SandboxUnavailableException if they cannot
   */
  void check(String target, boolean exists) throws SandboxUnavailableException {
    var path = "/" + RawName.text(target);
    if (target.isEmpty()) {
      throw unavailable("a mount on / requires a mount namespace");
    }
    for (var directory : KERNEL_DIRECTORIES) {
      if (RootedPath.isWithin(target, directory)) {
        throw unavailable(
            "a mount on " + path + ", which is a directory of kernel files, requires a namespace");
      }
    }
    if (RootedPath.isWithin(target, RootedPath.clean(Mounts.ROOT))) {
      throw unavailable(
          "a mount on " + path + ", which is a directory of the runtime, requires a namespace");
    }
    if (exists && (excluded.covers(target) || excluded.containsExcluded(target))) {
      throw unavailable(
          "a mount on " + path + ", which is a mount of the Pod, requires a mount namespace");
    }
  }

  private static SandboxUnavailableException unavailable(String what) {
    return new SandboxUnavailableException(
        what + ", which the inPlace sandbox does not support: use spec.sandbox: userNamespace");
  }

  /** Describes deviations from the requested mounts in one line; empty if there are none. */
  void report(List<SandboxMount> mounts, OutputStream log) throws IOException {
    var writable = new ArrayList<String>();
    var unlimited = new ArrayList<String>();
    for (var mount : mounts) {
      var path = "/" + RawName.text(mount.target());
      switch (mount) {
        case SandboxMount.Bind bind -> {
          // A write to a read-only file affects only the command itself.
          if (bind.writes() == SandboxMount.Writes.REFUSED && Files.isDirectory(bind.source())) {
            writable.add(path);
          }
        }
        case SandboxMount.Tmpfs tmpfs -> {
          if (tmpfs.size().isPresent()) {
            unlimited.add(path);
          }
        }
      }
    }
    var parts = new ArrayList<String>();
    if (!writable.isEmpty()) {
      parts.add(
          "writing to "
              + String.join(", ", writable)
              + " does not fail, but the written data is lost");
    }
    if (!unlimited.isEmpty()) {
      parts.add("the size of " + String.join(", ", unlimited) + " is not limited");
    }
    if (!parts.isEmpty()) {
      var line = "inPlace sandbox: " + String.join("; ", parts) + "\n";
      log.write(line.getBytes(StandardCharsets.UTF_8));
    }
  }
}
