package dev.stagewright.stage.export;

import dev.stagewright.layers.Compression;
import dev.stagewright.layers.LayerBlob;
import dev.stagewright.layers.io.CorruptBlobException;
import dev.stagewright.layers.io.DurableFile;
import dev.stagewright.layers.io.UntrustedFile;
import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.tar.IndexedTarWriter;
import dev.stagewright.layers.tar.TarReader;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.protocol.Workspace;
import dev.stagewright.stage.files.ArchiveFormat;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.util.UUID;

/**
 * The exports of a stage as one compressed blob, for the cache. Packed and unpacked again, the
 * archive is the same, byte for byte.
 */
public final class ExportsArchive {
  private static final int BUFFER = 64 * 1024;

  private ExportsArchive() {}

  /** The name of a new directory for exports in the directory of a stage. */
  public static String newFolderName() {
    return "exports-" + UUID.randomUUID();
  }

  /**
   * Compresses the archive to a blob that is named by its digest.
   *
   * @param exports directory of the exports
   * @param blobs existing directory of blobs
   */
  public static LayerBlob pack(Path exports, Path blobs, Compression compression)
      throws IOException {
    var packed = Digest.newMessageDigest();
    var content = Digest.newMessageDigest();
    try (var file = DurableFile.create(blobs.resolve("exports"))) {
      long size;
      try (var in =
              new DigestInputStream(
                  new UntrustedFile(exports.resolve(Workspace.TAR)).in(), content);
          var out =
              compression.compress(
                  new DigestOutputStream(new BufferedOutputStream(file.out(), BUFFER), packed))) {
        size = in.transferTo(out);
      }
      var digest = Digest.of(packed);
      var blob = blobs.resolve(digest.hex());
      file.publishAs(blob);
      return new LayerBlob(
          new Descriptor(compression.mediaType(), digest, Files.size(blob)),
          Digest.of(content),
          size);
    }
  }

  /**
   * Restores exports in a new directory. If this fails, nothing remains.
   *
   * @param packed content of the blob, which is read to its end and not closed. A stream that
   *     verifies the blob therefore does so before the files exist under their names.
   * @param size size of the archive
   * @param stage existing directory of the stage
   * @throws CorruptBlobException if the content is not such an archive, or has another size
   */
  public static StageResult.Exports unpack(InputStream packed, long size, Path stage)
      throws IOException {
    var name = newFolderName();
    var folder = Files.createDirectory(stage.resolve(name));
    var complete = false;
    try {
      restore(packed, size, folder);
      complete = true;
    } catch (RuntimeException e) {
      // Decompressors throw some for malformed content, and so do entries with impossible names.
      throw (IOException) new CorruptBlobException("malformed exports: " + e).initCause(e);
    } finally {
      if (!complete) {
        remove(folder);
      }
    }
    return new StageResult.Exports(name, size);
  }

  private static void restore(InputStream packed, long size, Path folder) throws IOException {
    try (var out =
        new IndexedTarWriter(folder.resolve(Workspace.TAR), folder.resolve(Workspace.INDEX))) {
      var in = new ExactSizeInput(ArchiveFormat.decompress(packed), size);
      var tar = new TarReader(in);
      for (var next = tar.next(); next.isPresent(); next = tar.next()) {
        out.put(next.get(), tar.content());
      }
      in.transferTo(OutputStream.nullOutputStream());
      packed.transferTo(OutputStream.nullOutputStream());
      out.finish();
      if (out.position() != size) {
        throw new CorruptBlobException(
            "the exports have " + out.position() + " bytes instead of " + size);
      }
    }
  }

  private static void remove(Path folder) {
    try {
      Files.deleteIfExists(folder.resolve(Workspace.TAR));
      Files.deleteIfExists(folder.resolve(Workspace.INDEX));
      Files.deleteIfExists(folder);
    } catch (IOException _) {
      // No result refers to the directory; the reason of the failure is more important.
    }
  }
}
