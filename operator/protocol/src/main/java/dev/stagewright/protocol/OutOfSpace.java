package dev.stagewright.protocol;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The reason why a write to the workspace volume failed although the volume works.
 *
 * <p>The JDK has no exception type for these errors, so they are recognized by the text of the C
 * library. Failed writes to the root file system of a stage have texts of their own and are not
 * recognized: a larger workspace would not help there.
 */
public enum OutOfSpace {
  /** {@code ENOSPC}. */
  NO_SPACE("No space left on device", "the workspace volume has no space left"),
  /** {@code EDQUOT}. */
  QUOTA_EXCEEDED("Disk quota exceeded", "the quota of the workspace volume is used up");

  private final String errorText;
  private final String summary;

  OutOfSpace(String errorText, String summary) {
    this.errorText = errorText;
    this.summary = summary;
  }

  /** The reason in an exception or its causes; empty if the exception has another reason. */
  public static Optional<OutOfSpace> of(Throwable exception) {
    return Stream.iterate(exception, cause -> cause != null, Throwable::getCause)
        .filter(IOException.class::isInstance)
        .map(cause -> String.valueOf(cause.getMessage()))
        .flatMap(
            message -> Arrays.stream(values()).filter(reason -> message.contains(reason.errorText)))
        .findFirst();
  }

  /** The failure that the user sees. */
  public Failure failure() {
    return Failure.of(
        FailureReason.WorkspaceFull,
        summary + ": increase spec.workspace.size, or copy fewer files between stages");
  }
}
