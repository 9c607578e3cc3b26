package dev.stagewright.stage.files;

import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.stage.linux.ExtendedAttributes;
import dev.stagewright.stage.linux.FileStatus;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.RootedPath;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * Copies files from one root to another with owners, modes, times, extended attributes, and hard
 * links between the files that one instance copies. Sockets and files that disappear meanwhile are
 * skipped.
 */
public final class TreeCopy {
  private final RootFileSystem from;
  private final RootFileSystem to;
  private final EntryReader reader;
  private final FileCreator creator;
  private final ExtendedAttributes attributes;
  private final Map<String, String> copies = new HashMap<>();

  /** Copies between these roots, which may be the same. */
  public TreeCopy(RootFileSystem from, RootFileSystem to) {
    this.from = from;
    this.to = to;
    this.reader = new EntryReader(from);
    this.creator = new FileCreator(to);
    this.attributes = from.attributes();
  }

  /** Copies a file, or a directory with its content, to a path that does not exist. */
  public void copy(String source, String target) throws IOException {
    var status = from.status(source);
    if (status.isPresent()) {
      copy(source, status.get(), target);
    }
  }

  /** Copies the content of a directory to an existing directory. */
  public void copyContents(String source, String target) throws IOException {
    for (var name : from.list(source)) {
      copy(RootedPath.join(source, name), RootedPath.join(target, name));
    }
  }

  private void copy(String source, FileStatus status, String target) throws IOException {
    var found = reader.entry(source, status, status.isFile() ? Map.of() : attributes.all(source));
    if (found.isEmpty()) {
      return;
    }
    var entry = found.get();
    switch (entry.type()) {
      case FILE -> {
        var content = reader.content(source, status.size());
        if (content.isPresent()) {
          try (var in = content.get()) {
            creator.create(target, entry.withXattrs(in.attributes().all()), in);
          }
        }
      }
      case DIRECTORY -> {
        creator.create(target, entry, InputStream.nullInputStream());
        copyContents(source, target);
        to.setModified(target, entry.mtimeSeconds(), entry.mtimeNanos());
      }
      case HARD_LINK -> {
        var first = copies.getOrDefault(entry.linkName(), entry.linkName());
        creator.create(target, entry.withLinkName(first), InputStream.nullInputStream());
      }
      case SYMLINK, CHARACTER_DEVICE, BLOCK_DEVICE, FIFO ->
          creator.create(target, entry, InputStream.nullInputStream());
    }
    if (status.links() > 1 && entry.type() != TarEntry.Type.DIRECTORY) {
      copies.putIfAbsent(source, target);
    }
  }
}
