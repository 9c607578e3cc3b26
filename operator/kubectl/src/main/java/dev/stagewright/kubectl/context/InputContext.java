package dev.stagewright.kubectl.context;

import dev.stagewright.layers.tar.MalformedTarException;
import dev.stagewright.layers.tar.TarReader;
import dev.stagewright.layers.tar.TarWriter;
import dev.stagewright.protocol.stream.SourceStreamHeader.StreamedDockerfile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * The build context {@code -}: standard input is a Dockerfile without files, or a tar archive,
 * which may be compressed with gzip. The input is stored in a temporary file, because it may have
 * to be sent again.
 *
 * @param archive the tar; empty for a Dockerfile
 * @param dockerfile if standard input is one
 */
public record InputContext(
    Optional<Path> archive, Optional<StreamedDockerfile> dockerfile, int files, long bytes)
    implements BuildContext {
  private static final int MAGIC_OFFSET = 257;
  private static final byte[] MAGIC = "ustar".getBytes(StandardCharsets.US_ASCII);
  private static final int BLOCK = 512;
  private static final List<String> OTHER_COMPRESSIONS =
      List.of("BZh", "\u00fd7zXZ", "(\u00b5/\u00fd");

  /**
   * Reads standard input to its end.
   *
   * @throws ContextException if the input is neither a Dockerfile nor an archive
   */
  public static InputContext read(InputStream input) throws IOException, ContextException {
    var in = new BufferedInputStream(input);
    var begin = peek(in);
    for (var magic : OTHER_COMPRESSIONS) {
      if (startsWith(begin, magic)) {
        throw new ContextException(
            "the archive on standard input is compressed in a form that is not supported;"
                + " decompress it before, or use gzip");
      }
    }
    if (startsWith(begin, "\u001f\u008b")) {
      return archive(new GZIPInputStream(in));
    }
    return isTar(begin) ? archive(in) : dockerfile(in);
  }

  private static InputContext dockerfile(InputStream in) throws IOException, ContextException {
    var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    if (text.isBlank()) {
      throw new ContextException(
          "standard input is empty; it must be a Dockerfile or a tar archive");
    }
    return new InputContext(
        Optional.empty(), Optional.of(DockerfileText.of(text).dockerfile()), 0, 0);
  }

  private static InputContext archive(InputStream in) throws IOException, ContextException {
    var path = Files.createTempFile("stagewright-", ".tar");
    path.toFile().deleteOnExit();
    try (var out = Files.newOutputStream(path)) {
      in.transferTo(out);
    }
    var files = 0;
    var bytes = 0L;
    try (var tar = open(path)) {
      for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
        files++;
        bytes += entry.get().size();
      }
    } catch (MalformedTarException e) {
      throw new ContextException("the archive on standard input is malformed: " + e.getMessage());
    }
    return new InputContext(Optional.of(path), Optional.empty(), files, bytes);
  }

  private static TarReader open(Path path) throws IOException {
    return new TarReader(new BufferedInputStream(Files.newInputStream(path)));
  }

  private static byte[] peek(BufferedInputStream in) throws IOException {
    in.mark(BLOCK);
    var begin = in.readNBytes(BLOCK);
    in.reset();
    return begin;
  }

  private static boolean startsWith(byte[] bytes, String magic) {
    return new String(bytes, StandardCharsets.ISO_8859_1).startsWith(magic);
  }

  private static boolean isTar(byte[] begin) {
    if (begin.length < BLOCK) {
      return false;
    }
    for (var i = 0; i < MAGIC.length; i++) {
      if (begin[MAGIC_OFFSET + i] != MAGIC[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether standard input is an archive. */
  public boolean isArchive() {
    return archive.isPresent();
  }

  @Override
  public List<String> hints() {
    return List.of();
  }

  /** The root directory, which archives often begin with, is not a file of the context. */
  @Override
  public void write(TarWriter tar) throws IOException {
    if (archive.isEmpty()) {
      return;
    }
    try (var reader = open(archive.get())) {
      for (var entry = reader.next(); entry.isPresent(); entry = reader.next()) {
        if (!entry.get().name().isEmpty()) {
          tar.put(entry.get(), reader.content());
        }
      }
    }
  }
}
