package dev.stagewright.stage.diff;

import dev.stagewright.layers.tar.TarWriter;
import dev.stagewright.stage.linux.Clock;
import dev.stagewright.stage.linux.RootFileSystem;
import java.io.IOException;
import java.util.Optional;

/** Finds what changed in a root from one moment to the next. */
public final class Snapshots {
  private final RootFileSystem root;
  private final Exclusions excluded;
  private final Clock clock = new Clock();
  private FileIndex last;

  private Snapshots(RootFileSystem root, Exclusions excluded) {
    this.root = root;
    this.excluded = excluded;
    this.last = FileIndex.create();
  }

  /** Takes the files as they are for the beginning. */
  public static Snapshots begin(RootFileSystem root, Exclusions excluded) throws IOException {
    var snapshots = new Snapshots(root, excluded);
    snapshots.take(Optional.empty(), ChangeSink.NONE);
    return snapshots;
  }

  /**
   * Writes what changed since the last call, or the beginning; nothing must be changing files
   * meanwhile.
   */
  public void writeChanges(TarWriter layer) throws IOException {
    take(Optional.of(last), new LayerSink(root, layer));
  }

  private void take(Optional<FileIndex> before, ChangeSink sink) throws IOException {
    var walk = new TreeWalk(root, excluded, before, sink);
    last = walk.walk();
    clock.waitUntilAfter(walk.newestSeconds(), walk.newestNanos());
  }
}
