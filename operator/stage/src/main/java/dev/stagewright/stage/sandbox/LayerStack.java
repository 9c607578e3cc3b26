package dev.stagewright.stage.sandbox;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.layers.tar.TarWriter;
import dev.stagewright.stage.details.LayerDetails;
import dev.stagewright.stage.diff.UpperDirectory;
import dev.stagewright.stage.linux.DedicatedThread;
import dev.stagewright.stage.linux.FileStatus;
import dev.stagewright.stage.linux.MountCalls;
import dev.stagewright.stage.linux.Namespaces;
import dev.stagewright.stage.linux.RootFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files of a stage as an overlay of directories: the lowest is the base of the stage, above it
 * is a mask that hides paths that do not belong to the stage, then one directory for each written
 * layer. The upper directory contains the current changes.
 *
 * <p>The kernel accepts one page of options, so directories have short names relative to their
 * parent.
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
   * Creates the first directories.
   *
   * @param folder empty directory on a file system that supports upper directories of overlays
   * @param base base of the stage
   * @param artifacts paths of the base that do not belong to the stage
   */
  LayerStack(Path folder, Path base, RuntimeArtifacts artifacts) throws IOException {
    this.layers = Files.createDirectory(folder.resolve("layers"));
    this.root = Files.createDirectory(folder.resolve("root"));
    this.before = Files.createDirectory(folder.resolve("before"));
    this.base = escape(RawName.of(base.toString()));
    Files.createDirectory(layers.resolve(MASK));
    this.files = mountBelow();
    try (var mask = RootFileSystem.open(layers.resolve(MASK))) {
      artifacts.mask(files, mask);
      matchRoot(base, mask);
    }
    unmount(files, before);
    this.files = mountBelow();
    addTop();
  }

  /** The mount of the files. */
  Path root() {
    return root;
  }

  /** The files. */
  RootFileSystem files() {
    return files;
  }

  /** Adds another upper directory for further changes. */
  void push() throws IOException {
    try (var upper = topDirectory()) {
      if (!new UpperDirectory(upper, files).isEmpty()) {
        addTop();
      }
    }
  }

  /** Writes the upper directory as a layer and adds another one. */
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

  /** The root of an overlay has the metadata of its uppermost directory. */
  private static void matchRoot(Path base, RootFileSystem directory) throws IOException {
    try (var root = RootFileSystem.open(base)) {
      match(root.status("").orElseThrow(), directory);
    }
  }

  private static void match(FileStatus status, RootFileSystem directory) throws IOException {
    directory.setOwner("", status.uid(), status.gid());
    directory.setMode("", status.mode());
    directory.setModified("", status.mtimeSeconds(), status.mtimeNanos());
  }

  private void addTop() throws IOException {
    var status = files.status("").orElseThrow();
    unmount(files, top == 0 ? before : root);
    top++;
    Files.createDirectory(layers.resolve(Integer.toString(top)));
    Files.createDirectory(layers.resolve("w" + top));
    try (var upper = topDirectory()) {
      match(status, upper);
    }
    // The files are not needed after the Pod, so they need not be synced to disk.
    mount(lower() + ",upperdir=" + top + ",workdir=w" + top + ",index=off,volatile", root);
    files = RootFileSystem.open(root);
  }

  /** The merged view of all lower directories. */
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
