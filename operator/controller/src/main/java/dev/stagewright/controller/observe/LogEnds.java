package dev.stagewright.controller.observe;

import dev.stagewright.controller.cluster.Cluster;
import java.util.Optional;

/** Reads the ends of logs. */
public record LogEnds(Cluster cluster) {
  private static final int LINES = 200;

  /** What the end of this Pod's log says; nothing where there is no log. */
  public LogFacts read(String namespace, String pod) {
    return LogFacts.of(cluster.log(namespace, pod, Optional.of(LINES)).read().orElse(""));
  }
}
