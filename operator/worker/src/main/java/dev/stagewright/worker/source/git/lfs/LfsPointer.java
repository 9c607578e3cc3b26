package dev.stagewright.worker.source.git.lfs;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file of a commit that refers to content in Git LFS.
 *
 * @param oid the SHA-256 of the content, in hexadecimal digits
 * @param size the size of the content in bytes
 */
public record LfsPointer(String oid, long size) {
  /** Files of this size or more are no pointers, according to the specification. */
  public static final int LIMIT = 1024;

  private static final String BEGIN = "version https://git-lfs.github.com/spec/";
  private static final Pattern OID = Pattern.compile("(?m)^oid sha256:([0-9a-f]{64})$");
  private static final Pattern SIZE = Pattern.compile("(?m)^size ([0-9]{1,18})$");

  /** Parses the content of a file; empty if it is not a pointer. */
  public static Optional<LfsPointer> parse(byte[] content) {
    var text = new String(content, StandardCharsets.UTF_8);
    var oid = OID.matcher(text);
    var size = SIZE.matcher(text);
    return content.length < LIMIT && text.startsWith(BEGIN) && oid.find() && size.find()
        ? Optional.of(new LfsPointer(oid.group(1), Long.parseLong(size.group(1))))
        : Optional.empty();
  }
}
