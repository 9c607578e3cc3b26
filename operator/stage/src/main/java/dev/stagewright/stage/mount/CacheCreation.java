package dev.stagewright.stage.mount;

import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.RunMount;
import dev.stagewright.stage.copy.CopyException;
import dev.stagewright.stage.copy.SourceExtraction;
import dev.stagewright.stage.files.Directories;
import dev.stagewright.stage.files.FileCreator;
import dev.stagewright.stage.linux.FileStatus;
import dev.stagewright.stage.linux.LinuxException;
import dev.stagewright.stage.linux.RootFileSystem;
import java.io.IOException;
import java.nio.file.Files;

/**
 * Creates the directories of caches.
 *
 * @param files all caches
 * @param extraction provides the initial content
 */
record CacheCreation(RootFileSystem files, SourceExtraction extraction) {
  private static final RunMount.CacheAttributes USUAL =
      new RunMount.CacheAttributes(Directories.DEFAULT_MODE, 0, 0);

  /** Creates the directory atomically: it is filled under another name. */
  void createIfMissing(RunMount.Cache cache, CacheSlot slot, String suffix)
      throws IOException, MountException {
    if (exists(slot)) {
      return;
    }
    Files.deleteIfExists(slot.useFile());
    Files.deleteIfExists(slot.sizesFile());
    var arriving = slot.name() + suffix;
    new FileCreator(files).remove(arriving);
    if (CacheIdentity.isSeedOf(cache)) {
      seed(cache, arriving);
    } else {
      files.makeDirectory(arriving);
      var attributes = cache.attributes().orElse(USUAL);
      files.setOwner(arriving, attributes.uid(), attributes.gid());
      files.setMode(arriving, attributes.mode());
    }
    try {
      files.rename(arriving, slot.name());
    } catch (LinuxException e) {
      if (!exists(slot)) {
        throw e;
      }
      new FileCreator(files).remove(arriving); // Another Pod was faster, without a lock.
    }
  }

  boolean exists(CacheSlot slot) throws IOException {
    return files.status(slot.name()).map(FileStatus::isDirectory).orElse(false);
  }

  private void seed(RunMount.Cache cache, String into) throws IOException, MountException {
    try {
      extraction.extract(cache.seed().orElseThrow(), cache.path(), files, into);
    } catch (CopyException e) {
      throw new MountException(FailureReason.RunFailed, "--mount=type=cache: " + e.getMessage());
    }
    if (!files.status(into).map(FileStatus::isDirectory).orElse(false)) {
      throw new MountException(
          FailureReason.RunFailed,
          "--mount=type=cache: \""
              + cache.path()
              + "\" is not a directory, so it cannot be the initial content of a cache");
    }
  }
}
