package dev.stagewright.layers.tar;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/**
 * A time in a PAX header: seconds since 1970 as a decimal number of any precision.
 *
 * @param seconds the seconds, rounded down
 * @param nanos the nanoseconds after that second
 */
record PaxTime(long seconds, int nanos) {
  private static final int NANO_DIGITS = 9;
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,19}(\\.[0-9]{0,64})?");

  /**
   * @throws MalformedTarException if the text is not a decimal number in range
   */
  static PaxTime parse(String text) throws MalformedTarException {
    if (!DECIMAL.matcher(text).matches()) {
      throw new MalformedTarException("malformed PAX header: time " + text);
    }
    try {
      var time = new BigDecimal(text);
      var seconds = time.setScale(0, RoundingMode.FLOOR);
      var nanos = time.subtract(seconds).movePointRight(NANO_DIGITS);
      return new PaxTime(
          seconds.longValueExact(), nanos.setScale(0, RoundingMode.FLOOR).intValueExact());
    } catch (ArithmeticException e) {
      throw new MalformedTarException("malformed PAX header: time " + text);
    }
  }

  /** Returns the shortest form. */
  @Override
  public String toString() {
    if (nanos == 0) {
      return Long.toString(seconds);
    }
    return BigDecimal.valueOf(seconds)
        .add(BigDecimal.valueOf(nanos, NANO_DIGITS))
        .stripTrailingZeros()
        .toPlainString();
  }
}
