package dev.stagewright.dockerfile.instruction;

import java.util.List;

/**
 * What COPY and ADD take from where to where.
 *
 * @param paths sources that are paths, wildcards or URLs
 * @param documents sources that are heredocs
 * @param destination where to
 */
public record SourcesAndDestination(
    List<String> paths, List<Heredoc> documents, String destination) {
  /** Copies the lists. */
  public SourcesAndDestination {
    paths = List.copyOf(paths);
    documents = List.copyOf(documents);
  }
}
