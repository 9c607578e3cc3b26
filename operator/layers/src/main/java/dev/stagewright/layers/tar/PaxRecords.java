package dev.stagewright.layers.tar;

import java.io.ByteArrayOutputStream;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The records of a PAX extended header, {@code "<length> <key>=<value>\n"}, with raw keys and
 * values.
 */
final class PaxRecords {
  static final String PATH = "path";
  static final String LINK_PATH = "linkpath";
  static final String SIZE = "size";
  static final String UID = "uid";
  static final String GID = "gid";
  static final String MTIME = "mtime";
  static final String XATTR = "SCHILY.xattr.";

  private PaxRecords() {}

  /** Encodes records, sorted by key. */
  static byte[] encode(SortedMap<String, String> records) {
    var out = new ByteArrayOutputStream();
    records.forEach((key, value) -> out.writeBytes(RawName.bytes(record(key, value))));
    return out.toByteArray();
  }

  private static String record(String key, String value) {
    var rest = " " + key + "=" + value + "\n";
    // The length includes its own digits.
    var length = rest.length() + digits(rest.length());
    length = rest.length() + digits(length);
    return length + rest;
  }

  private static int digits(int number) {
    return Integer.toString(number).length();
  }

  /**
   * Decodes records of {@link #encode} or of another program.
   *
   * @throws MalformedTarException if a record is malformed
   */
  static SortedMap<String, String> decode(byte[] header) throws MalformedTarException {
    var text = RawName.ofBytes(header);
    var records = new TreeMap<String, String>();
    var start = 0;
    // Some writers pad the header with NULs and count them as content.
    while (start < text.length() && text.charAt(start) != 0) {
      var blank = text.indexOf(' ', start);
      var end = blank < 0 ? -1 : start + length(text.substring(start, blank));
      var equals = text.indexOf('=', start);
      if (end <= blank
          || end > text.length()
          || equals <= blank
          || equals >= end
          || text.charAt(end - 1) != '\n') {
        throw new MalformedTarException("malformed PAX header");
      }
      records.put(text.substring(blank + 1, equals), text.substring(equals + 1, end - 1));
      start = end;
    }
    return records;
  }

  private static int length(String digits) throws MalformedTarException {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      throw new MalformedTarException("malformed PAX header: length " + digits);
    }
  }
}
