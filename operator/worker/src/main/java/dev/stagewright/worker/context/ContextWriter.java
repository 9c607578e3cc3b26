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
 * Writes a build context. All of it belongs to root. What does not bring its own mode is 0644, a
 * program 0755.
 *
 * @param ignored tells, of a path as text, whether the ignore file excludes it
 * @param observer sees every entry that is not excluded
 */
public record ContextWriter(Predicate<String> ignored, SourceTree.Visitor observer) {
  private static final int PROGRAM = 0755;

  /** One without observer. */
  public ContextWriter(Predicate<String> ignored) {
    this(ignored, _ -> {});
  }

  /**
   * What a context holds.
   *
   * @param files how many
   * @param bytes of their contents
   */
  public record Summary(int files, long bytes) {}

  /** Writes the context into a folder, which is created where it is missing. */
  public Summary write(SourceTree source, Path folder) throws IOException {
    Files.createDirectories(folder);
    var tar = folder.resolve(Workspace.TAR);
    try (var out = new IndexedTarWriter(tar, folder.resolve(Workspace.INDEX))) {
      var filter = new Filter(out, source.modified());
      source.walk(filter::visit);
      out.finish();
      return new Summary(filter.files, filter.bytes);
    }
  }

  private final class Filter {
    private final IndexedTarWriter out;
    private final Instant modified;

    /** Excluded directories above the place of the walk: needed if something below is included. */
    private final Deque<TarEntry> withheld = new ArrayDeque<>();

    /** By identity: an excluded name must not be the one that others are links to. */
    private final Map<String, String> firstNames = new HashMap<>();

    private int files;
    private long bytes;

    Filter(IndexedTarWriter out, Instant modified) {
      this.out = out;
      this.modified = modified;
    }

    void visit(SourceEntry entry) throws IOException {
      while (!withheld.isEmpty() && !entry.path().startsWith(withheld.getLast().name() + "/")) {
        withheld.removeLast();
      }
      var excluded = ignored.test(RawName.text(entry.path()));
      if (!excluded) {
        observer.visit(entry);
      }
      switch (entry) {
        case SourceEntry.Directory(var path) when excluded ->
            withheld.addLast(timed(TarEntry.directory(path)));
        case SourceEntry.Directory(var path) -> put(TarEntry.directory(path));
        case SourceEntry.Link(var path, var target) when !excluded ->
            put(TarEntry.symlink(path, target));
        case SourceEntry.File file when !excluded -> put(file);
        case SourceEntry.Exact(var directory, _, _)
            when excluded && directory.type() == TarEntry.Type.DIRECTORY ->
            withheld.addLast(directory);
        case SourceEntry.Exact exact when !excluded -> put(exact);
        default -> {}
      }
    }

    private void put(TarEntry entry) throws IOException {
      putWithheld();
      out.put(timed(entry));
    }

    private void put(SourceEntry.File file) throws IOException {
      putWithheld();
      var entry = TarEntry.file(file.path(), file.size());
      try (var content = file.content().open()) {
        out.put(timed(file.executable() ? entry.withMode(PROGRAM) : entry), content);
      }
      files++;
      bytes += file.size();
    }

    private void put(SourceEntry.Exact exact) throws IOException {
      putWithheld();
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

    private void putWithheld() throws IOException {
      for (var directory : withheld) {
        out.put(directory);
      }
      withheld.clear();
    }

    private TarEntry timed(TarEntry entry) {
      return entry.withMtime(modified.getEpochSecond(), modified.getNano());
    }
  }
}
