package dev.stagewright.worker.source.git;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.BlobBasedConfig;
import org.eclipse.jgit.lib.Config;

/**
 * A file of a commit in the format of git's configuration.
 *
 * @param source the clone of the commit
 * @param path the path of the file, for example {@code .gitmodules}
 */
record CommitConfig(GitClone source, String path) {

  /**
   * Reads the file; a missing file is empty.
   *
   * @throws BuildFailedException if the file is malformed
   */
  Config read() throws IOException {
    try {
      return new BlobBasedConfig(null, source.repository(), source.commit(), path);
    } catch (FileNotFoundException _) {
      return new Config();
    } catch (ConfigInvalidException e) {
      throw new BuildFailedException(
          Failure.of(
              FailureReason.SourceNotFound,
              path + " of " + source.url() + " is malformed: " + e.getMessage()),
          e);
    }
  }
}
