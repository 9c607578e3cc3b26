package dev.stagewright.worker.source;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.layers.tar.TarEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Finds files that are pointers of Git LFS and not the contents that they stand for. */
public final class LfsPointers {
  private static final byte[] BEGIN =
      "version https://git-lfs.github.com/spec/".getBytes(StandardCharsets.US_ASCII);

  /** The specification of Git LFS allows no larger ones. */
  private static final long MAX_SIZE = 1024;

  private static final int NAMED = 3;

  private final List<String> first = new ArrayList<>();
  private int count;

  /** Looks at an entry of a source. */
  public void look(SourceEntry entry) throws IOException {
    switch (entry) {
      case SourceEntry.File(var path, _, var size, var content) -> look(path, size, content);
      case SourceEntry.Exact(var file, _, var content) when file.type() == TarEntry.Type.FILE ->
          look(file.name(), file.size(), content);
      case SourceEntry.Exact _, SourceEntry.Directory _, SourceEntry.Link _ -> {}
    }
  }

  private void look(String path, long size, SourceEntry.Content content) throws IOException {
    if (size <= BEGIN.length || size >= MAX_SIZE) {
      return;
    }
    try (var in = content.open()) {
      if (Arrays.equals(in.readNBytes(BEGIN.length), BEGIN)) {
        count++;
        if (first.size() < NAMED) {
          first.add(RawName.text(path));
        }
      }
    }
  }

  /** One sentence about all of them; empty where there are none. */
  public Optional<String> finding() {
    if (count == 0) {
      return Optional.empty();
    }
    var which =
        count == 1
            ? "1 file of the context is a Git LFS pointer, not the content that it stands for: "
            : count
                + " files of the context are Git LFS pointers, not the content that they stand for: ";
    return Optional.of(
        which
            + String.join(", ", first)
            + (count > NAMED ? ", …" : "")
            + "; download the content in the Dockerfile, or build from a persistentVolumeClaim in"
            + " which `git lfs pull` was run");
  }
}
