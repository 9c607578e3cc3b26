package dev.stagewright.controller.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.BooleanSupplier;

/** Gauges about the operator itself: 1 for true, 0 for false. */
public record OperatorGauges(MeterRegistry registry) {

  /** Registers whether this replica is the leader. */
  public void registerLeader(BooleanSupplier isLeader) {
    register(Metric.LEADER, isLeader);
  }

  /** Registers whether the CRD in the cluster lacks fields of this version. */
  public void registerCrdOutdated(BooleanSupplier isOutdated) {
    register(Metric.CRD_OUTDATED, isOutdated);
  }

  private void register(Metric metric, BooleanSupplier value) {
    metric.gauge(registry, () -> value.getAsBoolean() ? 1 : 0);
  }
}
