package dev.stagewright.worker.harbor;

import dev.stagewright.harbor.ArtifactInfo;
import dev.stagewright.harbor.HarborArtifact;
import dev.stagewright.harbor.HarborRepository;
import dev.stagewright.harbor.ScanKind;
import dev.stagewright.harbor.ScanOverview;
import dev.stagewright.harbor.ScanStart;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.registry.call.Sleeper;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.worker.Log;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Starts a scan in Harbor, and waits for its end.
 *
 * @param harbor the repository
 * @param artifact the image
 * @param kind the kind of the scan
 * @param deadline when to stop waiting
 * @param clock the time
 * @param sleeper waits between two requests
 * @param log receives the progress
 */
record ScanRun(
    HarborRepository harbor,
    HarborArtifact artifact,
    ScanKind kind,
    Instant deadline,
    InstantSource clock,
    Sleeper sleeper,
    Log log) {
  private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
  private static final Duration MAX_DELAY = Duration.ofSeconds(10);

  /** Starts the scan; returns a failure if Harbor does not run it. */
  Optional<Failure> start() throws RegistryException {
    return switch (artifact.scan(kind)) {
      case ScanStart.Started _ -> started("Harbor started the " + description());
      case ScanStart.AlreadyRunning _ -> started("Harbor already runs the " + description());
      case ScanStart.Unsupported(var cause) ->
          failed("Harbor cannot run the " + description(), cause);
      case ScanStart.NotAllowed(var cause) ->
          harbor.project().isAutomatic(kind).orElse(true)
              ? started("the project runs the " + description() + " automatically")
              : failed("the account may not start the " + description(), cause);
    };
  }

  private Optional<Failure> started(String line) {
    log.print(line);
    return Optional.empty();
  }

  private static Optional<Failure> failed(String message, String cause) {
    return Optional.of(Failure.of(FailureReason.ScanFailed, message + ": " + cause));
  }

  /** Waits until the scan ends, or the deadline passes. */
  ScanOutcome await() throws RegistryException, InterruptedException {
    for (var delay = FIRST_DELAY; ; delay = nextDelay(delay)) {
      var overview = artifact.info().flatMap(this::overview);
      if (overview.filter(ScanOverview::isFinal).isPresent()) {
        return outcome(overview.get());
      }
      if (!clock.instant().isBefore(deadline)) {
        return new ScanOutcome(overview, Optional.of(timeout(overview)));
      }
      sleeper.sleep(delay);
    }
  }

  private Optional<ScanOverview> overview(ArtifactInfo info) {
    return switch (kind) {
      case VULNERABILITY -> info.scan();
      case SBOM -> info.sbom();
    };
  }

  private ScanOutcome outcome(ScanOverview overview) {
    log.print("Harbor's " + description() + ": " + overview.status());
    return overview.isSuccess()
        ? new ScanOutcome(Optional.of(overview), Optional.empty())
        : new ScanOutcome(
            Optional.of(overview),
            failed(
                "Harbor did not complete the " + description(),
                "its status is " + overview.status()));
  }

  private Failure timeout(Optional<ScanOverview> overview) {
    var seen =
        overview
            .map(it -> "its status is " + it.status())
            .orElse("its status is unknown; the account requires the permission to read artifacts");
    return Failure.of(
        FailureReason.ScanTimeout,
        "Harbor's "
            + description()
            + " did not complete within spec.output.harbor.timeout: "
            + seen);
  }

  private String description() {
    return switch (kind) {
      case VULNERABILITY -> "vulnerability scan";
      case SBOM -> "SBOM generation";
    };
  }

  private static Duration nextDelay(Duration delay) {
    var doubled = delay.multipliedBy(2);
    return doubled.compareTo(MAX_DELAY) < 0 ? doubled : MAX_DELAY;
  }
}
