package dev.stagewright.controller.schema;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks whether the CRD in the cluster has all fields of this version. The API server rejects a
 * status with a field that the CRD lacks, and removes such fields from specs.
 *
 * <p>The result is that of the last completed comparison, so that a probe never waits for the API
 * server. It is refreshed in the background when somebody asks for an old one.
 */
public final class CrdCheck {
  private static final Logger LOG = LoggerFactory.getLogger(CrdCheck.class);
  private static final Duration MAX_AGE = Duration.ofMinutes(10);

  /** Somebody is probably about to apply the CRD. */
  private static final Duration MAX_AGE_OF_PROBLEM = Duration.ofSeconds(15);

  private static final int NAMED = 5;

  private final SchemaFields expected;
  private final Supplier<Optional<SchemaFields>> served;
  private final Clock clock;
  private final Executor background;
  private final AtomicBoolean isRefreshing = new AtomicBoolean();
  private volatile Result result = new Result(Instant.MIN, List.of());

  private record Result(Instant at, List<String> missing) {}

  /**
   * Creates a check.
   *
   * @param expected the fields of this version
   * @param served the fields that the cluster has; empty if they are not known
   * @param background runs later comparisons
   */
  public CrdCheck(
      SchemaFields expected,
      Supplier<Optional<SchemaFields>> served,
      Clock clock,
      Executor background) {
    this.expected = expected;
    this.served = served;
    this.clock = clock;
    this.background = background;
  }

  /** Why the operator does not work with the CRD in the cluster; empty if it does. */
  public Optional<String> problem() {
    refreshIfOld();
    var missing = result.missing();
    return missing.isEmpty() ? Optional.empty() : Optional.of(describe(missing));
  }

  private void refreshIfOld() {
    var known = result;
    var maxAge = known.missing().isEmpty() ? MAX_AGE : MAX_AGE_OF_PROBLEM;
    var isOld = known.at().equals(Instant.MIN) || known.at().plus(maxAge).isBefore(clock.instant());
    if (isOld && isRefreshing.compareAndSet(false, true)) {
      background.execute(() -> {
        try {
          compare();
        } finally {
          isRefreshing.set(false);
        }
      });
    }
  }

  /** Compares now, and logs a result that differs from the last one. */
  public void compare() {
    var before = result.missing();
    var missing = served.get().map(expected::missingIn).orElse(before);
    result = new Result(clock.instant(), missing);
    if (!missing.isEmpty() && !missing.equals(before)) {
      LOG.error("{}", describe(missing));
    } else if (missing.isEmpty() && !before.isEmpty()) {
      LOG.info("the CRD in the cluster has all fields of this version");
    }
  }

  private static String describe(List<String> missing) {
    var named = String.join(", ", missing.subList(0, Math.min(NAMED, missing.size())));
    var more = missing.size() > NAMED ? " and " + (missing.size() - NAMED) + " more" : "";
    return "the CRD imagebuilds.stagewright.dev in the cluster is older than the operator and lacks "
        + named
        + more
        + "; the status of builds may not be written. Apply the CRD of this version: kubectl apply"
        + " --server-side -k crds/manifests, or helm show crds CHART | kubectl apply --server-side"
        + " -f -";
  }
}
