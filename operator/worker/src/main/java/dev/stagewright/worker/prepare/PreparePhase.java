package dev.stagewright.worker.prepare;

import dev.stagewright.dockerfile.ignore.IgnoreRules;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.LogFrame;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.Termination;
import dev.stagewright.protocol.Workspace;
import dev.stagewright.worker.ByteCount;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.PhasePaths;
import dev.stagewright.worker.SourceDateEpoch;
import dev.stagewright.worker.analysis.Exemptions;
import dev.stagewright.worker.context.ContextWriter;
import dev.stagewright.worker.download.DownloadOptions;
import dev.stagewright.worker.images.ImageCatalog;
import dev.stagewright.worker.images.ImageLookup;
import dev.stagewright.worker.plan.RemoteSource;
import dev.stagewright.worker.remote.RemoteSecrets;
import dev.stagewright.worker.remote.RemoteSourceFetcher;
import dev.stagewright.worker.source.LfsPointers;
import dev.stagewright.worker.source.SourceTree;
import dev.stagewright.worker.source.Sources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Predicate;

/**
 * Runs the phase {@code prepare}.
 *
 * @param locations paths of the Pod
 * @param registries create the lookup of images
 * @param clock for the modification time of files that ADD fetches
 * @param log for users
 */
record PreparePhase(PhasePaths locations, Registries registries, InstantSource clock, Log log) {
  /** The limit of a ConfigMap is 1 MiB, metadata included. */
  private static final int MAX_PLAN = 900 * 1024;

  /** Creates the lookup of images for a request and the path of its Dockerfile. */
  @FunctionalInterface
  interface Registries {
    ImageLookup lookup(BuildRequest request, String dockerfile) throws IOException;
  }

  Termination run() throws IOException, InterruptedException {
    var request = Json.read(Files.readString(locations.request()), BuildRequest.class);
    try (var source = new Sources(locations, System.in, log).open(request)) {
      var revision = source.revision();
      log.print(
          "source: "
              + source.description()
              + revision.map(commit -> ", commit " + commit).orElse("")
              + source.origin().map(origin -> ", digest " + origin.digest()).orElse(""));
      var dockerfile = DockerfileText.read(source, request.dockerfile());
      var planned = plan(request, source, dockerfile);
      var sourceFindings = new SourceFindings(request, source, dockerfile);
      var plan =
          sourceFindings.addTo(
              planned.plan().toBuilder().source(source.origin()).signer(source.signer()).build(),
              sourceFindings.ofRequest());
      new FormatCheck(request.output().format()).check(plan);
      new PlanSummary(plan).lines().forEach(log::print);
      new WorkspaceFolders(locations.workspace()).create(plan, planned.remoteSources());
      fetch(planned.remoteSources(), request);
      var complete = sourceFindings.addTo(plan, writeContext(plan, source, dockerfile));
      return publish(
          new SandboxNeeds(locations.workspace()).of(withoutAccepted(complete, request)));
    }
  }

  /** The plan without the findings that the request accepts. */
  private BuildPlan withoutAccepted(BuildPlan plan, BuildRequest request) {
    if (request.checks().isEmpty()) {
      return plan;
    }
    var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    var exemptions = new Exemptions(request.checks().get().exceptions(), today);
    var others = plan.findings().stream().filter(finding -> !exemptions.accepts(finding)).toList();
    return plan.toBuilder().findings(others).build();
  }

  private DockerfilePlanner.Result plan(
      BuildRequest request, SourceTree source, DockerfileText dockerfile) throws IOException {
    var references = new ImageTags(request.output()).of(source);
    try (var images = new ImageCatalog(registries.lookup(request, dockerfile.path()))) {
      var planner = new DockerfilePlanner(request, dockerfile, images);
      try {
        return planner.plan(source.revision(), references);
      } catch (BuildFailedException e) {
        if (e.failure().reason() == FailureReason.DockerfileInvalid) {
          planner
              .findingsOfInvalidDockerfile()
              .forEach(finding -> log.print("finding: " + finding));
        }
        throw e;
      }
    }
  }

  private void fetch(List<RemoteSource> remoteSources, BuildRequest request)
      throws IOException, InterruptedException {
    var created =
        SourceDateEpoch.of(request)
            .orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.SECONDS));
    new RemoteSourceFetcher(
            locations.workspace(),
            new RemoteSecrets(locations.secrets(), locations.ssh()),
            DownloadOptions.of(System.getenv()),
            created,
            log)
        .fetch(remoteSources);
  }

  /** Writes the build context; returns the findings about its files. */
  private List<BuildPlan.Finding> writeContext(
      BuildPlan plan, SourceTree source, DockerfileText dockerfile) throws IOException {
    if (plan.stages().stream().noneMatch(StagePlan::usesContext)) {
      log.print("context: not used by any stage");
      return List.of();
    }
    var rules = dockerfile.ignore().orElse(IgnoreRules.none());
    var pointers = new LfsPointers();
    Predicate<String> ignored = path -> !source.isAlwaysIncluded(path) && rules.ignores(path);
    source.exclude(ignored);
    var summary =
        new ContextWriter(ignored, pointers::check)
            .write(source, locations.workspace().resolve(Workspace.CONTEXT));
    log.print("context: " + summary.files() + " files, " + new ByteCount(summary.bytes()));
    var findings = SourceFindings.ofPointers(pointers);
    findings.forEach(finding -> log.print(finding.rule() + ": " + finding.message()));
    return findings;
  }

  /** Announces the plan, to publish first and then to the operator. */
  private Termination publish(BuildPlan plan) throws IOException {
    var json = Json.write(plan);
    var bytes = json.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MAX_PLAN) {
      throw new BuildFailedException(
          Failure.of(
              FailureReason.PlanTooLarge,
              "the plan of this Dockerfile is "
                  + bytes.length / 1024
                  + " KiB large, and the limit is "
                  + MAX_PLAN / 1024
                  + " KiB; move large heredocs into files of the build context"));
    }
    var attempt = locations.attemptDirectory();
    if (attempt.isPresent()) {
      attempt.get().publishPlan(json);
    }
    log.frame(LogFrame.Kind.PLAN, json);
    return new Termination.Prepared(Digest.of(bytes));
  }
}
