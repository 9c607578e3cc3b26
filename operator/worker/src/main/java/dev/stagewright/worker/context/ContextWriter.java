package dev.stagewright.worker.context;

import dev.stagewright.layers.tar.IndexedTarWriter;
import dev.stagewright.layers.tar.RawName;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.protocol.Workspace;
import dev.stagewright.worker.source.SourceEntry;
import dev.stagewright.worker.source.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Writes a build context. The owner of all files is root. Files without a mode get 0644, executable
 * files 0755.
 *
 * @param ignored whether the ignore file excludes a path
 * @param observer visits all entries that are not excluded
 */
public record ContextWriter(Predicate<String> ignored, SourceTree.Visitor observer) {
  private static final int EXECUTABLE = 0755;

  /** A writer without an observer. */
  public ContextWriter(Predicate<String> ignored) {
    this(ignored, _ -> {});
  }

  /**
   * The size of a build context.
   *
   * @param files number of files
   * @param bytes total size of the files
   */
  public record Summary(int files, long bytes) {}

  /**
   * Writes the context to a folder, and creates the folder if it is missing. Moves the files of a
   * source that is stored in the form of a context, if none is excluded.
   */
  public Summary write(SourceTree source, Path folder) throws IOException {
    Files.createDirectories(folder);
    if (source.isMovable()) {
      var count = new Count();
      source.walk(count::visit);
      // Stages can read all bytes of the archive, also those of files that its index leaves out.
      if (!count.hasExcluded) {
        source.walk(observer);
        source.moveTo(folder);
        return new Summary(count.files, count.bytes);
      }
    }
    return copy(source, folder);
  }

  private Summary copy(SourceTree source, Path folder) throws IOException {
    var tar = folder.resolve(Workspace.TAR);
    try (var out = new IndexedTarWriter(tar, folder.resolve(Workspace.INDEX))) {
      var filter = new Filter(out, source.modified());
      source.walk(filter::visit);
      out.finish();
      return new Summary(filter.files, filter.bytes);
    }
  }

  /** Counts the files of a source that can be moved, and whether any is excluded. */
  private final class Count {
    private boolean hasExcluded;
    private int files;
    private long bytes;

    void visit(SourceEntry entry) {
      hasExcluded |= ignored.test(RawName.text(entry.path()));
      if (entry instanceof SourceEntry.Exact(var file, _, _)
          && file.type() != TarEntry.Type.DIRECTORY) {
        files++;
        bytes += file.size();
      }
    }
  }

  private final class Filter {
    private final IndexedTarWriter out;
    private final Instant modified;

    /** Excluded parent directories of the current entry; written if a file in them is included. */
    private final Deque<TarEntry> excludedParents = new ArrayDeque<>();

    /** The first written path of each file identity, which hard links refer to. */
    private final Map<String, String> firstNames = new HashMap<>();

    private int files;
    private long bytes;

    Filter(IndexedTarWriter out, Instant modified) {
      this.out = out;
      this.modified = modified;
    }

    void visit(SourceEntry entry) throws IOException {
      while (!excludedParents.isEmpty()
          && !entry.path().startsWith(excludedParents.getLast().name() + "/")) {
        excludedParents.removeLast();
      }
      var excluded = ignored.test(RawName.text(entry.path()));
      if (!excluded) {
        observer.visit(entry);
      }
      switch (entry) {
        case SourceEntry.Directory(var path) when excluded ->
            excludedParents.addLast(timed(TarEntry.directory(path)));
        case SourceEntry.Directory(var path) -> put(TarEntry.directory(path));
        case SourceEntry.Link(var path, var target) when !excluded ->
            put(TarEntry.symlink(path, target));
        case SourceEntry.File file when !excluded -> put(file);
        case SourceEntry.Exact(var directory, _, _)
            when excluded && directory.type() == TarEntry.Type.DIRECTORY ->
            excludedParents.addLast(directory);
        case SourceEntry.Exact exact when !excluded -> put(exact);
        default -> {}
      }
    }

    private void put(TarEntry entry) throws IOException {
      putExcludedParents();
      out.put(timed(entry));
    }

    private void put(SourceEntry.File file) throws IOException {
      putExcludedParents();
      var entry = TarEntry.file(file.path(), file.size());
      try (var content = file.content().open()) {
        out.put(timed(file.executable() ? entry.withMode(EXECUTABLE) : entry), content);
      }
      files++;
      bytes += file.size();
    }

    private void put(SourceEntry.Exact exact) throws IOException {
      putExcludedParents();
      var entry = exact.entry();
      var first = exact.identity().isEmpty() ? null : firstName(exact);
      if (first != null) {
        out.put(
            TarEntry.hardLink(entry.name(), first)
                .withMode(entry.mode())
                .withMtime(entry.mtimeSeconds(), entry.mtimeNanos()));
        return;
      }
      try (var content = exact.content().open()) {
        out.put(entry, content);
      }
      if (entry.type() != TarEntry.Type.DIRECTORY) {
        files++;
        bytes += entry.size();
      }
    }

    private @Nullable String firstName(SourceEntry.Exact exact) {
      return firstNames.putIfAbsent(exact.identity(), exact.path());
    }

    private void putExcludedParents() throws IOException {
      for (var directory : excludedParents) {
        out.put(directory);
      }
      excludedParents.clear();
    }

    private TarEntry timed(TarEntry entry) {
      return entry.withMtime(modified.getEpochSecond(), modified.getNano());
    }
  }
}
