package dev.stagewright.dockerfile.instruction;

/**
 * A pair of ENV or LABEL.
 *
 * @param key its name
 * @param value its value
 * @param legacy whether it was written {@code KEY value}, without an equals sign
 */
public record KeyValue(String key, String value, boolean legacy) {
  /** {@code key=value}. */
  @Override
  public String toString() {
    return key + "=" + value;
  }
}
