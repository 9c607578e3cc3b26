package dev.stagewright.worker.source.git;

import dev.stagewright.worker.DirectoryTree;
import dev.stagewright.worker.source.git.GitFetch.Fetched;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.Repository;

/**
 * Downloads one commit to a new repository.
 *
 * @param url the address of the repository
 * @param revision a branch, tag or commit; empty for the remote's HEAD
 * @param directory the directory of the new repository
 * @param form the purpose of the new repository
 * @param connections the connections to the server
 * @param timeout the timeout of each wait for data
 * @param failures translates failures
 */
record GitDownload(
    GitUrl url,
    Optional<String> revision,
    DirectoryTree directory,
    GitServers.Form form,
    ServerConnections connections,
    Duration timeout,
    GitFailures failures) {

  /** Downloads all files of the commit; empty if the server does not have the revision. */
  Optional<GitClone> whole() throws GitAPIException, IOException {
    var git = init();
    return cloned(git, new GitFetch(git, url, connections, timeout, failures).fetch(revision));
  }

  /**
   * Downloads the files of one directory of the commit, or all files if the server does not support
   * this.
   *
   * @param path the normalized path of the directory
   */
  Optional<GitClone> directoryOnly(String path) throws GitAPIException, IOException {
    var git = init();
    try {
      var partial = new PartialFetch(git, url, connections, timeout, failures);
      return cloned(git, partial.fetch(revision, path));
    } catch (GitAPIException e) {
      git.getRepository().close();
      if (failures.classify(e).isPresent()) {
        throw e;
      }
      return whole();
    }
  }

  private Optional<GitClone> cloned(Git git, Optional<Fetched> result) {
    return result.map(fetched ->
        new GitClone(
            url,
            revision,
            git.getRepository(),
            directory,
            fetched.object(),
            fetched.commit(),
            fetched.ref()));
  }

  private Git init() throws GitAPIException, IOException {
    directory.createEmpty();
    var git =
        Git.init()
            .setBare(form == GitServers.Form.BARE)
            .setDirectory(directory.path().toFile())
            .call();
    disableGarbageCollection(git.getRepository());
    return git;
  }

  /** Disables garbage collection, which a short-lived repository does not need. */
  private static void disableGarbageCollection(Repository repository) throws IOException {
    var config = repository.getConfig();
    config.setInt("gc", null, "auto", 0);
    config.setBoolean("gc", null, "autoDetach", false);
    config.save();
  }
}
