package dev.stagewright.stage.mount;

import dev.stagewright.stage.linux.RootFileSystem;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Measures the directories of caches, which may have many files. The sizes of their subdirectories
 * are kept in a file, so that only changed ones are measured again; once a day, all are.
 */
record CacheSizes(RootFileSystem files) {
  private static final int FORMAT = 1;
  private static final long COMPLETE_INTERVAL = TimeUnit.DAYS.toSeconds(1);

  /** The coarsest resolution of the times of files, and a margin. */
  private static final long SETTLING = 2;

  /**
   * Sizes of the subdirectories of a cache.
   *
   * @param completeAt when all were measured, seconds since 1970
   */
  private record Known(long completeAt, DirectorySize root) {}

  /**
   * Measures the directory of a cache.
   *
   * @param now time of the file system
   */
  long measure(CacheSlot slot, FileTime now) throws IOException {
    var seconds = now.to(TimeUnit.SECONDS);
    var known =
        read(slot.sizesFile())
            .filter(earlier -> seconds - earlier.completeAt() < COMPLETE_INTERVAL);
    var root =
        new SizeMeasurement(files, seconds - SETTLING)
            .measure(slot.name(), "", known.map(Known::root));
    var measured = new Known(known.map(Known::completeAt).orElse(seconds), root);
    if (!known.equals(Optional.of(measured))) {
      write(slot.sizesFile(), measured);
    }
    return root.total();
  }

  private static Optional<Known> read(Path file) {
    try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      return in.readInt() == FORMAT
          ? Optional.of(new Known(in.readLong(), DirectorySize.read(in)))
          : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static void write(Path file, Known known) throws IOException {
    CacheUse.replace(
        file,
        arriving -> {
          try (var out =
              new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(arriving)))) {
            out.writeInt(FORMAT);
            out.writeLong(known.completeAt());
            known.root().write(out);
          }
        });
  }
}
