package dev.stagewright.worker.source.archive;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.FetchedSource;
import dev.stagewright.worker.DirectoryTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Opens a fetched archive as a source.
 *
 * @param scratch the existing directory of the archive; deleted when the tree is closed
 * @param limits of the archive
 */
record ArchiveOpener(Path scratch, ArchiveLimits limits) {
  private static final int MAX_LISTED = 5;

  /**
   * A fetched archive.
   *
   * @param description for users
   * @param field the field of the spec with the source
   * @param fetched what was fetched
   * @param directory the root of the source; empty for the whole archive
   * @param strip number of leading path components to remove
   */
  record Archive(
      String description,
      String field,
      FetchedSource fetched,
      Optional<String> directory,
      int strip) {}

  /** Opens an archive file, which is deleted. */
  ArchiveTree open(Archive archive, Path file) throws IOException {
    var indexer = new ArchiveIndexer(archive.strip(), limits);
    return open(archive, () -> indexer.write(file, scratch), List.of(file));
  }

  /** Opens the layers of an image, lowest first, which are deleted. */
  ArchiveTree openImage(Archive archive, List<Path> layers) throws IOException {
    var indexer = new ImageIndexer(limits);
    return open(archive, () -> indexer.write(layers, scratch), layers);
  }

  /** Writes the files of an archive. */
  @FunctionalInterface
  private interface Indexing {
    ArchiveFiles write() throws IOException, ArchiveException;
  }

  private ArchiveTree open(Archive archive, Indexing indexing, List<Path> fetched)
      throws IOException {
    try {
      var files = indexing.write();
      for (var file : fetched) {
        Files.delete(file);
      }
      var root = archive.directory().map(ArchiveOpener::normalized).orElse("");
      checkDirectory(archive, files, root);
      return new ArchiveTree(
          archive.description(), archive.fetched(), files, root, new DirectoryTree(scratch));
    } catch (ArchiveException e) {
      throw new BuildFailedException(
          Failure.of(
              FailureReason.SourceInvalid,
              "%s: the %s cannot be used: %s"
                  .formatted(archive.field(), archive.description(), subject(e))),
          e);
    }
  }

  /** The messages about the whole archive begin with a verb. */
  private static String subject(ArchiveException e) {
    var message = String.valueOf(e.getMessage());
    return message.startsWith("the entry ") ? message : "it " + message;
  }

  private static String normalized(String directory) {
    return RawName.of(
        Arrays.stream(directory.split("/"))
            .filter(part -> !part.isEmpty() && !part.equals("."))
            .collect(Collectors.joining("/")));
  }

  private static void checkDirectory(Archive archive, ArchiveFiles files, String root)
      throws IOException {
    if (files.tar().children(root).isEmpty()) {
      var entry = root.isEmpty() ? Optional.<TarEntry>empty() : files.tar().entry(root);
      if (entry.filter(it -> it.type() == TarEntry.Type.DIRECTORY).isPresent()) {
        return;
      }
      throw missing(archive, files.tar().children(""), entry.isPresent());
    }
  }

  private static BuildFailedException missing(Archive archive, List<String> top, boolean isOther) {
    var names =
        top.stream().limit(MAX_LISTED).map(RawName::text).collect(Collectors.joining(", "))
            + (top.size() > MAX_LISTED ? ", …" : "");
    var problem =
        archive
            .directory()
            .map(directory ->
                isOther
                    ? "%s is not a directory of the %s".formatted(directory, archive.description())
                    : "the %s has no directory %s; at its top level, it has %s"
                        .formatted(archive.description(), directory, names))
            .orElseGet(() ->
                archive.strip() == 0
                    ? "the %s has no files".formatted(archive.description())
                    : "the %s has no files with more than %d path components"
                        .formatted(archive.description(), archive.strip()));
    return new BuildFailedException(
        Failure.of(FailureReason.SourceNotFound, archive.field() + ": " + problem));
  }
}
