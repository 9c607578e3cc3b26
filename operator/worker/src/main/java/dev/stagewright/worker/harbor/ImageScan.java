package dev.stagewright.worker.harbor;

import dev.stagewright.harbor.HarborArtifact;
import dev.stagewright.harbor.HarborRepository;
import dev.stagewright.harbor.ScanKind;
import dev.stagewright.harbor.ScanOverview;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.HarborOptions;
import dev.stagewright.protocol.ScanResult;
import dev.stagewright.registry.call.Sleeper;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.worker.Log;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The vulnerability scan and the SBOM of an image, and whether they allow its tags to move.
 *
 * @param harbor the repository
 * @param artifact the image
 * @param options the options of the build
 * @param clock the time
 * @param sleeper waits between two requests for the state of a scan
 * @param log receives the progress
 */
record ImageScan(
    HarborRepository harbor,
    HarborArtifact artifact,
    HarborOptions options,
    InstantSource clock,
    Sleeper sleeper,
    Log log) {

  HarborPostPush.Result run() throws RegistryException, InterruptedException {
    var outcomes = outcomes();
    if (outcomes.isEmpty()) {
      return HarborPostPush.Result.EMPTY;
    }
    var scan = result(outcomes);
    log.print("scan: " + scan.status() + " " + scan.counts());
    return new HarborPostPush.Result(Optional.of(scan), failure(outcomes, scan));
  }

  /** Runs all requested kinds of scan in parallel. */
  private Map<ScanKind, ScanOutcome> outcomes() throws RegistryException, InterruptedException {
    var deadline = clock.instant().plusSeconds(options.timeoutSeconds());
    var started = new EnumMap<ScanKind, ScanRun>(ScanKind.class);
    var outcomes = new EnumMap<ScanKind, ScanOutcome>(ScanKind.class);
    for (var kind : ScanKind.values()) {
      if (isRequested(kind)) {
        var run = new ScanRun(harbor, artifact, kind, deadline, clock, sleeper, log);
        var failure = run.start();
        if (failure.isPresent()) {
          outcomes.put(kind, new ScanOutcome(Optional.empty(), failure));
        } else {
          started.put(kind, run);
        }
      }
    }
    for (var run : started.values()) {
      outcomes.put(run.kind(), run.await());
    }
    return outcomes;
  }

  private boolean isRequested(ScanKind kind) {
    return switch (kind) {
      case VULNERABILITY -> options.scan();
      case SBOM -> options.sbom();
    };
  }

  private ScanResult result(Map<ScanKind, ScanOutcome> outcomes) throws RegistryException {
    var scan = overview(outcomes, ScanKind.VULNERABILITY);
    var sbom = overview(outcomes, ScanKind.SBOM);
    var main = options.scan() ? scan : sbom;
    var digest = artifact.reference();
    return new ScanResult(
        main.map(ScanOverview::status).orElse("Error"),
        scan.flatMap(ScanOverview::severity),
        scan.map(ScanOverview::counts).orElse(Map.of()),
        scan.map(ScanOverview::fixable).orElse(0),
        main.flatMap(ScanOverview::scanner),
        artifact.info().map(info -> harbor.page(info.project(), digest).toString()),
        sbom.flatMap(ScanOverview::sbom));
  }

  private static Optional<ScanOverview> overview(
      Map<ScanKind, ScanOutcome> outcomes, ScanKind kind) {
    return Optional.ofNullable(outcomes.get(kind)).flatMap(ScanOutcome::overview);
  }

  /** Without a severity gate, a failed scan does not fail the build; the status shows it. */
  private Optional<Failure> failure(Map<ScanKind, ScanOutcome> outcomes, ScanResult scan) {
    var sbomFailure = failure(outcomes, ScanKind.SBOM);
    var scanFailure = failure(outcomes, ScanKind.VULNERABILITY);
    if (options.failOn().isEmpty()) {
      scanFailure.ifPresent(failure -> log.print("WARNING: " + failure.message()));
      return sbomFailure;
    }
    return scanFailure.or(() -> vulnerabilities(scan)).or(() -> sbomFailure);
  }

  private static Optional<Failure> failure(Map<ScanKind, ScanOutcome> outcomes, ScanKind kind) {
    return Optional.ofNullable(outcomes.get(kind)).flatMap(ScanOutcome::failure);
  }

  private Optional<Failure> vulnerabilities(ScanResult scan) {
    return options
        .failOn()
        .map(severity -> new SeverityGate(severity).excess(scan.counts()))
        .filter(excess -> !excess.isEmpty())
        .map(excess ->
            Failure.of(
                FailureReason.VulnerabilitiesFound,
                "the scan found vulnerabilities: "
                    + excess
                    + "; "
                    + scan.fixable()
                    + " have a fix; no tag was moved"
                    + scan.report().map(report -> "; report: " + report).orElse("")));
  }
}
