package dev.stagewright.controller.observe;

import dev.stagewright.controller.cluster.Cluster;
import java.util.Optional;

/** Reads the ends of Pods' logs. */
public record LogTails(Cluster cluster) {
  private static final int LINES = 200;

  /** The end of this Pod's log; empty if the log cannot be read. */
  public LogTail read(String namespace, String pod) {
    return LogTail.of(cluster.log(namespace, pod, Optional.of(LINES)).read().orElse(""));
  }
}
