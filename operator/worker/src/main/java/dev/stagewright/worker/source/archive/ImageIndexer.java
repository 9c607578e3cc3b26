package dev.stagewright.worker.source.archive;

import dev.stagewright.layers.Whiteout;
import dev.stagewright.layers.Whiteouts;
import dev.stagewright.layers.tar.IndexedTar;
import dev.stagewright.layers.tar.IndexedTarWriter;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.worker.source.archive.EntryContent.CorruptArchiveException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Converts the layers of an image to one tar with an index. It reads the highest layer first, and
 * leaves out what a higher layer has replaced or removed.
 */
record ImageIndexer(ArchiveLimits limits) {

  /**
   * Writes the tar and its index to an existing directory.
   *
   * @param layers the files of the layers, lowest first
   * @throws ArchiveException if a layer is refused or unreadable
   * @throws IOException if a file cannot be written
   */
  ArchiveFiles write(List<Path> layers, Path directory) throws IOException, ArchiveException {
    var tar = directory.resolve("archive.tar");
    var index = directory.resolve("archive.idx");
    var upper = new UpperLayers();
    var paths = ArchivePaths.ofImage();
    var size = 0L;
    for (var layer : layers) {
      size += Files.size(layer);
    }
    var budget = new ArchiveBudget(limits, size);
    try (var out = new IndexedTarWriter(tar, index)) {
      for (var layer : layers.reversed()) {
        try (var reader = open(layer)) {
          copy(reader, upper, budget, paths, out);
        }
        upper.nextLayer();
      }
      out.finish();
    } catch (CorruptArchiveException e) {
      throw new ArchiveException("has a corrupt layer: " + e.getMessage());
    }
    return new ArchiveFiles(IndexedTar.open(tar, index), paths.linked());
  }

  private static TarArchiveReader open(Path layer) throws ArchiveException {
    try {
      return TarArchiveReader.open(layer);
    } catch (IOException | RuntimeException e) {
      throw new ArchiveException("has a corrupt layer: " + e.getMessage());
    }
  }

  private static void copy(
      TarArchiveReader reader,
      UpperLayers upper,
      ArchiveBudget budget,
      ArchivePaths paths,
      IndexedTarWriter out)
      throws IOException, ArchiveException {
    for (var next = next(reader); !next.isEmpty(); next = next(reader)) {
      var entry = next.getFirst();
      ArchivePaths.checkName(reader.rawName());
      budget.add(entry);
      var whiteout = Whiteouts.parse(entry.name());
      if (whiteout.isPresent()) {
        upper.remove(whiteout.get());
      } else if (!entry.name().isEmpty() && !upper.hides(entry)) {
        upper.add(entry);
        paths.add(entry);
        try (var content = new EntryContent(reader.content(), entry)) {
          out.put(entry, content);
        }
      }
    }
  }

  /** Returns a list with the next entry; empty at the end. */
  private static List<TarEntry> next(TarArchiveReader reader) throws ArchiveException {
    try {
      return reader.next().stream().toList();
    } catch (IOException | RuntimeException e) {
      throw new ArchiveException("has a corrupt layer: " + e.getMessage());
    }
  }

  /** What the layers above the current one contain and remove. */
  private static final class UpperLayers {
    /** Paths whose contents in lower layers are hidden, with the path itself. */
    private final Set<String> hidden = new HashSet<>();

    /** Directories whose contents in lower layers are hidden, without the directory. */
    private final Set<String> opaque = new HashSet<>();

    /** Directories of upper layers, which lower layers do not change. */
    private final Set<String> directories = new HashSet<>();

    private final List<TarEntry> current = new ArrayList<>();
    private final List<Whiteout> whiteouts = new ArrayList<>();

    void add(TarEntry entry) {
      current.add(entry);
    }

    void remove(Whiteout whiteout) {
      whiteouts.add(whiteout);
    }

    /** What the current layer contains affects only the layers below it. */
    void nextLayer() {
      for (var entry : current) {
        (entry.type() == TarEntry.Type.DIRECTORY ? directories : hidden).add(entry.name());
      }
      for (var whiteout : whiteouts) {
        switch (whiteout) {
          case Whiteout.Removed(var path) -> hidden.add(path);
          case Whiteout.Opaque(var directory) -> opaque.add(directory);
        }
      }
      current.clear();
      whiteouts.clear();
    }

    boolean hides(TarEntry entry) {
      var path = entry.name();
      if (hidden.contains(path) || directories.contains(path) || opaque.contains("")) {
        return true;
      }
      for (var slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
        var parent = path.substring(0, slash);
        if (hidden.contains(parent) || opaque.contains(parent)) {
          return true;
        }
      }
      return false;
    }
  }
}
