package dev.stagewright.worker.source;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.layers.tar.TarEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Finds Git LFS pointers, files that do not have the content that they refer to. */
public final class LfsPointers {
  private static final byte[] BEGIN =
      "version https://git-lfs.github.com/spec/".getBytes(StandardCharsets.US_ASCII);

  /** The largest size that the specification of Git LFS allows. */
  private static final long MAX_SIZE = 1024;

  private static final int MAX_LISTED = 3;

  private final List<String> listed = new ArrayList<>();
  private int count;

  /** Checks an entry of a source. */
  public void check(SourceEntry entry) throws IOException {
    switch (entry) {
      case SourceEntry.File(var path, _, var size, var content) -> check(path, size, content);
      case SourceEntry.Exact(var file, _, var content) when file.type() == TarEntry.Type.FILE ->
          check(file.name(), file.size(), content);
      case SourceEntry.Exact _, SourceEntry.Directory _, SourceEntry.Link _ -> {}
    }
  }

  private void check(String path, long size, SourceEntry.Content content) throws IOException {
    if (size <= BEGIN.length || size >= MAX_SIZE) {
      return;
    }
    try (var in = content.open()) {
      if (Arrays.equals(in.readNBytes(BEGIN.length), BEGIN)) {
        count++;
        if (listed.size() < MAX_LISTED) {
          listed.add(RawName.text(path));
        }
      }
    }
  }

  /** Returns a finding about all pointers; empty if there are none. */
  public Optional<String> finding() {
    if (count == 0) {
      return Optional.empty();
    }
    var summary =
        count == 1
            ? "1 file of the context is a Git LFS pointer, not the content that it refers to: "
            : count
                + " files of the context are Git LFS pointers, not the content that they refer to: ";
    return Optional.of(
        summary
            + String.join(", ", listed)
            + (count > MAX_LISTED ? ", …" : "")
            + "; for a git source, set spec.source.git.lfs: true; otherwise, download the content in the"
            + " Dockerfile, or build from a persistentVolumeClaim in which `git lfs pull` was run");
  }
}
