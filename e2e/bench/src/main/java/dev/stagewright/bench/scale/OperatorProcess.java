package dev.stagewright.bench.scale;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Runs the operator in a separate process with a small heap. */
final class OperatorProcess implements AutoCloseable {
  private static final Pattern GC_PAUSE = Pattern.compile("Pause .* (\\d+)M->(\\d+)M\\(");

  private final Process process;
  private final Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;

  private OperatorProcess(Process process, Path folder, int port) {
    this.process = process;
    this.folder = folder;
    this.port = port;
  }

  /**
   * Starts the operator.
   *
   * @param heap maximum heap in MiB
   */
  static OperatorProcess start(OperatorServiceAccount account, String image, int heap, int port)
      throws IOException {
    var folder = Files.createTempDirectory("scale-operator");
    var kubeconfig = account.kubeconfig(folder.resolve("kubeconfig"));
    var config =
        Files.writeString(
            folder.resolve("config.yaml"),
            "operatorName: %s\nimage: %s\nhttpPort: %d\nlogLevel: warn\n"
                .formatted(SimulatedBuild.OPERATOR, image, port));
    var command =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xss1m",
                "-Xmx" + heap + "m",
                "-Xlog:gc:file=" + folder.resolve("gc.log"),
                "-classpath",
                System.getProperty("java.class.path"),
                "dev.stagewright.controller.OperatorMain",
                "--config",
                config.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log.txt").toFile());
    command.environment().put("KUBECONFIG", kubeconfig.toString());
    return new OperatorProcess(command.start(), folder, port);
  }

  boolean isReady() throws InterruptedException {
    try {
      return get("/readyz") == 200;
    } catch (IOException e) {
      if (!process.isAlive()) {
        throw new IllegalStateException(
            "the operator has exited; see " + folder.resolve("log.txt"), e);
      }
      return false;
    }
  }

  private int get(String path) throws IOException, InterruptedException {
    return http.send(request(path), BodyHandlers.discarding()).statusCode();
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
        .timeout(Duration.ofSeconds(10))
        .build();
  }

  /** The values of all series of a metric, by labels. */
  TreeMap<String, Double> metricValues(String name) throws IOException, InterruptedException {
    var values = new TreeMap<String, Double>();
    http.send(request("/metrics"), BodyHandlers.ofLines())
        .body()
        .filter(line -> line.startsWith(name))
        .forEach(line -> {
          var separator = line.lastIndexOf(' ');
          values.put(
              line.substring(name.length(), separator),
              Double.valueOf(line.substring(separator + 1)));
        });
    return values;
  }

  double metricSum(String name) throws IOException, InterruptedException {
    return metricValues(name).values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Peak of the heap before and after a garbage collection, and peak of the resident memory. */
  String memory() throws IOException {
    var before = 0;
    var after = 0;
    for (var line : Files.readAllLines(folder.resolve("gc.log"))) {
      var match = GC_PAUSE.matcher(line);
      if (match.find()) {
        before = Math.max(before, Integer.parseInt(match.group(1)));
        after = Math.max(after, Integer.parseInt(match.group(2)));
      }
    }
    return "heap peak %d MiB, after garbage collection %d MiB, resident peak %s"
        .formatted(before, after, resident());
  }

  private String resident() throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .map(line -> Integer.parseInt(line.replaceAll("\\D", "")) / 1024 + " MiB")
        .findFirst()
        .orElse("-");
  }

  String cpu() {
    return process.info().totalCpuDuration().map(it -> it.toSeconds() + "s").orElse("-");
  }

  List<String> logTail() throws IOException {
    var lines = Files.readAllLines(folder.resolve("log.txt"));
    return lines.subList(Math.max(0, lines.size() - 15), lines.size());
  }

  /** Kills the process, as the loss of a node would. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
