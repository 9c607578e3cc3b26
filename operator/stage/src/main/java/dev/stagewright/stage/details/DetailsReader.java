package dev.stagewright.stage.details;

import dev.stagewright.layers.io.CorruptBlobException;
import dev.stagewright.layers.io.UntrustedFile;
import dev.stagewright.layers.oci.Digest;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.zip.GZIPInputStream;

/** Reads the files of a {@link DetailsWriter}. */
public final class DetailsReader implements Closeable {
  private final DataInputStream in;
  private final Visitor visitor;

  private DetailsReader(Path file, Visitor visitor) throws IOException {
    this.in =
        new DataInputStream(
            new BufferedInputStream(
                new GZIPInputStream(new BufferedInputStream(new UntrustedFile(file).in()))));
    this.visitor = visitor;
    if (in.readLong() != DetailsKind.MAGIC) {
      throw new CorruptBlobException(file + " does not contain details of a layer");
    }
  }

  /** Receives the records without an entry in the layer. */
  public interface Visitor {
    /** An existing file was touched. */
    default void touched(String path, FileDetails details) throws IOException {}

    /** A socket was created. */
    default void socket(String path, FileDetails details) throws IOException {}

    /** A file of the layer, or a touched file, is a hard link to a touched file. */
    default void link(String path, String existing) throws IOException {}
  }

  /** Opens a file that has been verified, to read its records {@link #entry} by entry. */
  public static DetailsReader open(Path file) throws IOException {
    return open(file, new Visitor() {});
  }

  /**
   * Opens a file that has been verified, to read its records {@link #entry} by entry.
   *
   * @param visitor receives the records in between, and after the last one with {@link #finish}
   */
  public static DetailsReader open(Path file, Visitor visitor) throws IOException {
    return new DetailsReader(file, visitor);
  }

  /** Reads all records without an entry in the layer. */
  public static void visit(Path file, Visitor visitor) throws IOException {
    try (var reader = new DetailsReader(file, visitor)) {
      while (reader.next() != DetailsKind.END) {
        FileDetails.read(reader.in);
      }
    }
  }

  /**
   * Verifies that the content of a file matches the digest in its name.
   *
   * @throws CorruptBlobException if the content does not match
   */
  public static void verify(Path file, Digest digest) throws IOException {
    try (var read =
        new DigestInputStream(new UntrustedFile(file).in(), Digest.newMessageDigest())) {
      read.transferTo(OutputStream.nullOutputStream());
      if (!Digest.of(read.getMessageDigest()).equals(digest)) {
        throw new CorruptBlobException(file + " is corrupt: its content does not match " + digest);
      }
    }
  }

  /** The details of the next entry of the layer. */
  public FileDetails entry() throws IOException {
    if (next() == DetailsKind.END) {
      throw new CorruptBlobException("the details of the layer end before the layer");
    }
    return FileDetails.read(in);
  }

  /** Reads the records after the last entry of the layer. */
  public void finish() throws IOException {
    if (next() != DetailsKind.END) {
      throw new CorruptBlobException("the details of the layer do not end with the layer");
    }
  }

  /** Continues to the next record of an entry, or to the end. */
  private int next() throws IOException {
    while (true) {
      var kind = in.readUnsignedByte();
      switch (kind) {
        case DetailsKind.TOUCHED -> visitor.touched(FileDetails.readText(in), FileDetails.read(in));
        case DetailsKind.SOCKET -> visitor.socket(FileDetails.readText(in), FileDetails.read(in));
        case DetailsKind.LINK -> visitor.link(FileDetails.readText(in), FileDetails.readText(in));
        case DetailsKind.ENTRY, DetailsKind.END -> {
          return kind;
        }
        default -> throw new CorruptBlobException("unknown record in the details of a layer");
      }
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
