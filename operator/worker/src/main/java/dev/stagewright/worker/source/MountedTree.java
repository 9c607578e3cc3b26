package dev.stagewright.worker.source;

import dev.stagewright.layers.tar.RawName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A source in the volume of a ConfigMap.
 *
 * <p>Each key is a link to {@code ..data/<key>}, and {@code ..data} is a link to a directory with a
 * time in its name. Names that begin with two dots belong to the kubelet and are ignored; links are
 * followed.
 *
 * @param root the mount path of the volume
 */
public record MountedTree(Path root) implements SourceTree {
  private static final String KUBELET_PREFIX = "..";

  @Override
  public String description() {
    return "files of a ConfigMap";
  }

  @Override
  public Optional<String> revision() {
    return Optional.empty();
  }

  @Override
  public Instant modified() {
    return Instant.EPOCH;
  }

  @Override
  public Optional<SourceEntry> entry(String path) throws IOException {
    var file = root.resolve(RawName.text(path));
    return !path.startsWith(KUBELET_PREFIX) && Files.exists(file)
        ? Optional.of(read(file))
        : Optional.empty();
  }

  @Override
  public void walk(Visitor visitor) throws IOException {
    walk(root, visitor);
  }

  private void walk(Path directory, Visitor visitor) throws IOException {
    for (var file : sorted(directory)) {
      var entry = read(file);
      visitor.visit(entry);
      if (entry instanceof SourceEntry.Directory) {
        walk(file, visitor);
      }
    }
  }

  private static List<Path> sorted(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files
          .filter(file -> !file.getFileName().toString().startsWith(KUBELET_PREFIX))
          .sorted()
          .toList();
    }
  }

  private SourceEntry read(Path file) throws IOException {
    var path = RawName.of(root.relativize(file).toString());
    return Files.isDirectory(file)
        ? new SourceEntry.Directory(path)
        : new SourceEntry.File(path, false, Files.size(file), () -> Files.newInputStream(file));
  }

  @Override
  public void close() {}
}
