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
import java.util.Optional;
import java.util.Set;

/** Finds what changed in a root from one moment to the next. */
public final class SnapshotDiffer {
  private final RootFileSystem root;
  private final Exclusions excluded;
  private final String start;
  private final PreviousState earlier;
  private final Clock clock = new Clock();

  /** Ours, and in no layer; where there is none this is no Pod. */
  private final Optional<Path> folder;

  private FileIndex last;

  private SnapshotDiffer(
      RootFileSystem root, Exclusions excluded, String start, Optional<RootFileSystem> base) {
    this.root = root;
    this.excluded = excluded;
    this.start = start;
    this.earlier = new PreviousState(root, base);
    this.folder =
        Optional.of(root.directory().resolve(RootedPath.clean(Mounts.SCRATCH)))
            .filter(Files::isDirectory);
    this.last = FileIndex.create(folder);
  }

  /**
   * Takes the files as they are for the beginning.
   *
   * @param base the same files once more, which nobody changes; without it a file that was touched
   *     and is as it was counts as changed until a layer has it
   */
  public static SnapshotDiffer begin(
      RootFileSystem root, Exclusions excluded, Optional<RootFileSystem> base) throws IOException {
    return begin(new SnapshotDiffer(root, excluded, "", base));
  }

  /** The same for what one directory of the root holds, all touched files being changed ones. */
  public static SnapshotDiffer begin(RootFileSystem root, Exclusions excluded, String directory)
      throws IOException {
    return begin(new SnapshotDiffer(root, excluded, directory, Optional.empty()));
  }

  private static SnapshotDiffer begin(SnapshotDiffer snapshots) throws IOException {
    snapshots.take(Optional.empty(), ChangeSink.NONE, Set.of());
    return snapshots;
  }

  /**
   * Writes what changed since the last call, or the beginning; nothing must be changing files
   * meanwhile.
   *
   * @param details takes what the layer cannot hold
   * @param hidden raw paths that were out of sight: whatever differs there, or below, is none of
   *     the changes
   */
  public void writeChanges(TarWriter layer, LayerDetails details, Set<String> hidden)
      throws IOException {
    var sink = new LayerSink(root, layer, details);
    take(Optional.of(last), sink, hidden);
    sink.finish();
  }

  /** Takes what changed since the last call, or the beginning, for a part of that. */
  public void skipChanges() throws IOException {
    take(Optional.of(last), new FingerprintSink(root), Set.of());
  }

  /** Tells what changed since the last call, or the beginning. */
  public void tellChanges(ChangeSink sink) throws IOException {
    take(Optional.of(last), sink, Set.of());
  }

  private void take(Optional<FileIndex> before, ChangeSink sink, Set<String> hidden)
      throws IOException {
    var walk = new TreeWalk(root, excluded, before, earlier, sink, hidden, folder);
    last = walk.walk(start);
    clock.waitUntilAfter(walk.newestSeconds(), walk.newestNanos());
  }
}
