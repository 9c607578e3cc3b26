package dev.stagewright.stage.copy;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.layers.tar.TarReader;
import dev.stagewright.protocol.Step;
import dev.stagewright.stage.files.ArchiveFormat;
import java.io.IOException;
import java.util.Optional;

/**
 * Looks into the archives that ADD unpacks for what no user namespace of a Pod can have: devices,
 * and owners beyond its ids.
 */
public final class ArchiveSurvey {
  /** What is read of one archive, unpacked; the rest is passed over. */
  private static final long MOST_BYTES = 512L << 20;

  private final FileTrees sources;
  private final long ids;

  /**
   * For archives among these sources.
   *
   * @param ids how many a user namespace has, from 0 on
   */
  public ArchiveSurvey(FileTrees sources, long ids) {
    this.sources = sources;
    this.ids = ids;
  }

  /** The first thing of that kind, as a clause; empty where there is none, or no archive. */
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
      return Optional.empty(); // The stage fails with it, and says where.
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
      // No archive, or a damaged one.
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
