package dev.stagewright.worker.plan;

import dev.stagewright.dockerfile.eval.AddSource;
import java.util.List;

/**
 * What all stages add from elsewhere.
 *
 * @param all each source once
 */
record RemoteSources(List<RemoteSource> all) {

  /** The id of a source, by which the workspace knows it. */
  String id(AddSource source) {
    return all.stream()
        .filter(addition -> addition.source().equals(source))
        .findFirst()
        .orElseThrow()
        .id();
  }
}
