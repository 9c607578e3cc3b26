package dev.stagewright.stage.copy;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.layers.tar.TarReader;
import dev.stagewright.protocol.Step;
import dev.stagewright.stage.files.ArchiveFormat;
import java.io.IOException;
import java.util.Optional;

/**
 * Searches the archives that ADD unpacks for entries that the user namespace of a Pod does not
 * support: devices, and owners outside its range of ids.
 */
public final class ArchiveSurvey {
  /** The largest number of uncompressed bytes to read from one archive. */
  private static final long MOST_BYTES = 512L << 20;

  private final FileTrees sources;
  private final long ids;

  /**
   * Searches archives in these sources.
   *
   * @param ids number of ids in a user namespace, starting at 0
   */
  public ArchiveSurvey(FileTrees sources, long ids) {
    this.sources = sources;
    this.ids = ids;
  }

  /** The first such entry, as a clause; empty if there is none or the source is not an archive. */
  public Optional<String> find(Step.Copy step) throws IOException {
    try {
      for (var copied : new CopySourceFinder(sources, step).find()) {
        if (copied.unpack() && copied.match().entry().type() == TarEntry.Type.FILE) {
          var found = find(copied, step.chown().isPresent());
          if (found.isPresent()) {
            return found;
          }
        }
      }
      return Optional.empty();
    } catch (CopyException _) {
      return Optional.empty(); // The stage reports this error with its position.
    }
  }

  private Optional<String> find(SelectedSource copied, boolean owned) throws IOException {
    var path = copied.match().entry().name();
    try (var archive =
        new TarReader(new ArchiveContent(ArchiveFormat.decompress(copied.tree().content(path))))) {
      var read = 0L;
      for (var next = archive.next(); next.isPresent(); next = archive.next()) {
        var found = find(next.get(), owned);
        if (found.isPresent()) {
          return found.map(what -> RawName.text(copied.match().name()) + " has " + what);
        }
        read += next.get().size();
        if (read > MOST_BYTES) {
          break;
        }
      }
    } catch (IOException _) {
      // Not an archive, or a corrupt one.
    }
    return Optional.empty();
  }

  private Optional<String> find(TarEntry entry, boolean owned) {
    var name = RawName.text(entry.name());
    if (entry.type() == TarEntry.Type.CHARACTER_DEVICE
        || entry.type() == TarEntry.Type.BLOCK_DEVICE) {
      return Optional.of("the device " + name);
    }
    return !owned && (entry.uid() >= ids || entry.gid() >= ids)
        ? Optional.of("the owner %d:%d of %s".formatted(entry.uid(), entry.gid(), name))
        : Optional.empty();
  }
}
