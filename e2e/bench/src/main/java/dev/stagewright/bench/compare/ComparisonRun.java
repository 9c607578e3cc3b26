package dev.stagewright.bench.compare;

import dev.stagewright.bench.compare.builder.BuildJob;
import dev.stagewright.bench.compare.builder.ImageBuilder;
import dev.stagewright.bench.compare.builder.PodStart;
import dev.stagewright.bench.compare.builder.RegistryClient;
import dev.stagewright.bench.compare.builder.RegistryClient.PushedImage;
import dev.stagewright.bench.compare.cpu.CpuMeter;
import dev.stagewright.bench.compare.cpu.CpuUsage;
import dev.stagewright.bench.compare.result.Machine;
import dev.stagewright.bench.compare.result.Sample;
import dev.stagewright.bench.compare.result.WorkloadResult;
import dev.stagewright.bench.compare.workload.SharedStage;
import dev.stagewright.bench.compare.workload.Workload;
import dev.stagewright.bench.compare.workload.Workload.Trait;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Runs the builders one after another in every round, so that a change of the machine's load
 * concerns all of them.
 *
 * @param contexts directory for the build contexts
 * @param repositories prefix of all repositories of this run
 */
record ComparisonRun(
    List<ImageBuilder> builders,
    PodStart podStart,
    CpuMeter meter,
    RegistryClient registry,
    Path contexts,
    String repositories,
    int rounds) {
  private static final Duration IDLE = Duration.ofSeconds(8);

  /** Time for what builders do after the end of a build, which counts as processor time. */
  private static final Duration AFTERMATH = Duration.ofSeconds(2);

  /** Measures what the components use while no build runs. */
  private CpuUsage idle() throws InterruptedException {
    var before = meter.snapshot();
    Thread.sleep(IDLE);
    return meter.snapshot().since(before);
  }

  /** Measures a workload. A builder that fails does not take part in its further rounds. */
  WorkloadResult run(Workload workload) throws IOException, InterruptedException {
    var startedAt = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    var load = Machine.loadAverage();
    System.out.printf("%n%s (%s)%n", workload.title(), workload.name());
    var failures = new TreeMap<String, String>();
    for (var builder : builders) {
      attempt(builder, failures, () -> warmUp(workload, builder));
    }
    // Pulls the image.
    podStart.measure("start-" + workload.name() + "-0");
    Thread.sleep(AFTERMATH);
    var idle = idle();
    var podStarts = new ArrayList<Double>();
    var samples = new ArrayList<Sample>();
    for (var round = 1; round <= workload.rounds(rounds); round++) {
      var number = round;
      podStarts.add(podStart.measure("start-" + workload.name() + "-" + round));
      for (var builder : builders) {
        attempt(builder, failures, () -> samples.add(measure(workload, builder, number, idle)));
      }
    }
    return new WorkloadResult(
        workload.name(), startedAt, load, idle.rates(), podStarts, samples, failures);
  }

  /** Something that a builder does. */
  @FunctionalInterface
  private interface Action {
    void run() throws IOException, InterruptedException;
  }

  private static void attempt(ImageBuilder builder, Map<String, String> failures, Action action)
      throws InterruptedException {
    if (failures.containsKey(builder.name())) {
      return;
    }
    try {
      action.run();
    } catch (IOException e) {
      failures.put(builder.name(), String.valueOf(e.getMessage()));
      System.out.println("  " + builder.name() + " failed: " + e.getMessage());
    }
  }

  private void warmUp(Workload workload, ImageBuilder builder)
      throws IOException, InterruptedException {
    var jobs = jobs(workload, builder, 0).subList(0, 1);
    workload.writeWarmUp(jobs.getFirst().context(), jobs.getFirst().texts());
    builder.build(jobs);
    builder.afterBuild(jobs);
  }

  private Sample measure(Workload workload, ImageBuilder builder, int round, CpuUsage idle)
      throws IOException, InterruptedException {
    var jobs = jobs(workload, builder, round);
    buildEarlier(workload, builder, jobs);
    for (var job : jobs) {
      workload.write(job.context(), job.texts());
    }
    builder.beforeBuild(jobs.getFirst());
    writeToDisk();
    Thread.sleep(AFTERMATH);
    var before = meter.snapshot();
    var outcome = builder.build(jobs);
    Thread.sleep(AFTERMATH);
    var usage = meter.snapshot().since(before);
    if (workload.has(Trait.PREFIX_IMAGE)
        && outcome.startedFromPrefixImage().equals(Optional.of(false))) {
      throw new IOException("the stage did not start from an image with its known steps");
    }
    var images = new ArrayList<PushedImage>();
    for (var job : jobs) {
      images.add(registry.image(job));
    }
    var sharedStageRuns = workload.has(Trait.SHARED_STAGE) ? sharedStageRuns(images) : 0;
    builder.afterBuild(jobs);
    var sample =
        new Sample(
            builder.name(),
            round,
            jobs.size(),
            outcome.seconds(),
            usage.beyond(idle, builder::uses),
            usage.others(),
            usage.stolen(),
            outcome.pods(),
            sharedStageRuns,
            images.getFirst().layerBytes(),
            outcome.moments(),
            outcome.podCpuSeconds());
    print(sample);
    return sample;
  }

  /**
   * Writes what earlier builds have left in memory. Otherwise, a builder that syncs its files would
   * also wait for those of one that does not.
   */
  private static void writeToDisk() throws IOException, InterruptedException {
    new ProcessBuilder("sync").inheritIO().start().waitFor();
  }

  private static void buildEarlier(Workload workload, ImageBuilder builder, List<BuildJob> jobs)
      throws IOException, InterruptedException {
    var number = 0;
    for (var earlier : workload.earlier()) {
      number++;
      for (var job : jobs) {
        workload.writeEarlier(earlier, job.context(), job.texts());
      }
      builder.buildEarlier(jobs, number, earlier.fails());
    }
  }

  /** Each run of the shared stage writes another text to a file that all images contain. */
  private int sharedStageRuns(List<PushedImage> images) throws IOException, InterruptedException {
    var runs = new HashSet<String>();
    for (var image : images) {
      runs.add(registry.content(image, SharedStage.RUN_ID));
    }
    return runs.size();
  }

  /** The builds that start at once. */
  private List<BuildJob> jobs(Workload workload, ImageBuilder builder, int round) {
    var time = Long.toString(System.nanoTime(), Character.MAX_RADIX);
    var group = "%s-%s-%d-%s".formatted(workload.name(), builder.name(), round, time);
    return IntStream.range(0, workload.parallelBuilds())
        .mapToObj(index ->
            new BuildJob(
                workload,
                group + "-" + index,
                group,
                contexts.resolve(workload.name() + "-" + index),
                repositories + "/" + builder.name() + "-" + workload.name() + "-" + index))
        .toList();
  }

  private static void print(Sample sample) {
    System.out.printf(
        Locale.ROOT,
        "  round %d  %-12s %8.2f s  %8.2f processor s  (others %.2f)%s%n",
        sample.round(),
        sample.builder(),
        sample.seconds(),
        sample.cpuSecondsOfOneBuild(),
        sample.otherCpuSeconds(),
        sample.sharedStageRuns() == 0
            ? ""
            : "  the shared stage ran %d times".formatted(sample.sharedStageRuns()));
  }
}
