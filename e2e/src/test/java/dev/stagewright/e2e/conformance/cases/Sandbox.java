package dev.stagewright.e2e.conformance.cases;

import java.util.Arrays;

/** The isolation of the instructions of a stage from their Pod. */
public enum Sandbox {
  IN_PLACE("inPlace"),
  USER_NAMESPACE("userNamespace");

  private final String value;

  Sandbox(String value) {
    this.value = value;
  }

  /** The value in {@code spec.sandbox}. */
  public String value() {
    return value;
  }

  /**
   * The sandbox with this name.
   *
   * @throws IllegalArgumentException if it does not exist
   */
  public static Sandbox of(String value) {
    return Arrays.stream(values())
        .filter(sandbox -> sandbox.value.equals(value))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such sandbox: " + value));
  }
}
