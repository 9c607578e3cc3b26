package dev.stagewright.worker.source.git;

import dev.stagewright.worker.DirectoryTree;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * One commit of a server's repository, brought here. Closing it removes it.
 *
 * @param address where it came from, with credentials if the user wrote them there
 * @param url the same without, for messages
 * @param asked the revision that was asked for; empty for the remote's HEAD
 * @param repository what came
 * @param folder that the repository lies in
 * @param commit that the revision stands for
 * @param ref full name of the branch or tag that the revision names; empty for a commit
 */
record GitClone(
    String address,
    String url,
    Optional<String> asked,
    Repository repository,
    DirectoryTree folder,
    RevCommit commit,
    Optional<String> ref)
    implements Closeable {
  /** The branch that the revision names; empty for a tag or a commit. */
  Optional<String> branch() {
    return ref.filter(name -> name.startsWith(Constants.R_HEADS))
        .map(name -> name.substring(Constants.R_HEADS.length()));
  }

  @Override
  public void close() throws IOException {
    repository.close();
    folder.delete();
  }
}
