package dev.stagewright.e2e.conformance.cases;

import java.util.Arrays;

/** How a stage's instructions are kept apart from the Pod they run in. */
public enum Sandbox {
  IN_PLACE("inPlace"),
  USER_NAMESPACE("userNamespace");

  private final String value;

  Sandbox(String value) {
    this.value = value;
  }

  /** As {@code spec.sandbox} has it. */
  public String value() {
    return value;
  }

  /**
   * The sandbox of that name.
   *
   * @throws IllegalArgumentException where there is none
   */
  public static Sandbox of(String value) {
    return Arrays.stream(values())
        .filter(sandbox -> sandbox.value.equals(value))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such sandbox: " + value));
  }
}
