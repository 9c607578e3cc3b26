package dev.stagewright.controller.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.BooleanSupplier;

/** Gauges about the operator itself: 1 for true, 0 for false. */
public record OperatorGauges(MeterRegistry registry) {

  /** Registers whether this replica is the leader. */
  public void registerLeader(BooleanSupplier isLeader) {
    register(
        "stagewright.leader", isLeader, "1 if this replica reconciles ImageBuilds, 0 if it waits");
  }

  /** Registers whether the CRD in the cluster lacks fields of this version. */
  public void registerCrdOutdated(BooleanSupplier isOutdated) {
    register(
        "stagewright.crd.outdated",
        isOutdated,
        "1 if the CRD in the cluster lacks fields of this version");
  }

  private void register(String name, BooleanSupplier value, String description) {
    Gauge.builder(name, value, it -> it.getAsBoolean() ? 1 : 0)
        .description(description)
        .strongReference(true)
        .register(registry);
  }
}
