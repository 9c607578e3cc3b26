package dev.stagewright.worker.prepare;

import dev.stagewright.dockerfile.ignore.IgnoreRules;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.PlanFrame;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.Termination;
import dev.stagewright.protocol.Workspace;
import dev.stagewright.worker.ByteCount;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.PhasePaths;
import dev.stagewright.worker.SourceDateEpoch;
import dev.stagewright.worker.context.ContextWriter;
import dev.stagewright.worker.images.ImageCatalog;
import dev.stagewright.worker.images.ImageLookup;
import dev.stagewright.worker.plan.RemoteSource;
import dev.stagewright.worker.remote.RemoteSourceFetcher;
import dev.stagewright.worker.remote.RetryPolicy;
import dev.stagewright.worker.source.LfsPointers;
import dev.stagewright.worker.source.SourceTree;
import dev.stagewright.worker.source.Sources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Predicate;

/**
 * The phase itself, step by step.
 *
 * @param locations where things are
 * @param registries where images are looked up
 * @param clock tells the time of files that git makes
 * @param log tells people how far it is
 */
record PreparePhase(PhasePaths locations, Registries registries, InstantSource clock, Log log) {
  /** A ConfigMap holds 1 MiB, metadata included. */
  private static final int MAX_PLAN = 900 * 1024;

  /** Knows how to look images up for a request. */
  @FunctionalInterface
  interface Registries {
    ImageLookup lookup(BuildRequest request) throws IOException;
  }

  Termination run() throws IOException, InterruptedException {
    var request = Json.read(Files.readString(locations.request()), BuildRequest.class);
    try (var source = new Sources(locations).open(request)) {
      var revision = source.revision();
      log.say("source: " + source.description() + revision.map(r -> ", commit " + r).orElse(""));
      var dockerfile = DockerfileText.read(source, request.dockerfile());
      var planned = plan(request, source, dockerfile);
      var about = new SourceFindings(request, source, dockerfile);
      var plan = about.addTo(planned.plan(), about.ofRequest());
      new FormatCheck(request.output().format()).check(plan);
      new PlanSummary(plan).lines().forEach(log::say);
      new WorkspaceFolders(locations.workspace()).create(plan, planned.additions());
      fetchAdditions(planned.additions(), request);
      var found = about.addTo(plan, writeContext(plan, source, dockerfile));
      return handOut(new SandboxNeeds(locations.workspace()).of(found));
    }
  }

  private PrepareResult plan(BuildRequest request, SourceTree source, DockerfileText dockerfile)
      throws IOException {
    var references = new ImageTags(request.output()).of(source);
    try (var images = new ImageCatalog(registries.lookup(request))) {
      var reading = new DockerfilePlanner(request, dockerfile, images);
      try {
        return reading.plan(source.revision(), references);
      } catch (BuildFailedException e) {
        if (e.failure().reason() == FailureReason.DockerfileInvalid) {
          reading.findings().forEach(finding -> log.say("finding: " + finding));
        }
        throw e;
      }
    }
  }

  private void fetchAdditions(List<RemoteSource> additions, BuildRequest request)
      throws IOException, InterruptedException {
    var created =
        SourceDateEpoch.of(request)
            .orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.SECONDS));
    new RemoteSourceFetcher(
            locations.workspace(), locations.secrets(), RetryPolicy.DEFAULT, created, log)
        .fetch(additions);
  }

  /** Writes the context; returns what was found about it. */
  private List<BuildPlan.Finding> writeContext(
      BuildPlan plan, SourceTree source, DockerfileText dockerfile) throws IOException {
    if (plan.stages().stream().noneMatch(StagePlan::usesContext)) {
      log.say("context: not used by any stage");
      return List.of();
    }
    var rules = dockerfile.ignore().orElse(IgnoreRules.none());
    var pointers = new LfsPointers();
    Predicate<String> ignored = path -> !source.isAlwaysIncluded(path) && rules.ignores(path);
    source.exclude(ignored);
    var summary =
        new ContextWriter(ignored, pointers::look)
            .write(source, locations.workspace().resolve(Workspace.CONTEXT));
    log.say("context: " + summary.files() + " files, " + new ByteCount(summary.bytes()));
    var findings = SourceFindings.ofPointers(pointers);
    findings.forEach(finding -> log.say(finding.rule() + ": " + finding.message()));
    return findings;
  }

  private Termination handOut(BuildPlan plan) {
    var json = Json.write(plan);
    var bytes = json.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MAX_PLAN) {
      throw new BuildFailedException(
          Failure.of(
              FailureReason.PlanTooLarge,
              "the plan of this Dockerfile has "
                  + bytes.length / 1024
                  + " KiB, and at most "
                  + MAX_PLAN / 1024
                  + " KiB fit; move large heredocs into files of the context"));
    }
    log.say(PlanFrame.format(json));
    return new Termination.Prepared(Digest.of(bytes));
  }
}
