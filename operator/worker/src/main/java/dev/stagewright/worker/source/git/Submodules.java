package dev.stagewright.worker.source.git;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.worker.source.SourceTree;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/** The submodules of a commit. Each is fetched on first access. */
final class Submodules implements Closeable {
  private static final String SECTION = "submodule";
  private static final int MAX_DEPTH = 10;

  private final GitClone clone;
  private final GitServers servers;
  private final int depth;
  private final Map<String, SourceTree> opened = new HashMap<>();

  /**
   * Creates the submodules of a commit.
   *
   * @param depth the nesting depth of the commit's repository
   */
  Submodules(GitClone clone, GitServers servers, int depth) {
    this.clone = clone;
    this.servers = servers;
    this.depth = depth;
  }

  /**
   * Opens the files of a submodule.
   *
   * @param path the path in the whole repository
   * @param commit the commit of the submodule
   * @throws BuildFailedException if {@code .gitmodules} has no URL for the submodule, or it cannot
   *     be fetched
   */
  SourceTree open(String path, ObjectId commit) throws IOException {
    var existing = opened.get(path);
    if (existing != null) {
      return existing;
    }
    if (depth == MAX_DEPTH) {
      throw invalid(path, "is nested too deeply");
    }
    var address = SubmoduleUrl.resolve(clone.url().address(), url(path));
    var scratch = Path.of(clone.directory().path() + "." + opened.size());
    var fetched =
        servers.fetch(
            address, Optional.of(commit.name()), Optional.empty(), scratch, GitServers.Form.BARE);
    var tree = GitTree.root(fetched, servers, depth + 1);
    opened.put(path, tree);
    return tree;
  }

  private String url(String path) throws IOException {
    var config = new CommitConfig(clone, ".gitmodules").read();
    return config.getSubsections(SECTION).stream()
        .filter(name -> path.equals(config.getString(SECTION, name, "path")))
        .flatMap(name -> Optional.ofNullable(config.getString(SECTION, name, "url")).stream())
        .findFirst()
        .orElseThrow(() -> invalid(path, "has no url in .gitmodules"));
  }

  private BuildFailedException invalid(String path, String problem) {
    return new BuildFailedException(
        Failure.of(
            FailureReason.SourceNotFound,
            "the submodule " + path + " of " + clone.url() + " " + problem));
  }

  @Override
  public void close() throws IOException {
    for (var tree : opened.values()) {
      tree.close();
    }
  }
}
