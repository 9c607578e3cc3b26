package dev.stagewright.worker.source;

import dev.stagewright.protocol.FetchedSource;
import dev.stagewright.protocol.stream.SourceStreamHeader.StreamedDockerfile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** A fetched source. Entries are read on demand, not held in memory. */
public interface SourceTree extends AutoCloseable {

  /** Describes the source for users, without credentials. */
  String description();

  /** The commit, for git and artifacts that were made from git; empty for other sources. */
  Optional<String> revision();

  /** What was fetched, for archives and artifacts; empty for other sources. */
  default Optional<FetchedSource> origin() {
    return Optional.empty();
  }

  /** The requested branch, for git; empty for a tag, a commit and other sources. */
  default Optional<String> branch() {
    return Optional.empty();
  }

  /** Who signed the commit or tag, for git with verification; empty for other sources. */
  default Optional<String> signer() {
    return Optional.empty();
  }

  /**
   * The Dockerfile that the source has in addition to its files; empty if it is one of the files.
   */
  default Optional<StreamedDockerfile> dockerfile() {
    return Optional.empty();
  }

  /**
   * The modification time of files without a time of their own, so that equal sources result in
   * equal layers.
   */
  Instant modified();

  /**
   * Returns the entry at a path.
   *
   * @param path the raw path relative to the root, without {@code .} and {@code ..}
   */
  Optional<SourceEntry> entry(String path) throws IOException;

  /**
   * Whether the context contains a path even if an ignore file excludes it.
   *
   * @param path the path as text, relative to the root
   */
  default boolean isAlwaysIncluded(String path) {
    return false;
  }

  /**
   * Receives the exclusions of the ignore file before the source is walked.
   *
   * @param excluded whether a path, as text, is excluded
   */
  default void exclude(Predicate<String> excluded) throws IOException {}

  /** Whether all files can be moved to a build context, since they are stored in its form. */
  default boolean isMovable() {
    return false;
  }

  /**
   * Moves all files to the folder of a build context; they can still be read from the source.
   *
   * @throws UnsupportedOperationException unless {@link #isMovable}
   */
  default void moveTo(Path folder) throws IOException {
    throw new UnsupportedOperationException(description() + " cannot be moved to " + folder);
  }

  /** Visits all entries below the root in a stable order, directories before their contents. */
  void walk(Visitor visitor) throws IOException;

  @Override
  void close() throws IOException;

  /** A visitor of entries. */
  @FunctionalInterface
  interface Visitor {
    /** Visits an entry. Its content may be read only during the call. */
    void visit(SourceEntry entry) throws IOException;
  }
}
