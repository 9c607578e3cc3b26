package dev.stagewright.dockerfile.mount;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Parses sizes like Docker: {@code 64m}, {@code 1.5GiB}, {@code 1024}; units are powers of 1024.
 */
final class MemorySize {
  private static final Pattern SIZE =
      Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{1,9})?) ?([kmgtp]?)i?b?");

  private MemorySize() {}

  static OptionalLong parse(String text) {
    var match = SIZE.matcher(text.toLowerCase(Locale.ROOT));
    if (!match.matches()) {
      return OptionalLong.empty();
    }
    int power = " kmgtp".indexOf(match.group(2).isEmpty() ? " " : match.group(2));
    var bytes = new BigDecimal(match.group(1)).multiply(BigDecimal.valueOf(1L << (10 * power)));
    return bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
        ? OptionalLong.empty()
        : OptionalLong.of(bytes.longValue());
  }
}
