package dev.stagewright.e2e.conformance.cases;

import java.util.Arrays;

/** Where the instructions of a stage run, and how they are isolated. */
public enum Sandbox {
  /** In a Pod, without special privileges. */
  IN_PLACE("inPlace"),
  /** In a Pod with its own user namespace. */
  USER_NAMESPACE("userNamespace"),
  /** On a directory of the worker, for cases without RUN. */
  WORKER("worker");

  private final String value;

  Sandbox(String value) {
    this.value = value;
  }

  /** The value in {@code spec.sandbox}; {@code worker} is not a value of that field. */
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
