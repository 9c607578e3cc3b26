package dev.stagewright.worker.source.git;

import dev.stagewright.worker.DirectoryTree;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * A local clone of one commit. Closing it deletes the clone.
 *
 * @param address the address of the repository, with credentials if the user wrote them there
 * @param url the address without credentials, for messages
 * @param requested the requested revision; empty for the remote's HEAD
 * @param repository the local repository
 * @param directory the directory of the local repository
 * @param commit the commit of the revision
 * @param ref the full name of the branch or tag; empty for a commit
 */
record GitClone(
    String address,
    String url,
    Optional<String> requested,
    Repository repository,
    DirectoryTree directory,
    RevCommit commit,
    Optional<String> ref)
    implements Closeable {
  /** The branch of the revision; empty for a tag or a commit. */
  Optional<String> branch() {
    return ref.filter(name -> name.startsWith(Constants.R_HEADS))
        .map(name -> name.substring(Constants.R_HEADS.length()));
  }

  @Override
  public void close() throws IOException {
    repository.close();
    directory.delete();
  }
}
