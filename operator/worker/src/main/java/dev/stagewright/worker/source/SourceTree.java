package dev.stagewright.worker.source;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** A fetched source. Nothing of it is held in memory but what a method returns. */
public interface SourceTree extends AutoCloseable {

  /** What it is, for people; without credentials. */
  String description();

  /** The commit, for git; empty for other sources. */
  Optional<String> revision();

  /** The branch that the user asked for, for git; empty for a tag, a commit and other sources. */
  default Optional<String> branch() {
    return Optional.empty();
  }

  /**
   * The modification time of every file that does not bring its own, so that equal sources give
   * equal layers.
   */
  Instant modified();

  /**
   * What lies at a path.
   *
   * @param path raw name, relative to the root, without {@code .} and {@code ..}
   */
  Optional<SourceEntry> entry(String path) throws IOException;

  /**
   * Whether the context has this path whatever an ignore file says.
   *
   * @param path as text, relative to the root
   */
  default boolean isAlwaysIncluded(String path) {
    return false;
  }

  /**
   * Learns, before it is walked through, what an ignore file keeps out of the context.
   *
   * @param excluded tells it of a path as text
   */
  default void exclude(Predicate<String> excluded) throws IOException {}

  /** Visits everything below the root, a directory before what it holds, in a stable order. */
  void walk(Visitor visitor) throws IOException;

  @Override
  void close() throws IOException;

  /** Sees one entry after the other. */
  @FunctionalInterface
  interface Visitor {
    /** Visits an entry. Its content may be read only during the call. */
    void visit(SourceEntry entry) throws IOException;
  }
}
