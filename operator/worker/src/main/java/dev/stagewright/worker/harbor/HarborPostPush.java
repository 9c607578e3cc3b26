package dev.stagewright.worker.harbor;

import dev.stagewright.harbor.HarborArtifact;
import dev.stagewright.harbor.HarborRepository;
import dev.stagewright.harbor.ScanKind;
import dev.stagewright.harbor.ScanOverview;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.HarborOptions;
import dev.stagewright.protocol.ScanResult;
import dev.stagewright.registry.call.Sleeper;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.worker.Log;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Has Harbor do with an image what the build asks, before any tag points to it.
 *
 * @param harbor with the repository, which has the image
 * @param options what is asked
 * @param digest of the image
 * @param clock the time
 * @param pause waits between two looks at a scan
 * @param log tells how far it is
 */
public record HarborPostPush(
    HarborRepository harbor,
    HarborOptions options,
    Digest digest,
    InstantSource clock,
    Sleeper pause,
    Log log) {

  /**
   * What came of it.
   *
   * @param scan empty if neither scan nor bill was asked for
   * @param failure why tags shall stay where they are; empty if they may move
   */
  public record Result(Optional<ScanResult> scan, Optional<Failure> failure) {}

  /**
   * Does all of it.
   *
   * @throws BuildFailedException if there is no label of a name
   * @throws RegistryException if Harbor refuses something, or cannot be reached
   */
  public Result run() throws RegistryException, InterruptedException {
    var artifact = harbor.artifact(digest.toString());
    for (var label : new RequestedLabels(harbor).numbers(options.labels())) {
      artifact.addLabel(label);
    }
    var ends = scans(artifact);
    if (ends.isEmpty()) {
      return new Result(Optional.empty(), Optional.empty());
    }
    var scan = result(ends, artifact);
    log.say("scan: " + scan.status() + " " + scan.counts());
    return new Result(Optional.of(scan), objection(ends, scan));
  }

  /** Both at once, where both are asked for. */
  private Map<ScanKind, ScanOutcome> scans(HarborArtifact artifact)
      throws RegistryException, InterruptedException {
    var deadline = clock.instant().plusSeconds(options.timeoutSeconds());
    var begun = new LinkedHashMap<ScanKind, ScanRun>();
    var ends = new LinkedHashMap<ScanKind, ScanOutcome>();
    for (var kind : ScanKind.values()) {
      if (isAsked(kind)) {
        var run = new ScanRun(harbor, artifact, kind, deadline, clock, pause, log);
        var problem = run.start();
        if (problem.isPresent()) {
          ends.put(kind, new ScanOutcome(Optional.empty(), problem));
        } else {
          begun.put(kind, run);
        }
      }
    }
    for (var run : begun.values()) {
      ends.put(run.kind(), run.await());
    }
    return ends;
  }

  private boolean isAsked(ScanKind kind) {
    return switch (kind) {
      case VULNERABILITY -> options.scan();
      case SBOM -> options.sbom();
    };
  }

  private ScanResult result(Map<ScanKind, ScanOutcome> ends, HarborArtifact artifact)
      throws RegistryException {
    var scan = overview(ends, ScanKind.VULNERABILITY);
    var bill = overview(ends, ScanKind.SBOM);
    var told = options.scan() ? scan : bill;
    return new ScanResult(
        told.map(ScanOverview::status).orElse("Error"),
        scan.flatMap(ScanOverview::severity),
        scan.map(ScanOverview::counts).orElse(Map.of()),
        scan.map(ScanOverview::fixable).orElse(0),
        told.flatMap(ScanOverview::scanner),
        artifact.info().map(info -> harbor.page(info.project(), digest.toString()).toString()),
        bill.flatMap(ScanOverview::sbom));
  }

  private static Optional<ScanOverview> overview(Map<ScanKind, ScanOutcome> ends, ScanKind kind) {
    return Optional.ofNullable(ends.get(kind)).flatMap(ScanOutcome::overview);
  }

  /** A scan that nothing depends on may fail; it is seen in the status then. */
  private Optional<Failure> objection(Map<ScanKind, ScanOutcome> ends, ScanResult scan) {
    var bill = failure(ends, ScanKind.SBOM);
    if (options.failOn().isEmpty()) {
      failure(ends, ScanKind.VULNERABILITY)
          .ifPresent(failure -> log.say("WARNING: " + failure.message()));
      return bill;
    }
    return failure(ends, ScanKind.VULNERABILITY).or(() -> excess(scan)).or(() -> bill);
  }

  private static Optional<Failure> failure(Map<ScanKind, ScanOutcome> ends, ScanKind kind) {
    return Optional.ofNullable(ends.get(kind)).flatMap(ScanOutcome::failure);
  }

  private Optional<Failure> excess(ScanResult scan) {
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
