package dev.stagewright.kubectl.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

/** Where logs of Pods are read. */
public interface LogSource {

  /**
   * Opens a Pod's log; each line begins with its time.
   *
   * @param follow whether it lasts until the container ends
   * @param since the time of the first line that is wanted, rounded down to a second; empty for all
   * @return empty where the Pod has no log, or none any more
   * @throws IOException if it cannot be had at the moment
   * @throws ClusterException if the user may not read it
   */
  Optional<InputStream> open(String pod, boolean follow, Optional<Instant> since)
      throws IOException, ClusterException;
}
