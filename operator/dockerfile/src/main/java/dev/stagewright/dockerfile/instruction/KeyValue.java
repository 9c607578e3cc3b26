package dev.stagewright.dockerfile.instruction;

/**
 * A key-value pair of ENV or LABEL.
 *
 * @param key the name
 * @param value the value
 * @param legacy whether the syntax is {@code KEY value}, without an equals sign
 */
public record KeyValue(String key, String value, boolean legacy) {
  /** {@code key=value}. */
  @Override
  public String toString() {
    return key + "=" + value;
  }
}
