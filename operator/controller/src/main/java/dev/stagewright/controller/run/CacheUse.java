package dev.stagewright.controller.run;

import dev.stagewright.protocol.CacheRequest;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Arrays;
import java.util.Optional;

/**
 * How a run uses the cache of instructions. It is a label of the ConfigMap with the request, which
 * is created once: a change of the ImageBuild or of the configuration does not affect a run that
 * has started.
 */
public enum CacheUse {
  /** The run has no cache. */
  NONE("none"),
  /** The run uses existing records. */
  USES_RECORDS("uses-records"),
  /** The run ignores existing records, but writes new ones. */
  IGNORES_RECORDS("ignores-records");

  private final String label;

  CacheUse(String label) {
    this.label = label;
  }

  /** The value of the label {@link Labels#CACHE}. */
  public String label() {
    return label;
  }

  /** How a run with this request uses the cache. */
  public static CacheUse of(Optional<CacheRequest> request) {
    return request
        .map(cache -> cache.ignoreRecords() ? IGNORES_RECORDS : USES_RECORDS)
        .orElse(NONE);
  }

  /** Reads the label of a ConfigMap with a request. */
  public static CacheUse of(HasMetadata request) {
    return Optional.ofNullable(request.getMetadata().getLabels())
        .map(labels -> labels.get(Labels.CACHE))
        .flatMap(
            label -> Arrays.stream(values()).filter(use -> use.label.equals(label)).findFirst())
        .orElse(NONE);
  }
}
