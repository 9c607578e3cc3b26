package dev.stagewright.e2e.conformance.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The records of the extended headers of a member, according to POSIX pax. They take precedence
 * over the header block.
 */
final class PaxRecords {
  private static final String XATTR = "SCHILY.xattr.";

  private final Map<String, String> records = new TreeMap<>();

  /** Reads {@code LENGTH KEY=VALUE\ } until the end. */
  void read(byte[] content) throws IOException {
    var text = new String(content, ISO_8859_1);
    var start = 0;
    while (start < text.length()) {
      var blank = text.indexOf(' ', start);
      var end = start + Integer.parseInt(text.substring(start, blank));
      var equals = text.indexOf('=', blank);
      if (end > text.length() || equals >= end || text.charAt(end - 1) != '\n') {
        throw new IOException("a pax record that is none");
      }
      records.put(text.substring(blank + 1, equals), text.substring(equals + 1, end - 1));
      start = end;
    }
  }

  TarMember apply(TarHeader header, String longName, String longLink) {
    var type = header.type();
    return new TarMember(
        text("path", longName.isEmpty() ? header.name() : longName),
        type,
        (int) header.number(100, 8) & 07777,
        number("uid", header.number(108, 8)),
        number("gid", header.number(116, 8)),
        mtime(header.number(136, 12)),
        number("size", header.number(124, 12)),
        type == '1' || type == '2'
            ? text("linkpath", longLink.isEmpty() ? header.text(157, 100) : longLink)
            : "",
        type == '3' || type == '4' ? header.number(329, 8) + ":" + header.number(337, 8) : "",
        xattrs());
  }

  private String text(String key, String otherwise) {
    return records.getOrDefault(key, otherwise);
  }

  private long number(String key, long otherwise) {
    return records.containsKey(key) ? Long.parseLong(text(key, "")) : otherwise;
  }

  private Instant mtime(long otherwise) {
    if (!records.containsKey("mtime")) {
      return Instant.ofEpochSecond(otherwise);
    }
    var time = new BigDecimal(text("mtime", ""));
    var second = time.setScale(0, RoundingMode.FLOOR);
    var nanos = time.subtract(second).movePointRight(9).longValue();
    return Instant.ofEpochSecond(second.longValueExact(), nanos);
  }

  private SortedMap<String, String> xattrs() {
    var xattrs = new TreeMap<String, String>();
    records.forEach((key, value) -> {
      if (key.startsWith(XATTR)) {
        xattrs.put(
            key.substring(XATTR.length()), HexFormat.of().formatHex(value.getBytes(ISO_8859_1)));
      }
    });
    return xattrs;
  }
}
