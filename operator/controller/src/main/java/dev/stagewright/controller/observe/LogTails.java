package dev.stagewright.controller.observe;

import dev.stagewright.controller.cluster.Cluster;
import java.util.Optional;

/** Reads the ends of logs. */
public record LogTails(Cluster cluster) {
  private static final int LINES = 200;

  /** What the end of this Pod's log says; nothing where there is no log. */
  public LogTail read(String namespace, String pod) {
    return LogTail.of(cluster.log(namespace, pod, Optional.of(LINES)).read().orElse(""));
  }
}
