package dev.stagewright.layers.layout;

import dev.stagewright.layers.io.DurableFile;
import dev.stagewright.layers.io.VerifiedInputStream;
import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageIndex;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.layers.tar.TarWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/**
 * An image layout in a directory: {@code oci-layout}, {@code index.json}, and blobs by digest.
 *
 * @param root the directory
 */
public record ImageLayout(Path root) {
  private static final String MARKER = "oci-layout";
  private static final String MARKER_CONTENT = "{\"imageLayoutVersion\":\"1.0.0\"}";
  private static final String INDEX = "index.json";
  private static final String BLOBS = "blobs/sha256";

  /** Creates an empty layout, or opens an existing one. */
  public static ImageLayout create(Path root) throws IOException {
    var layout = new ImageLayout(root);
    Files.createDirectories(layout.blobsDirectory());
    DurableFile.write(root.resolve(MARKER), MARKER_CONTENT.getBytes(StandardCharsets.UTF_8));
    return layout;
  }

  /** The directory of the blobs, each named with the hex digits of its digest. */
  public Path blobsDirectory() {
    return root.resolve(BLOBS);
  }

  /** The file of a blob, which may be missing. */
  public Path blob(Digest digest) {
    return blobsDirectory().resolve(digest.hex());
  }

  /** Adds a blob. */
  public Descriptor addBlob(String mediaType, byte[] content) throws IOException {
    var descriptor = new Descriptor(mediaType, Digest.of(content), content.length);
    DurableFile.write(blob(descriptor.digest()), content);
    return descriptor;
  }

  /** Opens a blob, which is verified while it is read. The caller closes the stream. */
  public InputStream openBlob(Descriptor descriptor) throws IOException {
    return new VerifiedInputStream(Files.newInputStream(blob(descriptor.digest())), descriptor);
  }

  /** Reads the index of the layout. */
  public ImageIndex index() throws IOException {
    return ImageIndex.parse(Files.readAllBytes(root.resolve(INDEX)));
  }

  /** Writes the index of the layout, after the blobs. */
  public void writeIndex(ImageIndex index) throws IOException {
    DurableFile.write(root.resolve(INDEX), index.bytes());
  }

  /**
   * Writes the layout as a tar: equal layouts result in equal bytes.
   *
   * @param additional additional files in its root, by name
   */
  public void writeTar(OutputStream to, SortedMap<String, byte[]> additional) throws IOException {
    try (var tar = new TarWriter(to)) {
      for (var file : additional.entrySet()) {
        var content = file.getValue();
        tar.put(TarEntry.file(file.getKey(), content.length), new ByteArrayInputStream(content));
      }
      put(tar, MARKER);
      put(tar, INDEX);
      tar.put(TarEntry.directory("blobs"));
      tar.put(TarEntry.directory(BLOBS));
      for (var blob : blobs()) {
        put(tar, BLOBS + "/" + blob);
      }
    }
  }

  private List<String> blobs() throws IOException {
    try (var files = Files.list(blobsDirectory())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private void put(TarWriter tar, String path) throws IOException {
    var file = root.resolve(path);
    try (var content = Files.newInputStream(file)) {
      tar.put(TarEntry.file(path, Files.size(file)), content);
    }
  }
}
