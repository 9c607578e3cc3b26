package dev.stagewright.analysis.layer;

import dev.stagewright.analysis.content.StringPool;
import dev.stagewright.analysis.elf.ElfReader;
import dev.stagewright.analysis.jar.ClassVersion;
import dev.stagewright.analysis.jar.JarReader;
import dev.stagewright.analysis.secret.SecretSearch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Reads the content of one file after the other, once, and keeps the facts. Memory that all files
 * need is allocated once.
 */
final class ContentReader {
  /** Files below this size have no digest: it would need more memory than it saves. */
  static final long MIN_DIGEST = 4096;

  /** The text that is searched for secrets. */
  private static final int TEXT = 1 << 20;

  private static final int HEAD = 1 << 16;
  private static final int SNIFFED = 8192;

  /** The size of the buffer of the kernel for the first line of a script. */
  private static final int SCRIPT_LINE = 256;

  /** Half of SHA-256 is enough to tell files of one image from each other. */
  private static final int DIGEST_BYTES = 16;

  private final byte[] buffer = new byte[TEXT];
  private final MessageDigest sha256;
  private final StringPool pool = new StringPool();
  private final SecretSearch secrets = new SecretSearch();

  ContentReader() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads a file to its end. */
  FileFacts read(String path, long size, InputStream in) throws IOException {
    if (size == 0) {
      return FileFacts.NONE;
    }
    var content = new Content(path, size, in);
    var head = content.fill(HEAD);
    if (ElfReader.isElf(buffer, head)) {
      return content.elf();
    }
    if (JarReader.isJar(path, buffer, head)) {
      return content.jar();
    }
    return content.other();
  }

  /** Facts without content that needs its own reader. */
  private static FileFacts facts(Optional<String> digest) {
    return digest.isEmpty()
        ? FileFacts.NONE
        : new FileFacts(
            digest,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());
  }

  /** Receives the content of a file. */
  private interface Sink {
    void append(byte[] bytes, int offset, int count);
  }

  /** The content of one file. */
  private final class Content {
    private final String path;
    private final InputStream in;
    private final boolean digested;
    private int count;

    Content(String path, long size, InputStream in) {
      this.path = path;
      this.in = in;
      this.digested = size >= MIN_DIGEST;
      sha256.reset();
    }

    /** Reads until so many bytes are in the buffer, or the file ends. */
    int fill(int upTo) throws IOException {
      if (count < upTo) {
        count += in.readNBytes(buffer, count, upTo - count);
      }
      return count;
    }

    FileFacts elf() throws IOException {
      var reader = new ElfReader(pool);
      var digest = rest(reader::append);
      var elf = reader.finish();
      return new FileFacts(
          digest, elf, Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    }

    FileFacts jar() throws IOException {
      var reader = new JarReader();
      var digest = rest(reader::append);
      return new FileFacts(
          digest, Optional.empty(), Optional.empty(), reader.finish(), Optional.empty(), List.of());
    }

    FileFacts other() throws IOException {
      var script = script();
      var java = ClassVersion.of(buffer, count);
      var isText = isText();
      if (isText || path.equals(TextFiles.LIBRARY_CACHE)) {
        fill(TEXT);
      }
      var found = isText ? secrets.search(path, buffer, count) : List.<FileFacts.Secret>of();
      var text = text();
      var digest = rest((_, _, _) -> {});
      return script.isEmpty() && java.isEmpty() && text.isEmpty() && found.isEmpty()
          ? facts(digest)
          : new FileFacts(digest, Optional.empty(), script, java, text, found);
    }

    /** Reads the rest of the file; returns the digest of all of it. */
    private Optional<String> rest(Sink sink) throws IOException {
      while (count > 0) {
        sink.append(buffer, 0, count);
        if (digested) {
          sha256.update(buffer, 0, count);
        }
        count = Math.max(0, in.read(buffer, 0, HEAD));
      }
      return digested
          ? Optional.of(HexFormat.of().formatHex(sha256.digest(), 0, DIGEST_BYTES))
          : Optional.empty();
    }

    private Optional<String> script() {
      if (count < 2 || buffer[0] != '#' || buffer[1] != '!') {
        return Optional.empty();
      }
      var end = 2;
      while (end < Math.min(count, SCRIPT_LINE) && buffer[end] != '\n' && buffer[end] != 0) {
        end++;
      }
      return Optional.of(pool.unique(new String(buffer, 2, end - 2, StandardCharsets.ISO_8859_1)));
    }

    private boolean isText() {
      for (var i = 0; i < Math.min(count, SNIFFED); i++) {
        if (buffer[i] == 0) {
          return false;
        }
      }
      return true;
    }

    private Optional<String> text() {
      if (path.equals(TextFiles.LIBRARY_CACHE) && count < LibraryCache.MAX_SIZE) {
        return Optional.of(LibraryCache.paths(buffer, count));
      }
      return TextFiles.isKept(path) && count <= TextFiles.MAX_SIZE
          ? Optional.of(new String(buffer, 0, count, StandardCharsets.ISO_8859_1))
          : Optional.empty();
    }
  }
}
