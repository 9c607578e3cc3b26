package dev.stagewright.stage.details;

import dev.stagewright.layers.io.DurableFile;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.stage.linux.FileAttributes;
import dev.stagewright.stage.linux.FileStatus;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.zip.GZIPOutputStream;

/**
 * Writes the details of a layer to a file that is named by its digest: one record for each entry of
 * the layer that is not a whiteout, in the same order, with records without an entry in between. If
 * it is closed before {@link #finish}, the file is removed.
 */
public final class DetailsWriter implements LayerDetails, Closeable {
  private final Path folder;
  private final DurableFile file;
  private final MessageDigest digest = Digest.newMessageDigest();
  private final DataOutputStream out;

  private DetailsWriter(Path folder, DurableFile file) throws IOException {
    this.folder = folder;
    this.file = file;
    this.out =
        new DataOutputStream(
            new BufferedOutputStream(
                new GZIPOutputStream(
                    new DigestOutputStream(new BufferedOutputStream(file.out()), digest))));
    out.writeLong(DetailsKind.MAGIC);
  }

  /** Starts the details of a layer in an existing directory. */
  public static DetailsWriter create(Path folder) throws IOException {
    var file = DurableFile.create(folder.resolve("details"));
    try {
      return new DetailsWriter(folder, file);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public void entry(FileStatus status, FileAttributes attributes) throws IOException {
    out.writeByte(DetailsKind.ENTRY);
    FileDetails.of(status, attributes).write(out);
  }

  @Override
  public void touched(String path, FileStatus status, FileAttributes attributes)
      throws IOException {
    out.writeByte(DetailsKind.TOUCHED);
    FileDetails.writeText(out, path);
    FileDetails.of(status, attributes).write(out);
  }

  @Override
  public void socket(String path, FileStatus status, FileAttributes attributes) throws IOException {
    out.writeByte(DetailsKind.SOCKET);
    FileDetails.writeText(out, path);
    FileDetails.of(status, attributes).write(out);
  }

  @Override
  public void link(String path, String existing) throws IOException {
    out.writeByte(DetailsKind.LINK);
    FileDetails.writeText(out, path);
    FileDetails.writeText(out, existing);
  }

  /** Completes the file and names it by its digest. */
  public Digest finish() throws IOException {
    out.writeByte(DetailsKind.END);
    out.close();
    var name = Digest.of(digest);
    file.publishAs(folder.resolve(name.hex()));
    return name;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
