package dev.stagewright.analysis.content;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps parts of a file that is read as a stream: its beginning, its end, and ranges that become
 * known meanwhile. What is kept can be read at any position.
 */
public final class FileParts {
  private static final int PAGE_BITS = 16;
  private static final int PAGE_SIZE = 1 << PAGE_BITS;

  private final long headPages;
  private final long tailPages;
  private final Map<Long, byte[]> pages = new HashMap<>();
  private final List<Range> ranges = new ArrayList<>();
  private byte[] page = new byte[0];
  private long length;

  /** Positions from {@code from} to, but not including, {@code to}. */
  private record Range(long from, long to) {}

  /**
   * Keeps at least so many bytes of the beginning and of the end.
   *
   * @param head bytes of the beginning
   * @param tail bytes of the end
   */
  public FileParts(long head, long tail) {
    this.headPages = pagesOf(head);
    this.tailPages = tail == 0 ? 0 : pagesOf(tail) + 1;
  }

  private static long pagesOf(long bytes) {
    return (bytes + PAGE_SIZE - 1) >>> PAGE_BITS;
  }

  /** Keeps a range too, as far as it has not been passed yet. */
  public void keep(long from, long count) {
    if (from >= 0 && count > 0 && from <= Long.MAX_VALUE - count) {
      ranges.add(new Range(from, from + count));
    }
  }

  /** Adds the next bytes of the file. */
  public void append(byte[] bytes, int offset, int count) {
    var done = 0;
    while (done < count) {
      var inPage = (int) (length & (PAGE_SIZE - 1));
      if (inPage == 0) {
        startPage(length >>> PAGE_BITS);
      }
      var size = Math.min(count - done, PAGE_SIZE - inPage);
      if (page.length > 0) {
        System.arraycopy(bytes, offset + done, page, inPage, size);
      }
      length += size;
      done += size;
    }
  }

  private void startPage(long index) {
    var left = index - tailPages;
    if (tailPages > 0 && left >= 0 && !isWanted(left)) {
      pages.remove(left);
    }
    page = tailPages > 0 || isWanted(index) ? new byte[PAGE_SIZE] : new byte[0];
    if (page.length > 0) {
      pages.put(index, page);
    }
  }

  private boolean isWanted(long index) {
    var from = index << PAGE_BITS;
    return index < headPages
        || ranges.stream().anyMatch(range -> range.from < from + PAGE_SIZE && range.to > from);
  }

  /** The number of bytes so far. */
  public long length() {
    return length;
  }

  /** Reads what was kept. */
  public View view(ByteOrder order) {
    return new View(order == ByteOrder.LITTLE_ENDIAN);
  }

  /** Reads numbers and texts. A position that was not kept reads as 0, and the view notes it. */
  public final class View {
    private final boolean littleEndian;
    private boolean complete = true;
    private long cachedIndex = -1;
    private byte[] cached = new byte[0];

    private View(boolean littleEndian) {
      this.littleEndian = littleEndian;
    }

    /** Whether everything that was asked for could be read. */
    public boolean isComplete() {
      return complete;
    }

    /** The byte at a position, 0 to 255. */
    public int u8(long at) {
      var value = find(at);
      complete &= value >= 0;
      return Math.max(0, value);
    }

    /** The byte at a position; negative if it was not kept. */
    private int find(long at) {
      if (at < 0 || at >= length) {
        return -1;
      }
      if (at >>> PAGE_BITS != cachedIndex) {
        cachedIndex = at >>> PAGE_BITS;
        cached = pages.getOrDefault(cachedIndex, new byte[0]);
      }
      return cached.length == 0 ? -1 : cached[(int) (at & (PAGE_SIZE - 1))] & 0xff;
    }

    /** The unsigned number of 2 bytes. */
    public int u16(long at) {
      return (int) number(at, 2);
    }

    /** The unsigned number of 4 bytes. */
    public long u32(long at) {
      return number(at, 4);
    }

    /** The number of 8 bytes; negative if it is too large. */
    public long u64(long at) {
      return number(at, 8);
    }

    private long number(long at, int size) {
      long value = 0;
      for (var i = 0; i < size; i++) {
        value = (value << 8) | u8(littleEndian ? at + size - 1 - i : at + i);
      }
      return value;
    }

    /**
     * The text that ends before the next zero byte, one character for each byte.
     *
     * @return empty if it is not there, or longer than {@code limit}
     */
    public Optional<String> text(long at, int limit) {
      var text = new StringBuilder();
      for (var i = 0; i <= limit; i++) {
        var next = find(at + i);
        if (next == 0) {
          return Optional.of(text.toString());
        }
        if (next < 0) {
          break;
        }
        text.append((char) next);
      }
      complete = false;
      return Optional.empty();
    }

    /** Bytes from a position, zeros where nothing was kept; the view does not note these. */
    public byte[] bytes(long at, int count) {
      var bytes = new byte[count];
      for (var i = 0; i < count; i++) {
        bytes[i] = (byte) Math.max(0, find(at + i));
      }
      return bytes;
    }
  }
}
