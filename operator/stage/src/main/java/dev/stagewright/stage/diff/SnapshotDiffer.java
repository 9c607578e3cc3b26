package dev.stagewright.stage.diff;

import dev.stagewright.layers.tar.TarWriter;
import dev.stagewright.protocol.Mounts;
import dev.stagewright.stage.details.LayerDetails;
import dev.stagewright.stage.linux.Clock;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.RootedPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the changes in a root between two moments. */
public final class SnapshotDiffer {
  private final RootFileSystem root;
  private final Exclusions excluded;
  private final String start;
  private final PreviousState previousState;
  private final Clock clock = new Clock();

  private final Optional<Path> folder;

  private FileIndex last;

  private SnapshotDiffer(
      RootFileSystem root,
      Exclusions excluded,
      String start,
      Optional<RootFileSystem> base,
      Optional<Path> folder) {
    this.root = root;
    this.excluded = excluded;
    this.start = start;
    this.previousState = new PreviousState(root, base);
    this.folder = folder;
    this.last = FileIndex.create(folder);
  }

  /**
   * Takes the current files as the initial state.
   *
   * @param base a copy of the files that does not change; without it, a file that was only touched
   *     counts as changed until it is part of a layer
   */
  public static SnapshotDiffer begin(
      RootFileSystem root, Exclusions excluded, Optional<RootFileSystem> base) throws IOException {
    return begin(new SnapshotDiffer(root, excluded, "", base, scratch(root)));
  }

  /**
   * Takes the current files as the initial state. A file that was only touched counts as changed
   * until {@link #skipChanges} has read it or it is part of a layer.
   *
   * @param folder directory outside the root for large indexes
   */
  public static SnapshotDiffer begin(RootFileSystem root, Path folder) throws IOException {
    return begin(
        new SnapshotDiffer(
            root, Exclusions.of(List.of()), "", Optional.empty(), Optional.of(folder)));
  }

  /**
   * Takes the current content of a directory of the root as the initial state. All touched files
   * count as changed.
   */
  public static SnapshotDiffer begin(RootFileSystem root, Exclusions excluded, String directory)
      throws IOException {
    return begin(new SnapshotDiffer(root, excluded, directory, Optional.empty(), scratch(root)));
  }

  /** A directory of Stagewright that is not part of any layer; it exists only in a Pod. */
  private static Optional<Path> scratch(RootFileSystem root) {
    return Optional.of(root.directory().resolve(RootedPath.clean(Mounts.SCRATCH)))
        .filter(Files::isDirectory);
  }

  private static SnapshotDiffer begin(SnapshotDiffer snapshots) throws IOException {
    snapshots.take(Optional.empty(), ChangeSink.NONE, Set.of());
    return snapshots;
  }

  /**
   * Writes the changes since the last call or the initial state. No other process may change files
   * meanwhile.
   *
   * @param details receives details that the layer lacks
   * @param hidden raw paths that were hidden; differences at or below them are ignored
   */
  public void writeChanges(TarWriter layer, LayerDetails details, Set<String> hidden)
      throws IOException {
    var sink = new LayerSink(root, layer, details);
    take(Optional.of(last), sink, hidden);
    sink.finish();
  }

  /** Makes the changes since the last call a part of the initial state. */
  public void skipChanges() throws IOException {
    take(Optional.of(last), new FingerprintSink(root), Set.of());
  }

  /** Reports the changes since the last call or the initial state. */
  public void reportChanges(ChangeSink sink) throws IOException {
    take(Optional.of(last), sink, Set.of());
  }

  private void take(Optional<FileIndex> before, ChangeSink sink, Set<String> hidden)
      throws IOException {
    var walk = new TreeWalk(root, excluded, before, previousState, sink, hidden, folder);
    last = walk.walk(start);
    clock.waitUntilAfter(walk.newestSeconds(), walk.newestNanos());
  }
}
