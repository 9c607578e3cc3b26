package dev.stagewright.analysis.layer;

import dev.stagewright.layers.Whiteout;
import dev.stagewright.layers.Whiteouts;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.layers.tar.TarReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a layer once and keeps what the rules need. Memory is bounded: by the number of entries,
 * and by the length of names and texts.
 */
public final class LayerReader {
  /** About 75 MB of memory. */
  private static final int MAX_ENTRIES = 250_000;

  /** Paths and texts that are kept, in characters. */
  private static final long MAX_CHARACTERS = 64L << 20;

  private static final int BUFFER = 1 << 16;

  private final ContentReader contents = new ContentReader();
  private final List<LayerFile> files = new ArrayList<>();
  private final List<String> removed = new ArrayList<>();
  private final List<String> opaque = new ArrayList<>();
  private final int maxEntries;
  private long characters;

  private LayerReader(int maxEntries) {
    this.maxEntries = maxEntries;
  }

  /**
   * Reads a layer. The stream is not closed, and may have content behind the end of the archive.
   *
   * @param tar uncompressed
   * @throws IOException if the stream fails, or if the archive is damaged
   */
  public static LayerContent read(InputStream tar) throws IOException {
    return read(tar, MAX_ENTRIES);
  }

  /**
   * Reads a layer, but not more than so many entries.
   *
   * @param maxEntries each needs about 300 bytes of memory
   */
  public static LayerContent read(InputStream tar, int maxEntries) throws IOException {
    return new LayerReader(maxEntries).readAll(tar);
  }

  private LayerContent readAll(InputStream tar) throws IOException {
    var reader = new TarReader(new BufferedInputStream(tar, BUFFER));
    for (var entry = reader.next(); entry.isPresent(); entry = reader.next()) {
      if (files.size() + removed.size() + opaque.size() >= maxEntries
          || characters > MAX_CHARACTERS) {
        return content(false);
      }
      add(entry.get(), reader.content());
    }
    return content(true);
  }

  private LayerContent content(boolean complete) {
    return new LayerContent(files, removed, opaque, complete);
  }

  private void add(TarEntry entry, InputStream content) throws IOException {
    var path = entry.name();
    // The container runtime rejects or skips these.
    if (path.contains("..") && Arrays.asList(path.split("/")).contains("..")) {
      return;
    }
    characters += path.length() + entry.linkName().length();
    var whiteout = Whiteouts.parse(path);
    if (whiteout.isPresent()) {
      add(whiteout.get());
      return;
    }
    var facts =
        entry.type() == TarEntry.Type.FILE
            ? contents.read(path, entry.size(), content)
            : FileFacts.NONE;
    characters += facts.characters();
    files.add(LayerFile.of(entry, facts));
  }

  private void add(Whiteout whiteout) {
    switch (whiteout) {
      case Whiteout.Opaque(var directory) -> opaque.add(directory);
      case Whiteout.Removed(var path) -> {
        var name = path.substring(path.lastIndexOf('/') + 1);
        // Other names that begin with two prefixes are metadata of AUFS.
        if (!name.startsWith(".wh.") && !name.isEmpty() && !name.equals(".")) {
          removed.add(path);
        }
      }
    }
  }
}
