package dev.stagewright.dockerfile.instruction;

import java.util.List;

/**
 * The sources and the destination of COPY or ADD.
 *
 * @param paths sources that are paths, wildcards or URLs
 * @param documents sources that are heredocs
 * @param destination the destination
 */
public record SourcesAndDestination(
    List<String> paths, List<Heredoc> documents, String destination) {
  /** Copies the lists. */
  public SourcesAndDestination {
    paths = List.copyOf(paths);
    documents = List.copyOf(documents);
  }
}
