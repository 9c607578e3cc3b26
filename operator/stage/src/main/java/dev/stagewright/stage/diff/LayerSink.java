package dev.stagewright.stage.diff;

import dev.stagewright.layers.Whiteouts;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.layers.tar.TarWriter;
import dev.stagewright.stage.details.LayerDetails;
import dev.stagewright.stage.files.EntryReader;
import dev.stagewright.stage.linux.ExtendedAttributes;
import dev.stagewright.stage.linux.FileStatus;
import dev.stagewright.stage.linux.FileType;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.RootedPath;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes changes as a layer in the same way as containerd: the parent directories of a change are
 * included, times are whole seconds, capabilities are the only extended attributes, and sockets are
 * omitted.
 */
final class LayerSink implements ChangeSink {
  private final RootFileSystem root;
  private final TarWriter tar;
  private final EntryReader files;
  private final ExtendedAttributes attributes;
  private final ContentFingerprint contentFingerprints;
  private final LayerDetails details;
  private final Map<String, Long> linked = new HashMap<>();
  private final Map<Inode, List<String>> written = new HashMap<>();
  private final Map<Inode, String> touched = new HashMap<>();
  private final ArrayDeque<String> openDirectories = new ArrayDeque<>();

  /**
   * Writes to this archive.
   *
   * @param details receives details that the layer lacks
   */
  LayerSink(RootFileSystem root, TarWriter tar, LayerDetails details) {
    this.root = root;
    this.tar = tar;
    this.files = new EntryReader(root);
    this.attributes = root.attributes();
    this.contentFingerprints = new ContentFingerprint(root);
    this.details = details;
  }

  private record Inode(long device, long number) {
    static Inode of(FileStatus status) {
      return new Inode(status.device(), status.inode());
    }
  }

  @Override
  public long changed(String path, FileStatus status) throws IOException {
    parents(path);
    var contentFingerprint = put(path, status);
    if (status.isDirectory()) {
      openDirectories.push(path);
    }
    return contentFingerprint;
  }

  @Override
  public void touched(String path, FileStatus status) throws IOException {
    details.touched(path, status, attributes.of(path));
    if (status.isFile() && status.links() > 1) {
      var first = touched.putIfAbsent(Inode.of(status), path);
      if (first != null) {
        details.link(path, first);
      }
    }
  }

  /** Completes the layer after all changes have been written. */
  void finish() throws IOException {
    for (var file : written.entrySet()) {
      var existing = touched.get(file.getKey());
      if (existing != null) {
        for (var name : file.getValue()) {
          details.link(name, existing);
        }
      }
    }
  }

  @Override
  public void removed(String path) throws IOException {
    parents(path);
    tar.put(Whiteouts.entryFor(path));
  }

  /** Writes the parent directories of a path that are not in the layer yet. */
  private void parents(String path) throws IOException {
    while (!openDirectories.isEmpty() && !RootedPath.isWithin(path, openDirectories.getFirst())) {
      openDirectories.pop();
    }
    var written = openDirectories.isEmpty() ? "" : openDirectories.getFirst();
    var slash = path.indexOf('/', written.isEmpty() ? 0 : written.length() + 1);
    while (slash > 0) {
      var directory = path.substring(0, slash);
      var status = root.status(directory);
      if (status.isPresent()) {
        put(directory, status.get());
      }
      openDirectories.push(directory);
      slash = path.indexOf('/', slash + 1);
    }
  }

  private long put(String path, FileStatus status) throws IOException {
    var found = files.entry(path, status, Map.of());
    if (found.isEmpty()) {
      if (status.type() == FileType.SOCKET) {
        details.socket(path, status, attributes.of(path));
      }
      return NO_STAMP;
    }
    var entry = found.get().withMtime(status.mtimeSeconds(), 0);
    if (entry.type() == TarEntry.Type.FILE) {
      return file(path, status, entry);
    }
    tar.put(entry);
    details.entry(status, attributes.of(path));
    if (!status.isFile()) {
      return contentFingerprints.of(path, status);
    }
    addName(path, status);
    return linked.getOrDefault(entry.linkName(), NO_STAMP);
  }

  private long file(String path, FileStatus status, TarEntry entry) throws IOException {
    var content = files.content(path, status.size());
    if (content.isEmpty()) {
      return NO_STAMP;
    }
    try (var file = content.get();
        var in = new ContentFingerprint.Content(file)) {
      var capability = file.attributes().get(ExtendedAttributes.CAPABILITY);
      tar.put(
          capability
              .map(value -> entry.withXattrs(Map.of(ExtendedAttributes.CAPABILITY, value)))
              .orElse(entry),
          in);
      details.entry(status, file.attributes());
      var contentFingerprint = contentFingerprints.of(status, in, capability);
      if (status.links() > 1) {
        linked.put(path, contentFingerprint);
        addName(path, status);
      }
      return contentFingerprint;
    }
  }

  private void addName(String path, FileStatus status) {
    written.computeIfAbsent(Inode.of(status), _ -> new ArrayList<>(1)).add(path);
  }
}
