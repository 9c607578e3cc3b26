package dev.stagewright.analysis.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FilePartsTest {
  private static final int PAGE = 1 << 16;

  /** Each byte is the number of its page. */
  private static void append(FileParts parts, int pages) {
    for (var i = 0; i < pages; i++) {
      var page = new byte[PAGE];
      Arrays.fill(page, (byte) (i + 1));
      parts.append(page, 0, 100);
      parts.append(page, 100, PAGE - 100);
    }
  }

  @Test
  void keepsTheBeginningTheEndAndRanges() {
    var parts = new FileParts(2 * PAGE, PAGE);
    parts.keep(5L * PAGE + 3, 1);
    append(parts, 20);
    var view = parts.view(ByteOrder.LITTLE_ENDIAN);

    assertThat(view.u8(0)).isEqualTo(1);
    assertThat(view.u8(2 * PAGE - 1)).isEqualTo(2);
    assertThat(view.u8(5 * PAGE + 3)).isEqualTo(6);
    assertThat(view.u8(19 * PAGE)).isEqualTo(20);
    assertThat(parts.length()).isEqualTo(20 * PAGE);
    assertThat(view.isComplete()).isTrue();
  }

  @Test
  void notesWhatWasNotKept() {
    var parts = new FileParts(PAGE, 0);
    append(parts, 3);
    var view = parts.view(ByteOrder.BIG_ENDIAN);

    assertThat(view.u32(2 * PAGE)).isZero();
    assertThat(view.isComplete()).isFalse();
    assertThat(parts.view(ByteOrder.BIG_ENDIAN).text(PAGE - 1, 10)).isEmpty();
  }

  @Test
  void readsNumbersInBothByteOrders() {
    var parts = new FileParts(PAGE, 0);
    parts.append(new byte[] {1, 2, 3, 4, 'a', 0}, 0, 6);

    assertThat(parts.view(ByteOrder.LITTLE_ENDIAN).u32(0)).isEqualTo(0x04030201);
    assertThat(parts.view(ByteOrder.BIG_ENDIAN).u16(1)).isEqualTo(0x0203);
    assertThat(parts.view(ByteOrder.BIG_ENDIAN).text(4, 1)).contains("a");
    assertThat(parts.view(ByteOrder.BIG_ENDIAN).text(0, 2)).isEmpty();
  }
}
