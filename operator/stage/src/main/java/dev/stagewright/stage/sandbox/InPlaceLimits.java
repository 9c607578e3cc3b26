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

/** What the in-place sandbox cannot give, or not exactly. */
final class InPlaceLimits {
  private static final List<String> KERNELS_OWN = List.of("proc", "sys");

  private final Exclusions excluded;

  /**
   * With these mount points in the root.
   *
   * @param excluded what is among the files without being the stage's
   */
  InPlaceLimits(Exclusions excluded) {
    this.excluded = excluded;
  }

  /**
   * Lets those settings pass that make the command see what it shall see.
   *
   * @throws SandboxUnavailableException for others
   */
  void check(CommandContext setting) throws SandboxUnavailableException {
    if (setting.networkless()) {
      throw unavailable("--network=none takes a network namespace");
    }
  }

  /**
   * Lets those targets pass whose files can give way.
   *
   * @param target resolved
   * @param exists whether something is there
   * @throws SandboxUnavailableException for others
   */
  void check(String target, boolean exists) throws SandboxUnavailableException {
    var path = "/" + RawName.text(target);
    if (target.isEmpty()) {
      throw unavailable("a mount on / takes a mount namespace");
    }
    for (var own : KERNELS_OWN) {
      if (RootedPath.isWithin(target, own)) {
        throw unavailable("a mount on " + path + ", among the kernel's files, takes a namespace");
      }
    }
    if (RootedPath.isWithin(target, RootedPath.clean(Mounts.ROOT))) {
      throw unavailable("a mount on " + path + ", among the runtime's files, takes a namespace");
    }
    if (exists && (excluded.covers(target) || excluded.liesIn(target))) {
      throw unavailable("a mount on " + path + ", where the Pod has mounted something,");
    }
  }

  private static SandboxUnavailableException unavailable(String what) {
    return new SandboxUnavailableException(
        what + " that the inPlace sandbox has no right to make: use spec.sandbox: userNamespace");
  }

  /** Says in one line what is not exact; nothing where all is. */
  void report(List<SandboxMount> mounts, OutputStream log) throws IOException {
    var writable = new ArrayList<String>();
    var unlimited = new ArrayList<String>();
    for (var mount : mounts) {
      var path = "/" + RawName.text(mount.target());
      switch (mount) {
        case SandboxMount.Bind bind -> {
          // A file that is written to, though it should not be, harms nobody but the writer.
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
              + " is not refused, but what is written is"
              + " lost");
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
