package dev.stagewright.worker.source.git;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.worker.FolderTree;
import dev.stagewright.worker.source.SourceEntry;
import dev.stagewright.worker.source.SourceTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.TreeWalk;

/** The tree of a commit, read from the objects of a bare repository. */
final class GitTree implements SourceTree {
  /** As long as Linux lets a link be. */
  private static final int MAX_LINK = 4096;

  private final String url;
  private final Repository repository;
  private final FolderTree folder;
  private final ObjectReader objects;
  private final RevCommit commit;
  private final ObjectId root;

  private GitTree(
      String url, Repository repository, FolderTree folder, RevCommit commit, ObjectId root) {
    this.url = url;
    this.repository = repository;
    this.folder = folder;
    this.objects = repository.newObjectReader();
    this.commit = commit;
    this.root = root;
  }

  /**
   * Shows a commit's tree, or a folder of it. Closing it removes the repository.
   *
   * @return empty where the commit has no such folder
   */
  static Optional<SourceTree> open(
      String url,
      Repository repository,
      FolderTree folder,
      RevCommit commit,
      Optional<String> directory)
      throws IOException {
    var path = directory.map(GitTree::clean).orElse("");
    if (path.isEmpty()) {
      return Optional.of(new GitTree(url, repository, folder, commit, commit.getTree()));
    }
    try (var found = TreeWalk.forPath(repository, path, commit.getTree())) {
      return found == null || !found.getFileMode().equals(FileMode.TREE)
          ? Optional.empty()
          : Optional.of(new GitTree(url, repository, folder, commit, found.getObjectId(0)));
    }
  }

  /** JGit wants no slash at either end and no dots. */
  private static String clean(String directory) {
    return Arrays.stream(directory.split("/"))
        .filter(part -> !part.isEmpty() && !part.equals("."))
        .collect(Collectors.joining("/"));
  }

  @Override
  public String description() {
    return "git " + url;
  }

  @Override
  public Optional<String> revision() {
    return Optional.of(commit.name());
  }

  /** When the commit was made. */
  @Override
  public Instant modified() {
    return Instant.ofEpochSecond(commit.getCommitTime());
  }

  @Override
  public Optional<SourceEntry> entry(String path) throws IOException {
    try (var found = TreeWalk.forPath(objects, RawName.text(path), root)) {
      return found == null ? Optional.empty() : Optional.of(entry(found));
    }
  }

  @Override
  public void walk(Visitor visitor) throws IOException {
    try (var walk = new TreeWalk(repository, objects)) {
      walk.addTree(root);
      walk.setRecursive(false);
      while (walk.next()) {
        visitor.visit(entry(walk));
        if (walk.isSubtree()) {
          walk.enterSubtree();
        }
      }
    }
  }

  private SourceEntry entry(TreeWalk at) throws IOException {
    var path = new String(at.getRawPath(), StandardCharsets.ISO_8859_1);
    var id = at.getObjectId(0);
    return switch (at.getFileMode().getBits() & FileMode.TYPE_MASK) {
      // A submodule is an empty folder until someone fetches it, for git too.
      case FileMode.TYPE_TREE, FileMode.TYPE_GITLINK -> new SourceEntry.Directory(path);
      case FileMode.TYPE_SYMLINK ->
          new SourceEntry.Link(
              path,
              new String(objects.open(id).getCachedBytes(MAX_LINK), StandardCharsets.ISO_8859_1));
      default ->
          new SourceEntry.File(
              path,
              at.getFileMode().equals(FileMode.EXECUTABLE_FILE),
              objects.getObjectSize(id, ObjectReader.OBJ_ANY),
              () -> objects.open(id).openStream());
    };
  }

  @Override
  public void close() throws IOException {
    objects.close();
    repository.close();
    folder.delete();
  }
}
