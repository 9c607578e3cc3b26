package dev.stagewright.analysis.run;

import dev.stagewright.analysis.image.ImageFile;
import dev.stagewright.analysis.layer.LayerFile;
import java.util.Set;

/**
 * The user of a process, with the capabilities that Pods have by default.
 *
 * @param uid user
 * @param gid primary group
 * @param groups further groups
 */
record Identity(long uid, long gid, Set<Long> groups) {
  private static final int READ = 4;
  private static final int EXECUTE = 1;
  private static final int ALL_EXECUTE = 0111;

  static final Identity ROOT = new Identity(0, 0, Set.of());

  Identity {
    groups = Set.copyOf(groups);
  }

  boolean isRoot() {
    return uid == 0;
  }

  boolean mayRead(ImageFile file) {
    return isRoot() || has(file.file(), READ);
  }

  /** Whether it may pass through a directory; links have no permissions. */
  boolean maySearch(ImageFile directory) {
    return isRoot() || !directory.file().isDirectory() || has(directory.file(), EXECUTE);
  }

  /** Also root needs one of the execute bits. */
  boolean mayExecute(ImageFile file) {
    return isRoot() ? isExecutable(file) : has(file.file(), EXECUTE);
  }

  /** Whether a process with the capability DAC_OVERRIDE may execute a file. */
  static boolean isExecutable(ImageFile file) {
    return (file.file().mode() & ALL_EXECUTE) != 0;
  }

  private boolean has(LayerFile file, int bit) {
    var shift = file.uid() == uid ? 6 : belongsTo(file.gid()) ? 3 : 0;
    return (file.mode() >> shift & bit) != 0;
  }

  private boolean belongsTo(long group) {
    return group == gid || groups.contains(group);
  }
}
