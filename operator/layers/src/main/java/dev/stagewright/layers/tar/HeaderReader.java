package dev.stagewright.layers.tar;

import dev.stagewright.layers.tar.HeaderBlock.Field;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the headers of entries, including their extension headers. */
final class HeaderReader {
  /** Larger than any path or set of extended attributes; protects against malicious archives. */
  private static final int MAX_EXTENSION = 4 << 20;

  private static final char PAX = 'x';
  private static final char PAX_GLOBAL = 'g';
  private static final char GNU_LONG_NAME = 'L';
  private static final char GNU_LONG_LINK = 'K';
  private static final char GNU_VOLUME_LABEL = 'V';

  private final InputStream in;
  private final Map<String, String> global = new HashMap<>();
  private String path = "";

  HeaderReader(InputStream in) {
    this.in = in;
  }

  /**
   * Returns the next entry, or empty at the end. Afterwards the stream is at the entry's content.
   */
  Optional<TarEntry> next() throws IOException {
    var pax = new HashMap<>(global);
    for (var block = readBlock(); block.isPresent(); block = readBlock()) {
      var header = block.get();
      switch (header.type()) {
        case PAX -> apply(PaxRecords.decode(extension(header)), pax);
        case PAX_GLOBAL -> {
          var records = PaxRecords.decode(extension(header));
          apply(records, global);
          apply(records, pax);
        }
        case GNU_LONG_NAME -> pax.put(PaxRecords.PATH, name(extension(header)));
        case GNU_LONG_LINK -> pax.put(PaxRecords.LINK_PATH, name(extension(header)));
        case GNU_VOLUME_LABEL -> extension(header);
        default -> {
          path = pax.getOrDefault(PaxRecords.PATH, ustarName(header));
          return Optional.of(entry(header, path, pax));
        }
      }
    }
    return Optional.empty();
  }

  /** Adds records; a record without a value removes an earlier one. */
  private static void apply(Map<String, String> records, Map<String, String> to) {
    records.forEach((key, value) -> {
      if (value.isEmpty() && !key.startsWith(PaxRecords.XATTR)) {
        to.remove(key);
      } else {
        to.put(key, value);
      }
    });
  }

  /** Returns the next block; empty at the end of the stream and at the archive's closing blocks. */
  private Optional<HeaderBlock> readBlock() throws IOException {
    var block = new HeaderBlock(in.readNBytes(HeaderBlock.SIZE));
    if (block.bytes().length == 0) {
      return Optional.empty();
    }
    if (block.bytes().length < HeaderBlock.SIZE) {
      throw new MalformedTarException("tar ends inside a header");
    }
    if (block.isZero()) {
      return Optional.empty();
    }
    if (!block.isSealed()) {
      throw new MalformedTarException("tar header with a wrong checksum");
    }
    return Optional.of(block);
  }

  private byte[] extension(HeaderBlock header) throws IOException {
    var size = header.number(Field.SIZE);
    if (size < 0 || size > MAX_EXTENSION) {
      throw new MalformedTarException("tar header extension of " + size + " bytes");
    }
    var content = in.readNBytes((int) size);
    var padding = in.readNBytes(HeaderBlock.padding(size));
    if (content.length < size || padding.length < HeaderBlock.padding(size)) {
      throw new MalformedTarException("tar ends inside a header");
    }
    return content;
  }

  private static String name(byte[] gnu) {
    var text = RawName.ofBytes(gnu);
    var end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }

  /** The raw path of the last entry as the archive contains it, not normalized. */
  String path() {
    return path;
  }

