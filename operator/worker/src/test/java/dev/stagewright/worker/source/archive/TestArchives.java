package dev.stagewright.worker.source.archive;

import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.layers.tar.TarWriter;
import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Writes archives for tests. */
final class TestArchives {
  private TestArchives() {}

  /** An entry with its content. */
  record Item(TarEntry entry, String content) {
    static Item file(String name, String content) {
      return new Item(TarEntry.file(name, content.length()), content);
    }

    static Item of(TarEntry entry) {
      return new Item(entry, "");
    }
  }

  static byte[] tar(Item... items) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarWriter(bytes)) {
      for (var item : items) {
        tar.put(
            item.entry(),
            new ByteArrayInputStream(item.content().getBytes(StandardCharsets.US_ASCII)));
      }
    }
    return bytes.toByteArray();
  }

  /** Replaces a name in the headers of a tar by another one of the same length. */
  static byte[] renamed(byte[] tar, String from, String to) {
    var text = new String(tar, StandardCharsets.ISO_8859_1);
    var result = text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
    for (var block = 0; block + 512 <= result.length; block += 512) {
      if (new String(result, block + 257, 5, StandardCharsets.ISO_8859_1).equals("ustar")) {
        seal(result, block);
      }
    }
    return result;
  }

  private static void seal(byte[] tar, int block) {
    var sum = 0;
    for (var i = 0; i < 512; i++) {
      sum += i >= 148 && i < 156 ? ' ' : tar[block + i] & 0xff;
    }
    var text = "%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(text, 0, tar, block + 148, text.length);
  }

  @FunctionalInterface
  interface Compressor {
    OutputStream open(OutputStream out) throws IOException;
  }

  /** The compressions of tar archives. */
  static List<Compressor> compressors() {
    var all = new ArrayList<Compressor>();
    all.add(out -> out);
    all.add(GZIPOutputStream::new);
    all.add(BZip2CompressorOutputStream::new);
    all.add(out -> new XZOutputStream(out, new LZMA2Options(0)));
    all.add(ZstdOutputStream::new);
    return all;
  }

  static byte[] compressed(byte[] content, Compressor compressor) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = compressor.open(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  /** A zip file; the mode contains the type, and 0 is an entry that was not made on Unix. */
  static byte[] zip(ZipItem... items) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipArchiveOutputStream(bytes)) {
      for (var item : items) {
        var entry = new ZipArchiveEntry(item.name());
        if (item.mode() != 0) {
          entry.setUnixMode(item.mode());
        }
        entry.setTime(1_700_000_000_000L);
        zip.putArchiveEntry(entry);
        zip.write(item.content().getBytes(StandardCharsets.US_ASCII));
        zip.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  record ZipItem(String name, int mode, String content) {}
}
