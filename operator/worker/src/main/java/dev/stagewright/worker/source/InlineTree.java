package dev.stagewright.worker.source;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A source whose files are part of the ImageBuild. */
public final class InlineTree implements SourceTree {
  private static final List<String> INVALID_PARTS = List.of("", ".", "..");

  private final SortedMap<String, SourceEntry> entries = new TreeMap<>();

  /**
   * Creates a source from files by path. Directories are derived from the paths.
   *
   * @throws BuildFailedException if a path is not a clean relative path, or is both file and
   *     directory
   */
  public InlineTree(Map<String, String> files) {
    files.forEach(this::add);
  }

  /**
   * Creates a source from files by path and a Dockerfile, which replaces a file of the same path.
   *
   * @param dockerfile the path of the Dockerfile
   * @param text the content of the Dockerfile
   * @throws BuildFailedException if a path is not a clean relative path, or is both file and
   *     directory
   */
  static InlineTree of(Map<String, String> files, String dockerfile, String text) {
    var others = new TreeMap<>(files);
    others.remove(dockerfile);
    var tree = new InlineTree(others);
    tree.addDockerfile(dockerfile, text);
    return tree;
  }

  private void addDockerfile(String path, String text) {
    var raw = RawName.of(path);
    var conflict =
        Stream.iterate(raw, at -> !at.isEmpty(), InlineTree::parent)
            .filter(at ->
                at.equals(raw)
                    ? entries.containsKey(at)
                    : entries.get(at) instanceof SourceEntry.File)
            .findFirst();
    if (conflict.isPresent()) {
      throw invalid(
          "spec.dockerfile: \""
              + path
              + "\" requires "
              + RawName.text(conflict.get())
              + " to be a "
              + (conflict.get().equals(raw) ? "file" : "directory")
              + ", but spec.source.inline.files makes it a "
              + (conflict.get().equals(raw) ? "directory" : "file"));
    }
    add(path, text);
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  private void add(String name, String text) {
    if (Arrays.stream(name.split("/", -1)).anyMatch(INVALID_PARTS::contains)) {
      throw invalid(
          "spec.source.inline.files: \""
              + name
              + "\" is not the path of a file: write it relative to the root of the source, without"
              + " empty, . and .. elements, such as src/hello.c");
    }
    var path = RawName.of(name);
    for (var slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      var directory = path.substring(0, slash);
      put(new SourceEntry.Directory(directory), name);
    }
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    put(
        new SourceEntry.File(path, false, bytes.length, () -> new ByteArrayInputStream(bytes)),
        name);
  }

  private void put(SourceEntry entry, String name) {
    var existing = entries.putIfAbsent(entry.path(), entry);
    if (existing != null && !existing.getClass().equals(entry.getClass())) {
      throw invalid(
          "spec.source.inline.files: \""
              + name
              + "\" requires "
              + RawName.text(entry.path())
              + " to be both a file and a directory");
    }
  }

  private static BuildFailedException invalid(String message) {
    return new BuildFailedException(Failure.of(FailureReason.InvalidRequest, message));
  }

  @Override
  public String description() {
    return "inline files";
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
  public Optional<SourceEntry> entry(String path) {
    return Optional.ofNullable(entries.get(path));
  }

  @Override
  public void walk(Visitor visitor) throws IOException {
    for (var entry : entries.values()) {
      visitor.visit(entry);
    }
  }

  @Override
  public void close() {}
}
