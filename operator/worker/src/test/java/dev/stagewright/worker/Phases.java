package dev.stagewright.worker;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.LayerOptions;
import dev.stagewright.protocol.LogFrame;
import dev.stagewright.protocol.Phase;
import dev.stagewright.protocol.SourceRequest;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.protocol.Termination;
import dev.stagewright.protocol.Workspace;
import dev.stagewright.worker.check.DestinationChecks;
import dev.stagewright.worker.prepare.PrepareMain;
import dev.stagewright.worker.publish.PublishMain;
import dev.stagewright.worker.registries.Clients;
import dev.stagewright.worker.registries.DestinationClients;
import dev.stagewright.worker.registries.SmallImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * Runs the phases of a build in a directory as their Pods do, and takes the place of the operator.
 */
final class Phases {
  /** The directory of the Secret of the first destination. */
  static final String PUSH_SECRET = "destination-0/push";

  private static final int ATTEMPT = 1;

  private final Path directory;
  private BuildRequest.Output output;
  private List<BuildRequest.RegistryHost> table = List.of();
  private Optional<Long> workerBaseBytes = Optional.empty();
  private String log = "";

  /** Creates a build that pushes {@code team/app:1} to this registry. */
  Phases(Path directory, String registry) {
    this.directory = directory;
    this.output = output(registry + "/team/app:1");
  }

  /** Returns an output with one destination and the Secret {@link #PUSH_SECRET}. */
  static BuildRequest.Output output(String image) {
    var plain = BuildRequest.Output.to(ImageReference.parse(image), LayerOptions.DEFAULT);
    var first = plain.destinations().getFirst();
    return new BuildRequest.Output(
        List.of(
            new BuildRequest.Destination(
                first.field(),
                first.repository(),
                first.tags(),
                Optional.of(PUSH_SECRET),
                Optional.empty())),
        plain.format(),
        plain.labels(),
        plain.annotations(),
        plain.layers());
  }

  /** Mounts a Secret as the operator does. */
  void mountSecret(String path, String key, String content) throws IOException {
    var secret = Files.createDirectories(directory.resolve("secrets").resolve(path));
    Files.writeString(secret.resolve(key), content);
  }

  /** Requests another output. */
  void output(BuildRequest.Output newOutput) {
    output = newOutput;
  }

  /** Allows stages in the worker, on images of at most this size. */
  void allowStagesInTheWorker(long bytes) {
    workerBaseBytes = Optional.of(bytes);
  }

  /** Configures a mirror for a host. */
  void mirror(String host, String mirror) {
    table = List.of(new BuildRequest.RegistryHost(host, false, Optional.of(mirror)));
  }

  /** Requests a build of inline files. */
  void request(String dockerfile, Map<String, String> files) throws IOException {
    var all = new HashMap<>(files);
    all.put("Dockerfile", dockerfile);
    var request =
        BuildRequest.builder(
                "team/app", new SourceRequest.Inline(all), Platform.LINUX_AMD64, output)
            .registries(table)
            .sharedPods(workerBaseBytes.isPresent())
            .workerBaseBytes(workerBaseBytes)
            .build();
    Files.writeString(directory.resolve("request.json"), Json.write(request));
  }

  /** Prepares a build of inline files; returns the exit code. */
  int prepare(String dockerfile, Map<String, String> files) throws IOException {
    request(dockerfile, files);
    var code = run(PrepareMain::run, "--attempt", Integer.toString(ATTEMPT));
    if (termination() instanceof Termination.Prepared(var digest)) {
      Files.writeString(planFile(), LogFrame.find(log, LogFrame.Kind.PLAN, digest).orElseThrow());
    }
    return code;
  }

  /** Writes the results of stages: the layer of each step contains a file named after the step. */
  void pretendStages() throws IOException {
    for (var stage : plan().stages()) {
      var own = workspace().resolve(Workspace.stage(stage.id()));
      var layers = new ArrayList<StageResult.Layer>();
      for (var i = 0; i < stage.steps().size(); i++) {
        var layer = SmallImage.layer(own.resolve(Workspace.BLOBS), "step" + i, "made");
        layers.add(new StageResult.Layer(i, layer.blob(), layer.diffId()));
      }
      Files.writeString(
          own.resolve(Workspace.RESULT),
          Json.write(new StageResult(stage.id(), layers, Optional.empty())));
    }
  }

  /** Checks the destinations of the last request, as publish does; returns the exit code. */
  int check() {
    return run(arguments -> {
      var paths = PhasePaths.of(arguments);
      var checkLog = new Log(System.out);
      return new PhaseRunner(Phase.PUBLISH, paths.terminationLog(), checkLog)
          .run(() -> {
            var request = Json.read(Files.readString(paths.request()), BuildRequest.class);
            try (var clients = DestinationClients.open(Clients.of(paths), request)) {
              new DestinationChecks(clients, request, checkLog).run();
            }
            return new Termination.Skipped();
          });
    });
  }

  /** Runs publish in a Pod without prepare; returns the exit code. */
  int publish() {
    return run(PublishMain::run);
  }

  /** The plan that prepare wrote. */
  BuildPlan plan() throws IOException {
    return Json.read(Files.readString(planFile()), BuildPlan.class);
  }

  /** The directory that prepare and publish share. */
  AttemptDirectory attempt() {
    return new AttemptDirectory(workspace().resolve(Workspace.attempt(ATTEMPT)));
  }

  Path planFile() {
    return directory.resolve("plan.json");
  }

  Path workspace() {
    return directory.resolve("workspace");
  }

  /** The log of the last phase. */
  String log() {
    return log;
  }

  /** The termination message of the last phase. */
  Termination termination() throws IOException {
    return Json.read(Files.readString(directory.resolve("termination-log")), Termination.class);
  }

  private int run(ToIntFunction<List<String>> phase, String... arguments) {
    var out = System.out;
    var captured = new ByteArrayOutputStream();
    System.setOut(new PrintStream(captured, true, StandardCharsets.UTF_8));
    try {
      var fixed =
          Stream.of(
              "--request", directory.resolve("request.json").toString(),
              "--plan", planFile().toString(),
              "--workspace", workspace().toString(),
              "--credentials", directory.resolve("secrets").toString(),
              "--termination-log", directory.resolve("termination-log").toString());
      return phase.applyAsInt(Stream.concat(fixed, Stream.of(arguments)).toList());
    } finally {
      System.setOut(out);
      log = captured.toString(StandardCharsets.UTF_8);
    }
  }
}
