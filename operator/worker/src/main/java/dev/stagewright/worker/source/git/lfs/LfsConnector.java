package dev.stagewright.worker.source.git.lfs;

import java.io.IOException;

/** Connects to the Git LFS server of a repository. */
@FunctionalInterface
public interface LfsConnector {
  /**
   * Connects to the server.
   *
   * @throws dev.stagewright.protocol.BuildFailedException if the server is not trusted or rejects
   *     the credentials
   */
  LfsConnection connect() throws IOException;
}