  private static TarEntry entry(HeaderBlock header, String path, Map<String, String> pax)
      throws IOException {
    var name = normalize(path);
    var type = type(header, path);
    for (var key : pax.keySet()) {
      if (key.startsWith("GNU.sparse.")) {
        throw new MalformedTarException(
            RawName.text(name) + ": sparse files in a tar are not supported");
      }
    }
    var link = pax.getOrDefault(PaxRecords.LINK_PATH, header.text(Field.LINK_NAME));
    var isDevice = type == TarEntry.Type.CHARACTER_DEVICE || type == TarEntry.Type.BLOCK_DEVICE;
    var mtime =
        pax.containsKey(PaxRecords.MTIME)
            ? PaxTime.parse(pax.get(PaxRecords.MTIME))
            : new PaxTime(header.number(Field.MTIME), 0);
    var size = number(pax, PaxRecords.SIZE, header, Field.SIZE);
    try {
      return new TarEntry(
          name,
          type,
          (int) header.number(Field.MODE) & 07777,
          number(pax, PaxRecords.UID, header, Field.UID),
          number(pax, PaxRecords.GID, header, Field.GID),
          mtime.seconds(),
          mtime.nanos(),
          // Some writers give links the size of their target, without its content.
          type == TarEntry.Type.FILE ? size : 0,
          linkName(type, link),
          isDevice ? (int) header.number(Field.MAJOR) : 0,
          isDevice ? (int) header.number(Field.MINOR) : 0,
          xattrs(pax));
    } catch (IllegalArgumentException e) {
      throw new MalformedTarException("malformed tar header: " + e.getMessage());
    }
  }

  private static String ustarName(HeaderBlock header) {
    // Old GNU headers have times at the position of the POSIX prefix.
    var isPosix = header.text(Field.MAGIC).equals("ustar");
    var prefix = isPosix ? header.text(Field.PREFIX) : "";
    return new UstarName(prefix, header.text(Field.NAME)).joined();
  }

  private static TarEntry.Type type(HeaderBlock header, String path) throws MalformedTarException {
    return switch (header.type()) {
      case '0', '\0', '7' ->
          // V7 marks directories only by their name.
          path.endsWith("/") ? TarEntry.Type.DIRECTORY : TarEntry.Type.FILE;
      case '1' -> TarEntry.Type.HARD_LINK;
      case '2' -> TarEntry.Type.SYMLINK;
      case '3' -> TarEntry.Type.CHARACTER_DEVICE;
      case '4' -> TarEntry.Type.BLOCK_DEVICE;
      case '5' -> TarEntry.Type.DIRECTORY;
      case '6' -> TarEntry.Type.FIFO;
      case 'S' ->
          throw new MalformedTarException(
              RawName.text(path) + ": sparse files in a tar are not supported");
      default ->
          throw new MalformedTarException(
              RawName.text(path) + ": tar entry of unknown type '" + header.type() + "'");
    };
  }

  private static String linkName(TarEntry.Type type, String link) {
    return switch (type) {
      case SYMLINK -> link;
      case HARD_LINK -> normalize(link);
      case FILE, DIRECTORY, CHARACTER_DEVICE, BLOCK_DEVICE, FIFO -> "";
    };
  }

  private static long number(Map<String, String> pax, String key, HeaderBlock header, Field field)
      throws MalformedTarException {
    var text = pax.get(key);
    if (text == null) {
      return header.number(field);
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new MalformedTarException("malformed PAX header: " + key + " " + text);
    }
  }

  private static Map<String, byte[]> xattrs(Map<String, String> pax) {
    if (pax.isEmpty()) {
      return Map.of();
    }
    var xattrs = new HashMap<String, byte[]>();
    pax.forEach((key, value) -> {
      if (key.startsWith(PaxRecords.XATTR)) {
        xattrs.put(key.substring(PaxRecords.XATTR.length()), RawName.bytes(value));
      }
    });
    return xattrs;
  }

  private static String normalize(String path) {
    var end = path.endsWith("/") ? path.length() - 1 : path.length();
    if (isNormal(path, end)) {
      return path.substring(0, end);
    }
    var parts = new ArrayList<String>();
    for (var part : path.split("/", -1)) {
      if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return String.join("/", parts);
  }

  /** Whether the path up to an end has neither empty parts nor parts that are a dot. */
  private static boolean isNormal(String path, int end) {
    var start = 0;
    for (var i = 0; i <= end; i++) {
      if (i == end || path.charAt(i) == '/') {
        if (i == start || (i == start + 1 && path.charAt(start) == '.')) {
          return false;
        }
        start = i + 1;
      }
    }
    return true;
  }
}
