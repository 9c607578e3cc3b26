package dev.stagewright.stage.copy;

import dev.stagewright.layers.tar.MalformedTarException;
import dev.stagewright.layers.tar.RawName;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.layers.tar.TarReader;
import dev.stagewright.stage.files.ArchiveExtractor;
import dev.stagewright.stage.files.ArchiveFormat;
import dev.stagewright.stage.linux.RootFileSystem;
import java.io.IOException;
import java.time.Instant;

/**
 * Unpacks the archives of ADD, which are recognized by their content, into the destination
 * directory.
 */
final class ArchiveUnpacker {
  private final CopySourceTree tree;
  private final RootFileSystem files;
  private final CopyRules rules;

  ArchiveUnpacker(CopySourceTree tree, RootFileSystem files, CopyRules rules) {
    this.tree = tree;
    this.files = files;
    this.rules = rules;
  }

  /**
   * Unpacks a source.
   *
   * @return false if the source is not an archive; then nothing is changed
   * @throws CopyException if the archive is corrupt
   */
  boolean unpack(SourceMatch match, CopyDestination destination) throws IOException, CopyException {
    if (match.entry().type() != TarEntry.Type.FILE || !isArchive(match.entry().name())) {
      return false;
    }
    var target = destination.forArchive();
    var now = Instant.now();
    try (var archive = open(match.entry().name())) {
      // As in BuildKit, even if the archive is empty. The archive may set another time.
      files.setModified(target, now.getEpochSecond(), now.getNano());
      new ArchiveExtractor(files, target, this::adjusted).extract(archive);
      return true;
    } catch (MalformedTarException | UnreadableArchiveException e) {
      throw new CopyException(
          "cannot unpack \"" + RawName.text(match.below()) + "\": " + e.getMessage());
    }
  }

  private TarReader open(String path) throws IOException {
    return new TarReader(new ArchiveContent(ArchiveFormat.decompress(tree.content(path))));
  }

  private boolean isArchive(String path) {
    try (var archive = open(path)) {
      return archive.next().isPresent();
    } catch (IOException _) {
      return false; // Other files are copied unchanged.
    }
  }

  /** Files keep the owners in the archive, even in archives of the build context. */
  private TarEntry adjusted(TarEntry entry) {
    return rules.ownership().chown().isPresent() ? rules.ownership().apply(entry) : entry;
  }
}
