package dev.stagewright.controller.log;

import dev.stagewright.api.v1alpha1.ImageBuild;
import org.slf4j.MDC;

/**
 * The fields that all lines have which are logged while an ImageBuild is reconciled, in the format
 * {@code json}.
 */
public final class LogFields implements AutoCloseable {
  static final String NAMESPACE = "namespace";
  static final String BUILD = "build";
  static final String RUN = "run";
  static final String STAGE = "stage";

  private LogFields() {}

  /** Adds the fields to the lines of this thread until the result is closed. */
  public static LogFields of(ImageBuild build) {
    MDC.put(NAMESPACE, build.getMetadata().getNamespace());
    MDC.put(BUILD, build.getMetadata().getName());
    var status = build.getStatus();
    if (status != null) {
      MDC.put(RUN, Long.toString(status.runNumber()));
    }
    return new LogFields();
  }

  @Override
  public void close() {
    MDC.remove(NAMESPACE);
    MDC.remove(BUILD);
    MDC.remove(RUN);
  }
}
