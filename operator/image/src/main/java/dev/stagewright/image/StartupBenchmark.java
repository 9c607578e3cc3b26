package dev.stagewright.image;

import dev.stagewright.protocol.Mounts;
import dev.stagewright.protocol.RuntimeCommand;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Measures the programs of the image without a cluster: the time to the first line of their log,
 * the whole time, and the processor time. {@code e2e/bench/startup} starts it.
 */
public final class StartupBenchmark {
  private static final Path STAT = Path.of("/proc/self/stat");
  private static final int MILLIS_PER_TICK = 10;

  /** Counted from the state, which follows the name; the system time of children is next. */
  private static final int CHILD_USER = 13;

  private static final String SECOND_OWN = Mounts.stage(StageTraining.SECOND);

  private final RuntimeTree tree;
  private final WorkerTraining worker;
  private final int runs;

  private StartupBenchmark(RuntimeTree tree, Path jdk, int runs) {
    this.tree = tree;
    this.worker = new WorkerTraining(tree, jdk);
    this.runs = runs;
  }

  /**
   * Prints a table.
   *
   * @param args the tree of the image, and the number of runs of each program
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    var jdk = Path.of(System.getProperty("java.home"));
    new StartupBenchmark(new RuntimeTree(Path.of(args[0])), jdk, Integer.parseInt(args[1])).run();
  }

  private void run() throws IOException, InterruptedException {
    System.out.printf(
        "median of %d, in ms %18s %10s %16s%n", runs, "first line", "whole", "processor time");
    new StageTraining(tree).prepare();
    measure(
        "stage, in place",
        this::cleanStage,
        RuntimeCommand.stage(StageTraining.SECOND, "--own", SECOND_OWN));
    var certificate = TrainingCertificate.create(worker.jdk());
    try (var plain = TrainingRegistry.http();
        var secure = TrainingRegistry.https(certificate.tls())) {
      measureWorker("HTTP", plain, new TrainingBuild(plain.host(), plain.host(), ""));
      measureWorker(
          "HTTPS", secure, new TrainingBuild(secure.host(), secure.host(), certificate.pem()));
    }
  }

  private void measureWorker(String protocol, TrainingRegistry registry, TrainingBuild build)
      throws IOException, InterruptedException {
    build.pushBase(registry);
    worker.write(build);
    var prepare = RuntimeCommand.prepare("--workspace", WorkerTraining.OTHER_WORKSPACE);
    measure("prepare, " + protocol, () -> {}, prepare);
    worker.pretendStages(new Chroot(tree).run(RuntimeCommand.prepare()));
    var publish = RuntimeCommand.publish("--plan", WorkerTraining.PLAN);
    measure("publish, " + protocol, () -> {}, publish);
    var uncached = build.request().toBuilder().cache(Optional.empty()).build();
    worker.write(uncached);
    measure("  without a cache", () -> {}, publish);
    worker.write(uncached.toBuilder().checks(Optional.empty()).build());
    measure("  and without checks", () -> {}, publish);
  }

  /** Removes what the stage of a former run has created. */
  private void cleanStage() throws IOException {
    for (var directory : List.of(SECOND_OWN, "/opt", "/srv")) {
      DirectoryOperations.delete(tree.at(directory));
    }
    Files.createDirectories(tree.at(SECOND_OWN));
  }

  private interface Cleaning {
    void run() throws IOException;
  }

  private record Times(long first, long whole, long processor) {}

  private void measure(String name, Cleaning cleaning, List<String> command)
      throws IOException, InterruptedException {
    var all = new ArrayList<Times>();
    for (var i = 0; i < runs; i++) {
      cleaning.run();
      all.add(measure(command));
    }
    System.out.printf(
        "%-28s %10d %10d %16d%n",
        name, median(all, Times::first), median(all, Times::whole), median(all, Times::processor));
  }

  private Times measure(List<String> command) throws IOException, InterruptedException {
    var processor = childrenMillis();
    var start = System.nanoTime();
    var process = new ProcessBuilder(new Chroot(tree).command(command)).start();
    process.getOutputStream().close();
    var first = process.getInputStream().read();
    var ready = System.nanoTime();
    process.getInputStream().transferTo(OutputStream.nullOutputStream());
    var exitCode = process.waitFor();
    var end = System.nanoTime();
    if (exitCode != 0 || first < 0) {
      var errors = process.getErrorStream().readAllBytes();
      throw new IOException(
          String.join(" ", command) + " failed: " + new String(errors, StandardCharsets.UTF_8));
    }
    return new Times(
        (ready - start) / 1_000_000, (end - start) / 1_000_000, childrenMillis() - processor);
  }

  private static long median(List<Times> all, ToLongFunction<Times> value) {
    var sorted = all.stream().mapToLong(value).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  /** The processor time of all children that have ended, from proc_pid_stat(5). */
  private static long childrenMillis() throws IOException {
    var stat = Files.readString(STAT);
    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[CHILD_USER]) + Long.parseLong(fields[CHILD_USER + 1]))
        * MILLIS_PER_TICK;
  }
}
