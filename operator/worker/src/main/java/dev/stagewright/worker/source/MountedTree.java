package dev.stagewright.worker.source;

import dev.stagewright.layers.tar.RawName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A source that is a ConfigMap's volume.
 *
 * <p>Each key is a link to {@code ..data/<key>}, and {@code ..data} one to a folder with a time in
 * its name. Names that begin with two dots are the kubelet's own and left out; links are followed.
 *
 * @param root where the volume is mounted
 */
public record MountedTree(Path root) implements SourceTree {
  private static final String KUBELETS = "..";

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
    return !path.startsWith(KUBELETS) && Files.exists(file)
        ? Optional.of(read(file))
        : Optional.empty();
  }

  @Override
  public void walk(Visitor visitor) throws IOException {
    walk(root, visitor);
  }

  private void walk(Path folder, Visitor visitor) throws IOException {
    for (var file : sorted(folder)) {
      var entry = read(file);
      visitor.visit(entry);
      if (entry instanceof SourceEntry.Directory) {
        walk(file, visitor);
      }
    }
  }

  private static List<Path> sorted(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> !file.getFileName().toString().startsWith(KUBELETS))
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
