package dev.stagewright.controller.health;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the process works; the kubelet restarts it otherwise. */
public final class Liveness implements BooleanSupplier {
  private static final Logger LOG = LoggerFactory.getLogger(Liveness.class);

  private final List<HealthCheck> checks;

  /** The process works while none of these checks has found a problem. */
  public Liveness(HealthCheck... checks) {
    this.checks = List.of(checks);
  }

  /** Logs each problem, since the log of the restarted container is all that remains of it. */
  @Override
  public boolean getAsBoolean() {
    var problems = checks.stream().map(HealthCheck::problem).flatMap(Optional::stream).toList();
    problems.forEach(problem -> LOG.error("the operator must be restarted: {}", problem));
    return problems.isEmpty();
  }
}
