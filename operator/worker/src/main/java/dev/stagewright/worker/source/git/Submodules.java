package dev.stagewright.worker.source.git;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.worker.source.SourceTree;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.BlobBasedConfig;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ObjectId;

/** The submodules of a commit, each fetched when it is first looked at. */
final class Submodules implements Closeable {
  private static final String SECTION = "submodule";
  private static final int DEEPEST = 10;

  private final GitClone clone;
  private final GitServers servers;
  private final int depth;
  private final Map<String, SourceTree> opened = new HashMap<>();

  /**
   * Those of a commit.
   *
   * @param depth how many repositories the commit's own is inside of
   */
  Submodules(GitClone clone, GitServers servers, int depth) {
    this.clone = clone;
    this.servers = servers;
    this.depth = depth;
  }

  /**
   * The files of one.
   *
   * @param path in the whole repository
   * @param commit that belongs there
   * @throws BuildFailedException if {@code .gitmodules} has no URL for it, or it cannot be fetched
   */
  SourceTree open(String path, ObjectId commit) throws IOException {
    var known = opened.get(path);
    if (known != null) {
      return known;
    }
    if (depth == DEEPEST) {
      throw broken(path, "is nested too deep");
    }
    var address = SubmoduleUrl.resolve(clone.address(), url(path));
    var scratch = Path.of(clone.folder().path() + "." + opened.size());
    var fetched = servers.fetch(address, Optional.of(commit.name()), scratch, GitServers.Form.BARE);
    var tree = GitTree.root(fetched, servers, depth + 1);
    opened.put(path, tree);
    return tree;
  }

  private String url(String path) throws IOException {
    var config = config();
    return config.getSubsections(SECTION).stream()
        .filter(name -> path.equals(config.getString(SECTION, name, "path")))
        .flatMap(name -> Optional.ofNullable(config.getString(SECTION, name, "url")).stream())
        .findFirst()
        .orElseThrow(() -> broken(path, "has no url in .gitmodules"));
  }

  private Config config() throws IOException {
    try {
      return new BlobBasedConfig(null, clone.repository(), clone.commit(), ".gitmodules");
    } catch (FileNotFoundException _) {
      return new Config();
    } catch (ConfigInvalidException e) {
      throw new BuildFailedException(
          Failure.of(
              FailureReason.SourceNotFound,
              ".gitmodules of " + clone.url() + " is malformed: " + e.getMessage()),
          e);
    }
  }

  private BuildFailedException broken(String path, String how) {
    return new BuildFailedException(
        Failure.of(
            FailureReason.SourceNotFound,
            "the submodule " + path + " of " + clone.url() + " " + how));
  }

  @Override
  public void close() throws IOException {
    for (var tree : opened.values()) {
      tree.close();
    }
  }
}
