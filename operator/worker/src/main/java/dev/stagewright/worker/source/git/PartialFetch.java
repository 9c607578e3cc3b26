package dev.stagewright.worker.source.git;

import dev.stagewright.worker.source.git.GitFetch.Fetched;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.TransportConfigCallback;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.TransportException;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.transport.FilterSpec;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.PathFilterGroup;

/**
 * Fetches a commit with the files of one directory: first the commit without files, then the files.
 * The server must support partial clones.
 */
record PartialFetch(
    Git git, GitUrl url, ServerConnections connections, Duration timeout, GitFailures failures) {
  private static final String NO_FILES = "blob:none";

  /** Files that are read wherever the directory is. */
  private static final String[] OTHER_FILES = {".gitmodules", ".lfsconfig"};

  /**
   * Fetches a revision; empty if the server does not have it.
   *
   * @param directory the normalized path of the directory
   * @throws GitAPIException if the server does not support this, or the request fails
   */
  Optional<Fetched> fetch(Optional<String> revision, String directory)
      throws GitAPIException, IOException {
    TransportConfigCallback withoutFiles =
        transport -> {
          connections.configure(transport);
          transport.setFilterSpec(filter());
        };
    var fetched = new GitFetch(git, url, withoutFiles, timeout, failures).fetch(revision);
    if (fetched.isPresent()) {
      fetchFiles(missing(fetched.get().commit(), directory));
    }
    return fetched;
  }

  private static FilterSpec filter() {
    try {
      return FilterSpec.fromFilterLine(NO_FILES);
    } catch (PackProtocolException e) {
      throw new IllegalStateException(NO_FILES + " is not a filter", e);
    }
  }

  private Set<ObjectId> missing(RevCommit commit, String directory) throws IOException {
    var missing = new LinkedHashSet<ObjectId>();
    var repository = git.getRepository();
    try (var walk = new TreeWalk(repository)) {
      walk.addTree(commit.getTree());
      walk.setRecursive(true);
      walk.setFilter(PathFilterGroup.createFromStrings(directory, OTHER_FILES[0], OTHER_FILES[1]));
      while (walk.next()) {
        var id = walk.getObjectId(0);
        if (!walk.getFileMode().equals(FileMode.GITLINK)
            && !repository.getObjectDatabase().has(id)) {
          missing.add(id);
        }
      }
    }
    return missing;
  }

  private void fetchFiles(Set<ObjectId> files) throws GitAPIException, IOException {
    if (files.isEmpty()) {
      return;
    }
    // A server expects that who has a commit has its files.
    deleteRefs();
    var _ =
        git.fetch()
            .setRemote(url.address())
            .setRefSpecs(files.stream().map(id -> new RefSpec(id.name())).toList())
            .setTagOpt(TagOpt.NO_TAGS)
            .setTransportConfigCallback(connections)
            .setTimeout(Math.toIntExact(timeout.toSeconds()))
            .call();
    var objects = git.getRepository().getObjectDatabase();
    for (var file : files) {
      if (!objects.has(file)) {
        throw new TransportException("the server did not send the file " + file.name());
      }
    }
  }

  private void deleteRefs() throws IOException {
    var repository = git.getRepository();
    for (var ref : repository.getRefDatabase().getRefs()) {
      RefUpdate update = repository.updateRef(ref.getName());
      update.setForceUpdate(true);
      update.delete();
    }
  }
}
