package dev.stagewright.stage.sandbox;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.layers.tar.TarWriter;
import dev.stagewright.stage.details.LayerDetails;
import dev.stagewright.stage.diff.UpperDirectory;
import dev.stagewright.stage.linux.DedicatedThread;
import dev.stagewright.stage.linux.MountCalls;
import dev.stagewright.stage.linux.Namespaces;
import dev.stagewright.stage.linux.RootFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A stage's files as directories that an overlay lays upon each other: at the bottom what the stage
 * starts from, over it a mask that hides what is not the stage's, then one directory for each time
 * that changes were written. The top one takes what changes meanwhile.
 *
 * <p>The kernel takes one page of options, so directories have short names relative to their
 * folder.
 */
final class LayerStack {
  private static final String MASK = "mask";

  private final Path layers;
  private final Path root;
  private final Path before;
  private final String base;
  private int top;
  private RootFileSystem files;

  /**
   * Lays the first directories.
   *
   * @param folder empty, on a disk whose file system an overlay can write to
   * @param base what the stage starts from
   * @param traces what of that is not the stage's
   */
  LayerStack(Path folder, Path base, RuntimeArtifacts traces) throws IOException {
    this.layers = Files.createDirectory(folder.resolve("layers"));
    this.root = Files.createDirectory(folder.resolve("root"));
    this.before = Files.createDirectory(folder.resolve("before"));
    this.base = escape(RawName.of(base.toString()));
    Files.createDirectory(layers.resolve(MASK));
    this.files = mountBelow();
    try (var mask = RootFileSystem.open(layers.resolve(MASK))) {
      traces.mask(files, mask);
    }
    unmount(files, before);
    this.files = mountBelow();
    addTop();
  }

  /** Where the files are mounted. */
  Path root() {
    return root;
  }

  /** The files. */
  RootFileSystem files() {
    return files;
  }

  /** Lays another directory on top, so that it alone takes the changes from here on. */
  void push() throws IOException {
    try (var upper = topDirectory()) {
      if (!new UpperDirectory(upper, files).isEmpty()) {
        addTop();
      }
    }
  }

  /** Writes what is in the directory on top as a layer, and lays another on it. */
  void writeChanges(TarWriter layer, LayerDetails details) throws IOException {
    var lower = mountBelow();
    try (var upper = topDirectory()) {
      new UpperDirectory(upper, lower).writeChanges(layer, details);
    } finally {
      unmount(lower, before);
    }
    push();
  }

  private RootFileSystem topDirectory() throws IOException {
    return RootFileSystem.open(layers.resolve(Integer.toString(top)));
  }

  private void addTop() throws IOException {
    var shown = files.status("").orElseThrow();
    unmount(files, top == 0 ? before : root);
    top++;
    Files.createDirectory(layers.resolve(Integer.toString(top)));
    Files.createDirectory(layers.resolve("w" + top));
    try (var upper = topDirectory()) {
      upper.setOwner("", shown.uid(), shown.gid());
      upper.setMode("", shown.mode());
      upper.setModified("", shown.mtimeSeconds(), shown.mtimeNanos());
    }
    // Nobody needs what is here after the Pod, so the disk need not keep up.
    mount(lower() + ",upperdir=" + top + ",workdir=w" + top + ",index=off,volatile", root);
    files = RootFileSystem.open(root);
  }

  /** What all directories but the one on top show together. */
  private RootFileSystem mountBelow() throws IOException {
    mount(lower(), before);
    return RootFileSystem.open(before);
  }

  private String lower() {
    var options = new StringBuilder("userxattr,lowerdir=");
    for (var number = top - 1; number > 0; number--) {
      options.append(number).append(':');
    }
    return options.append(MASK).append(':').append(base).toString();
  }

  private void mount(String options, Path target) throws IOException {
    DedicatedThread.run(
        "mount",
        () -> {
          new Namespaces().workIn(RawName.of(layers.toString()));
          new MountCalls().overlay(RawName.of(target.toString()), options);
          return target;
        });
  }

  private static void unmount(RootFileSystem files, Path target) throws IOException {
    files.close();
    new MountCalls().detach(RawName.of(target.toString()));
  }

  private static String escape(String path) {
    return path.replace("\\", "\\\\").replace(":", "\\:").replace(",", "\\,");
  }
}
