package dev.stagewright.worker.source.git;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.worker.source.SourceEntry;
import dev.stagewright.worker.source.SourceTree;
import dev.stagewright.worker.source.git.lfs.LfsObjects;
import dev.stagewright.worker.source.git.lfs.LfsPointer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;

/** The tree of a commit, read from the objects of a clone, including submodules. */
final class GitTree implements SourceTree {
  /** The longest link target in Linux. */
  private static final int MAX_LINK = 4096;

  private final GitClone clone;
  private final String directory;
  private final ObjectId root;
  private final Submodules submodules;
  private final Optional<LfsObjects> lfs;
  private final ObjectReader objects;

  private GitTree(GitClone clone, String directory, ObjectId root, GitServers servers, int depth)
      throws IOException {
    this.clone = clone;
    this.directory = directory;
    this.root = root;
    this.submodules = new Submodules(clone, servers, depth);
    this.lfs = servers.lfsObjects(clone);
    this.objects = clone.repository().newObjectReader();
  }

  /**
   * Opens the tree of a commit, or a directory of it. Closing it deletes the clone.
   *
   * @param directory empty for the whole tree
   * @throws BuildFailedException if the commit does not have the directory
   */
  static SourceTree open(GitClone clone, Optional<String> directory, GitServers servers)
      throws IOException {
    var path = directory.map(GitTree::normalize).orElse("");
    if (path.isEmpty()) {
      return root(clone, servers, 0);
    }
    var tree = clone.commit().getTree();
    try (var found = TreeWalk.forPath(clone.repository(), path, tree)) {
      if (found != null && found.getFileMode().equals(FileMode.TREE)) {
        return new GitTree(clone, path + "/", found.getObjectId(0), servers, 0);
      }
    }
    clone.close();
    throw new BuildFailedException(
        Failure.of(
            FailureReason.SourceNotFound,
            "there is no directory "
                + path
                + " in "
                + clone.url()
                + clone.requested().map(revision -> " at " + revision).orElse("")));
  }

  /** Opens the whole tree of a commit. */
  static SourceTree root(GitClone clone, GitServers servers, int depth) throws IOException {
    return new GitTree(clone, "", clone.commit().getTree(), servers, depth);
  }

  /** Normalizes a path for JGit: no leading or trailing slash, no dots. */
  static String normalize(String directory) {
    return Arrays.stream(directory.split("/"))
        .filter(part -> !part.isEmpty() && !part.equals("."))
        .collect(Collectors.joining("/"));
  }

  @Override
  public String description() {
    return "git " + clone.url();
  }

  @Override
  public Optional<String> revision() {
    return Optional.of(clone.commit().name());
  }

  @Override
  public Optional<String> branch() {
    return clone.branch();
  }

  /** The time of the commit. */
  @Override
  public Instant modified() {
    return Instant.ofEpochSecond(clone.commit().getCommitTime());
  }

  @Override
  public Optional<SourceEntry> entry(String path) throws IOException {
    try (var found = TreeWalk.forPath(objects, RawName.text(path), root)) {
      if (found != null) {
        return Optional.of(entry(found));
      }
    }
    return inSubmodule(path);
  }

  private Optional<SourceEntry> inSubmodule(String path) throws IOException {
    for (var slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      var parent = path.substring(0, slash);
      try (var found = TreeWalk.forPath(objects, RawName.text(parent), root)) {
        if (found == null) {
          return Optional.empty();
        }
        if (isSubmodule(found)) {
          return submodule(found)
              .entry(path.substring(slash + 1))
              .map(entry -> entry.below(parent));
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public void walk(Visitor visitor) throws IOException {
    if (lfs.isPresent()) {
      expectPointers(lfs.get());
    }
    try (var walk = new TreeWalk(clone.repository(), objects)) {
      walk.addTree(root);
      walk.setRecursive(false);
      while (walk.next()) {
        var entry = entry(walk);
        visitor.visit(entry);
        if (walk.isSubtree()) {
          walk.enterSubtree();
        } else if (isSubmodule(walk)) {
          submodule(walk).walk(inside -> visitor.visit(inside.below(entry.path())));
        }
      }
    }
  }

  private void expectPointers(LfsObjects contents) throws IOException {
    try (var walk = new TreeWalk(clone.repository(), objects)) {
      walk.addTree(root);
      walk.setRecursive(true);
      while (walk.next()) {
        if (isFile(walk)) {
          pointer(walk.getObjectId(0)).ifPresent(contents::expect);
        }
      }
    }
  }

  private static boolean isFile(TreeWalk at) {
    return (at.getFileMode().getBits() & FileMode.TYPE_MASK) == FileMode.TYPE_FILE;
  }

  /** Reads a file that may be a pointer of Git LFS. */
  private Optional<LfsPointer> pointer(ObjectId file) throws IOException {
    return lfs.isPresent() && objects.getObjectSize(file, ObjectReader.OBJ_ANY) < LfsPointer.LIMIT
        ? LfsPointer.parse(objects.open(file).getCachedBytes(LfsPointer.LIMIT))
        : Optional.empty();
  }

  private static boolean isSubmodule(TreeWalk at) {
    return at.getFileMode().equals(FileMode.GITLINK);
  }

  private SourceTree submodule(TreeWalk at) throws IOException {
    return submodules.open(directory + at.getPathString(), at.getObjectId(0));
  }

  private SourceEntry entry(TreeWalk at) throws IOException {
    var path = new String(at.getRawPath(), StandardCharsets.ISO_8859_1);
    if (Arrays.stream(path.split("/", -1)).anyMatch(GitTree::isForbidden)) {
      throw new BuildFailedException(
          Failure.of(
              FailureReason.SourceInvalid,
              "the commit %s of %s has a file with the name %s, which git does not allow"
                  .formatted(clone.commit().name(), clone.url(), RawName.text(path))));
    }
    var id = at.getObjectId(0);
    return switch (at.getFileMode().getBits() & FileMode.TYPE_MASK) {
      case FileMode.TYPE_TREE, FileMode.TYPE_GITLINK -> new SourceEntry.Directory(path);
      case FileMode.TYPE_SYMLINK ->
          new SourceEntry.Link(
              path,
              new String(objects.open(id).getCachedBytes(MAX_LINK), StandardCharsets.ISO_8859_1));
      default -> file(path, at.getFileMode().equals(FileMode.EXECUTABLE_FILE), id);
    };
  }

  /** A server can send such names, which lead out of the directory or replace that of git. */
  private static boolean isForbidden(String name) {
    return name.isEmpty() || name.equals(".") || name.equals("..") || name.equalsIgnoreCase(".git");
  }

  private SourceEntry file(String path, boolean executable, ObjectId id) throws IOException {
    var pointer = pointer(id);
    if (pointer.isEmpty()) {
      return new SourceEntry.File(
          path,
          executable,
          objects.getObjectSize(id, ObjectReader.OBJ_ANY),
          () -> objects.open(id).openStream());
    }
    return new SourceEntry.File(
        path,
        executable,
        pointer.get().size(),
        () -> lfs.orElseThrow().open(pointer.get(), directory + RawName.text(path)));
  }

  @Override
  public void close() throws IOException {
    submodules.close();
    lfs.ifPresent(LfsObjects::close);
    objects.close();
    clone.close();
  }
}
