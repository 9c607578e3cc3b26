package dev.stagewright.e2e.conformance.image;

import io.airlift.compress.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;

/** Reads layers and computes the digests of their files. */
final class LayerReader {
  private static final int BUFFER = 1 << 16;

  private LayerReader() {}

  /** Reads a blob; the first bytes determine its compression. */
  static Layer read(InputStream blob) throws IOException {
    var digest = sha256();
    var members = new ArrayList<Layer.Member>();
    try (var in = new DigestInputStream(uncompressed(blob), digest)) {
      var tar = new TarReader(in);
      for (var member = tar.next(); member.isPresent(); member = tar.next()) {
        members.add(
            new Layer.Member(path(member.get().name()), member.get(), digest(tar, member.get())));
      }
      // Blocks after the end are part of the digest.
      in.transferTo(OutputStream.nullOutputStream());
    }
    return new Layer("sha256:" + HexFormat.of().formatHex(digest.digest()), members);
  }

  private static InputStream uncompressed(InputStream blob) throws IOException {
    var buffered = new BufferedInputStream(blob, BUFFER);
    buffered.mark(4);
    var magic = HexFormat.of().formatHex(buffered.readNBytes(4));
    buffered.reset();
    if (magic.startsWith("1f8b")) {
      return new BufferedInputStream(new GZIPInputStream(buffered, BUFFER), BUFFER);
    }
    return magic.equals("28b52ffd")
        ? new BufferedInputStream(new ZstdInputStream(buffered), BUFFER)
        : buffered;
  }

  private static String digest(TarReader tar, TarMember member) throws IOException {
    if (member.type() != '0') {
      return "";
    }
    var digest = sha256();
    try (var in = new DigestInputStream(tar.contentStream(), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static String path(String name) {
    var path = name;
    while (path.startsWith("./") || path.startsWith("/")) {
      path = path.substring(path.indexOf('/') + 1);
    }
    while (path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    return path.equals(".") ? "" : path;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
