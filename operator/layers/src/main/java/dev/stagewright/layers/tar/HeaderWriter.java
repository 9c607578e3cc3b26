package dev.stagewright.layers.tar;

import dev.stagewright.layers.tar.HeaderBlock.Field;
import java.io.ByteArrayOutputStream;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Encodes the header blocks of an entry in one frozen form: a ustar header, preceded by a PAX
 * header for values that ustar cannot represent. Digests of layers depend on every byte.
 */
final class HeaderWriter {
  private static final String USTAR = "ustar\00000";
  private static final String PAX_NAME = "PaxHeader";
  private static final char PAX_TYPE = 'x';

  private HeaderWriter() {}

  static byte[] encode(TarEntry entry) {
    var name = nameInArchive(entry);
    var ustarName = UstarName.split(name);
    var pax = new TreeMap<String, String>();
    if (ustarName.isEmpty() || !isAscii(name)) {
      pax.put(PaxRecords.PATH, checked(name));
    }
    if (entry.linkName().length() > Field.LINK_NAME.length || !isAscii(entry.linkName())) {
      pax.put(PaxRecords.LINK_PATH, checked(entry.linkName()));
    }
    putLarge(pax, PaxRecords.UID, entry.uid(), Field.UID);
    putLarge(pax, PaxRecords.GID, entry.gid(), Field.GID);
    putLarge(pax, PaxRecords.SIZE, entry.size(), Field.SIZE);
    var mtime = new PaxTime(entry.mtimeSeconds(), entry.mtimeNanos());
    if (mtime.nanos() != 0 || mtime.seconds() < 0 || mtime.seconds() > Field.MTIME.max()) {
      pax.put(PaxRecords.MTIME, mtime.toString());
    }
    entry.xattrs().forEach((key, value) -> putXattr(pax, key, value));

    var ustar = ustar(entry, ustarName.orElse(new UstarName("", name))).bytes();
    if (pax.isEmpty()) {
      return ustar;
    }
    var out = new ByteArrayOutputStream();
    writePax(out, pax);
    out.writeBytes(ustar);
    return out.toByteArray();
  }

  private static String nameInArchive(TarEntry entry) {
    if (entry.name().isEmpty()) {
      return "./";
    }
    return entry.type() == TarEntry.Type.DIRECTORY ? entry.name() + "/" : entry.name();
  }

  private static void putLarge(
      SortedMap<String, String> pax, String key, long number, Field field) {
    if (number > field.max()) {
      pax.put(key, Long.toString(number));
    }
  }

  private static void putXattr(SortedMap<String, String> pax, String key, byte[] value) {
    if (key.isEmpty() || key.indexOf('=') >= 0) {
      throw new IllegalArgumentException("a tar cannot contain the extended attribute " + key);
    }
    pax.put(PaxRecords.XATTR + checked(key), RawName.ofBytes(value));
  }

  private static String checked(String raw) {
    if (raw.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a name contains a NUL byte: " + RawName.text(raw));
    }
    return raw;
  }

  private static boolean isAscii(String raw) {
    for (var i = 0; i < raw.length(); i++) {
      var c = raw.charAt(i);
      if (c == 0 || c >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static void writePax(ByteArrayOutputStream out, SortedMap<String, String> pax) {
    var records = PaxRecords.encode(pax);
    var header = HeaderBlock.empty();
    header.set(Field.NAME, PAX_NAME);
    header.set(Field.MODE, 0644);
    header.set(Field.UID, 0);
    header.set(Field.GID, 0);
    header.set(Field.SIZE, records.length);
    header.set(Field.MTIME, 0);
    header.set(Field.TYPE, String.valueOf(PAX_TYPE));
    header.set(Field.MAGIC, USTAR);
    header.set(Field.MAJOR, 0);
    header.set(Field.MINOR, 0);
    header.seal();
    out.writeBytes(header.bytes());
    out.writeBytes(records);
    out.writeBytes(new byte[HeaderBlock.padding(records.length)]);
  }

  private static HeaderBlock ustar(TarEntry entry, UstarName name) {
    var header = HeaderBlock.empty();
    header.set(Field.NAME, name.name());
    header.set(Field.MODE, entry.mode());
    header.set(Field.UID, entry.uid());
    header.set(Field.GID, entry.gid());
    header.set(Field.SIZE, entry.size());
    header.set(Field.MTIME, entry.mtimeSeconds());
    header.set(Field.TYPE, String.valueOf(entry.type().flag()));
    header.set(Field.LINK_NAME, entry.linkName());
    header.set(Field.MAGIC, USTAR);
    header.set(Field.MAJOR, entry.major());
    header.set(Field.MINOR, entry.minor());
    header.set(Field.PREFIX, name.prefix());
    header.seal();
    return header;
  }
}
