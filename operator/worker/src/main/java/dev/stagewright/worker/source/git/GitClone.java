package dev.stagewright.worker.source.git;

import dev.stagewright.worker.DirectoryTree;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;

/**
 * A local clone of one commit. Closing it deletes the clone.
 *
 * @param url the address of the repository
 * @param requested the requested revision; empty for the remote's HEAD
 * @param repository the local repository
 * @param directory the directory of the local repository
 * @param object the object that the revision refers to: a tag, or the commit
 * @param commit the commit of the revision
 * @param ref the full name of the branch or tag; empty for a commit
 */
record GitClone(
    GitUrl url,
    Optional<String> requested,
    Repository repository,
    DirectoryTree directory,
    RevObject object,
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
