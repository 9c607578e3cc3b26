package dev.stagewright.worker.cache.content;

import dev.stagewright.cache.key.SelectedFiles;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.tar.RawName;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.protocol.Step.CopyFrom;
import dev.stagewright.stage.copy.SourceFile;
import dev.stagewright.stage.copy.SourceFiles;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;

/**
 * Computes the digest of files: of all that a copy of them has, except times. The owner counts only
 * for files of stages, since other files belong to root in the stage or to the user of {@code
 * --chown}.
 */
final class FilesDigest implements SourceFiles.Visitor {
  private static final String FORMAT = "stagewright files 1";

  /** Enough digits to see that a file changed. */
  private static final int SHORT = 12;

  /** A longer list is not worth its memory. */
  private static final int MOST_FILES = 100_000;

  private final boolean owners;
  private final MessageDigest all = Digest.newMessageDigest();
  private final Map<String, String> files = new HashMap<>();
  private int count;

  private FilesDigest(boolean owners) {
    this.owners = owners;
    all.update(FORMAT.getBytes(StandardCharsets.US_ASCII));
  }

  /** Starts a digest of files of this source. */
  static FilesDigest of(CopyFrom from) {
    return new FilesDigest(from instanceof CopyFrom.Stage);
  }

  @Override
  public void visit(SourceFile file) throws IOException {
    var digest = digest(file);
    all.update(digest);
    count++;
    if (count <= MOST_FILES) {
      files.merge(
          RawName.text(file.entry().name()),
          Digest.of(digest).hex().substring(0, SHORT),
          (_, other) -> other);
    } else {
      files.clear();
    }
  }

  /** The digest of the files that were visited. */
  SelectedFiles finish() {
    return new SelectedFiles(Digest.of(all), files);
  }

  private byte[] digest(SourceFile file) throws IOException {
    var sha = Digest.newMessageDigest();
    try (var out =
        new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), sha))) {
      var entry = file.entry();
      out.writeInt(file.source());
      text(out, file.placed());
      text(out, entry.type().name());
      out.writeInt(entry.type() == TarEntry.Type.SYMLINK ? 0 : entry.mode());
      out.writeLong(owners ? entry.uid() : 0);
      out.writeLong(owners ? entry.gid() : 0);
      text(out, entry.linkName());
      out.writeInt(entry.major());
      out.writeInt(entry.minor());
      out.writeInt(entry.xattrs().size());
      for (var attribute : entry.xattrs().entrySet()) {
        text(out, attribute.getKey());
        out.writeInt(attribute.getValue().length);
        out.write(attribute.getValue());
      }
      text(out, file.content().map(Digest::hex).orElse(""));
      out.writeBoolean(file.link().isPresent());
      text(out, file.link().orElse(""));
    }
    return sha.digest();
  }

  private static void text(DataOutputStream out, String raw) throws IOException {
    var bytes = RawName.bytes(raw);
    out.writeInt(bytes.length);
    out.write(bytes);
  }
}
