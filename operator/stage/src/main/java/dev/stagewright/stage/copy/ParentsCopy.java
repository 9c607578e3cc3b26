package dev.stagewright.stage.copy;

import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.stage.files.FileCreator;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.RootedPath;
import java.io.IOException;
import java.io.InputStream;

/** Copies with {@code --parents}, which keeps the parent directories of a source. */
final class ParentsCopy {
  private final CopySourceTree tree;
  private final Placement placement;
  private final TreeCopier copier;
  private final CopyRules rules;
  private final FileCreator creator;

  ParentsCopy(
      CopySourceTree tree,
      Placement placement,
      TreeCopier copier,
      CopyRules rules,
      RootFileSystem files) {
    this.tree = tree;
    this.placement = placement;
    this.copier = copier;
    this.rules = rules;
    this.creator = new FileCreator(files);
  }

  void copy(SourceMatch match, CopyDestination destination) throws IOException, CopyException {
    var target = destination.asDirectory();
    var whole = match.entry().name();
    var base = RootedPath.clean(whole.substring(0, whole.length() - match.below().length()));
    parents(base, RootedPath.parent(match.below()), target);
    copier.copy(match.entry(), match.below(), RootedPath.join(target, match.below()));
    var directory = tree.entry(base);
    if (directory.isPresent()) {
      copier.adoptTime(directory.get(), target);
    }
  }

  /** Creates missing parent directories with the metadata of those in the source. */
  private void parents(String base, String below, String target) throws IOException, CopyException {
    if (below.isEmpty()) {
      return;
    }
    parents(base, RootedPath.parent(below), target);
    var path = RootedPath.join(target, below);
    var source = RootedPath.join(base, below);
    if (!placement.makeRoomForDirectory(path)) {
      var entry = tree.entry(source).orElseGet(() -> TarEntry.directory(source));
      creator.create(path, rules.apply(entry), InputStream.nullInputStream());
    }
  }
}
