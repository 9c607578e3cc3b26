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
 * Has Harbor scan an image, and waits for what comes of it.
 *
 * @param harbor with the repository
 * @param artifact the image
 * @param kind what is to be done
 * @param deadline when to wait no longer
 * @param clock the time
 * @param pause waits between two looks
 * @param log tells how far it is
 */
record ScanRun(
    HarborRepository harbor,
    HarborArtifact artifact,
    ScanKind kind,
    Instant deadline,
    InstantSource clock,
    Sleeper sleeper,
    Log log) {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  /** Starts it; returns why it cannot be had, and empty where it will come. */
  Optional<Failure> start() throws RegistryException {
    return switch (artifact.scan(kind)) {
      case ScanStart.Started _ -> begun("Harbor begins its " + words());
      case ScanStart.UnderWay _ -> begun("Harbor is at its " + words() + " already");
      case ScanStart.Impossible(var why) -> failed("Harbor cannot make the " + words(), why);
      case ScanStart.NotAllowed(var why) ->
          harbor.project().isAutomatic(kind).orElse(true)
              ? begun("the project is to make the " + words() + " by itself")
              : failed("the account may not have the " + words() + " made", why);
    };
  }

  private Optional<Failure> begun(String line) {
    log.say(line);
    return Optional.empty();
  }

  private static Optional<Failure> failed(String what, String why) {
    return Optional.of(Failure.of(FailureReason.ScanFailed, what + ": " + why));
  }

  /** Waits until it is over, or the time is. */
  ScanOutcome await() throws RegistryException, InterruptedException {
    for (var wait = FIRST_PAUSE; ; wait = longer(wait)) {
      var overview = artifact.info().flatMap(this::overview);
      if (overview.filter(ScanOverview::isOver).isPresent()) {
        return ended(overview.get());
      }
      if (!clock.instant().isBefore(deadline)) {
        return new ScanOutcome(overview, Optional.of(late(overview)));
      }
      sleeper.sleep(wait);
    }
  }

  private Optional<ScanOverview> overview(ArtifactInfo info) {
    return switch (kind) {
      case VULNERABILITY -> info.scan();
      case SBOM -> info.sbom();
    };
  }

  private ScanOutcome ended(ScanOverview overview) {
    log.say("Harbor's " + words() + ": " + overview.status());
    return overview.isSuccess()
        ? new ScanOutcome(Optional.of(overview), Optional.empty())
        : new ScanOutcome(
            Optional.of(overview),
            failed("Harbor could not make the " + words(), "it says " + overview.status()));
  }

  private Failure late(Optional<ScanOverview> overview) {
    var seen =
        overview
            .map(it -> "it says " + it.status())
            .orElse("there is none to be seen; the account needs the right to read artifacts");
    return Failure.of(
        FailureReason.ScanTimeout,
        "Harbor's " + words() + " was not done within spec.output.harbor.timeout: " + seen);
  }

  private String words() {
    return switch (kind) {
      case VULNERABILITY -> "scan for vulnerabilities";
      case SBOM -> "bill of materials";
    };
  }

  private static Duration longer(Duration wait) {
    var doubled = wait.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }
}
