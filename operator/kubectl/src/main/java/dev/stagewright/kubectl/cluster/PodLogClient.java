package dev.stagewright.kubectl.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

/** Opens the logs of Pods. */
public interface PodLogClient {

  /**
   * Opens the log of a container; each line begins with its timestamp.
   *
   * @param follow whether the stream lasts until the container terminates
   * @param since timestamp of the first line, rounded down to a second; empty for the whole log
   * @return empty if the container has no log or the Pod does not exist
   * @throws IOException if the log cannot be read at the moment
   * @throws ClusterException if the user is not allowed to read the log
   */
  Optional<InputStream> open(ContainerName container, boolean follow, Optional<Instant> since)
      throws IOException, ClusterException;
}
