package dev.stagewright.worker.publish;

import dev.stagewright.harbor.standin.HarborStandIn;
import dev.stagewright.layers.LayerBlob;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.BuildRequest.Destination;
import dev.stagewright.protocol.BuildRequest.ImageFormat;
import dev.stagewright.protocol.CacheRequest;
import dev.stagewright.protocol.CheckRequest;
import dev.stagewright.protocol.InstructionPosition;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.LayerOptions;
import dev.stagewright.protocol.Phase;
import dev.stagewright.protocol.SourceRequest;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StageLocation;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.protocol.Step;
import dev.stagewright.protocol.Termination;
import dev.stagewright.protocol.TerminationMessage;
import dev.stagewright.protocol.Workspace;
import dev.stagewright.registry.RegistryClient;
import dev.stagewright.registry.auth.Credentials;
import dev.stagewright.registry.host.RegistryHosts;
import dev.stagewright.worker.AttemptDirectory;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.PhasePaths;
import dev.stagewright.worker.PhaseRunner;
import dev.stagewright.worker.analysis.NameRule;
import dev.stagewright.worker.analysis.NamesOnly;
import dev.stagewright.worker.cache.store.RegistryCacheStore;
import dev.stagewright.worker.registries.SmallImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A build in a directory, of which only publish is real. What happens beside publish is a list of
 * events: each time publish has found nothing new on the workspace, the next event happens, if its
 * condition is met.
 */
final class ScriptedBuild {
  private static final String USER = "robot$builder";
  private static final String SECRET = "a-secret-of-a-robot";
  private static final int ATTEMPT = 3;

  private final Path directory;
  private final String host;
  private final Deque<Event> events = new ArrayDeque<>();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final NamesOnly format = new NamesOnly();
  private WorkerStageRunner runner =
      (_, stage) -> {
        throw new AssertionError("stage " + stage.name() + " has a Pod");
      };
  private Instant now = Instant.parse("2026-11-21T10:00:00Z");

  /** Something that happens beside publish. */
  @FunctionalInterface
  interface Action {
    void run() throws IOException, InterruptedException;
  }

  private record Event(BooleanSupplier condition, Action action) {}

  /** Requests an image {@code 1} and {@code latest} in {@code team/app} and {@code 1} in others. */
  ScriptedBuild(Path directory, HarborStandIn harbor, String... otherRepositories)
      throws IOException {
    this(directory, harbor.host(), otherRepositories);
    harbor.world().project("team");
    grant(harbor, "repository:push", "repository:pull");
  }

  /** Requests an image at a registry that is not a Harbor. */
  ScriptedBuild(Path directory, String host, String... otherRepositories) throws IOException {
    this.directory = directory;
    this.host = host;
    var secret = Files.createDirectories(directory.resolve("secrets/push"));
    Files.writeString(secret.resolve("username"), USER);
    Files.writeString(secret.resolve("password"), SECRET);
    var destinations =
        Stream.concat(
                Stream.of(destination("team/app", "1", "latest")),
                Stream.of(otherRepositories).map(repository -> destination(repository, "1")))
            .toList();
    var request =
        BuildRequest.builder(
                "team/app",
                new SourceRequest.Mounted(),
                Platform.LINUX_AMD64,
                new BuildRequest.Output(
                    destinations, ImageFormat.OCI, Map.of(), Map.of(), LayerOptions.DEFAULT))
            .build();
    Files.writeString(directory.resolve("request.json"), Json.write(request));
  }

  /** Gives the robot of the push secret exactly these rights. */
  static void grant(HarborStandIn harbor, String... rights) {
    harbor.world().systemRobot("builder", SECRET, rights);
  }

  /** Requests a cache in {@code team/app/cache}. */
  ScriptedBuild withCache() throws IOException {
    var cache =
        new CacheRequest(
            host + "/team/app/cache",
            Optional.of("push"),
            Optional.empty(),
            CacheRequest.Mode.MAX,
            false,
            false,
            Optional.empty());
    Files.writeString(
        directory.resolve("request.json"),
        Json.write(request().toBuilder().cache(Optional.of(cache)).build()));
    return this;
  }

  /** Requests these checks of the image. */
  ScriptedBuild withChecks(CheckRequest checks) throws IOException {
    Files.writeString(
        directory.resolve("request.json"),
        Json.write(request().toBuilder().checks(Optional.of(checks)).build()));
    return this;
  }

  /** The number of layers that were read to check them. */
  int layersRead() {
    return format.layersRead();
  }

  /** A client with the account of the build. */
  RegistryClient client() throws IOException {
    var auth =
        Base64.getEncoder().encodeToString((USER + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
    var config = "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(host, auth);
    return RegistryClient.create(
        RegistryHosts.defaults(),
        Credentials.parse("config.json", config.getBytes(StandardCharsets.UTF_8)));
  }

  /** The image in the first repository. */
  ImageReference image() {
    return ImageReference.parse(host + "/team/app");
  }

  private Destination destination(String repository, String... tags) {
    return new Destination(
        "spec.output",
        host + "/" + repository,
        List.of(tags),
        Optional.of("push"),
        Optional.empty());
  }

  /** The action happens next. */
  ScriptedBuild then(Action action) {
    return when(() -> true, action);
  }

  /** The action happens next, as soon as the condition is met. */
  ScriptedBuild when(BooleanSupplier condition, Action action) {
    events.add(new Event(condition, action));
    return this;
  }

  /** Runs stages that have no Pod. */
  ScriptedBuild stagesInWorker(WorkerStageRunner newRunner) {
    runner = newRunner;
    return this;
  }

  /** Moves the clock. */
  void passTime(Duration duration) {
    now = now.plus(duration);
  }

  /** A stage in a Pod with one step, whose layer is part of the image if it is the target. */
  static StagePlan stage(String id, StageBase base) {
    var position = new InstructionPosition("Dockerfile", 1, "FROM " + id);
    return StagePlan.builder(id, "stage-" + id, position)
        .base(base)
        .steps(List.of(new Step.Workdir(position, "/", "")))
        .snapshot(true)
        .history(List.of(new StagePlan.HistoryEntry("WORKDIR /", 0, 0)))
        .build();
  }

  /** A stage without a Pod. */
  static StagePlan workerStage(String id, StageBase base) {
    return stage(id, base).toBuilder().location(StageLocation.WORKER).build();
  }

  /** A plan whose last stage is the target. */
  BuildPlan plan(StagePlan... stages) {
    var references = new ArrayList<ImageReference>();
    var request = request();
    request
        .output()
        .destinations()
        .forEach(to ->
            to.tags()
                .forEach(tag -> references.add(ImageReference.parse(to.repository() + ":" + tag))));
    return BuildPlan.builder(Platform.LINUX_AMD64, List.of(stages), List.of(stages).getLast().id())
        .references(references)
        .image(new BuildPlan.ImageTemplate("{\"architecture\":\"amd64\",\"os\":\"linux\"}", "[]"))
        .cacheLayers(request.cache().flatMap(CacheRequest::layers))
        .build();
  }

  private BuildRequest request() {
    try {
      return Json.read(Files.readString(directory.resolve("request.json")), BuildRequest.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Prepare publishes a plan. */
  void planned(StagePlan... stages) throws IOException {
    for (var stage : stages) {
      Files.createDirectories(stageDirectory(stage.id()));
    }
    attempt().publishPlan(Json.write(plan(stages)));
  }

  /** A stage finishes with a layer that has one file; returns the layer. */
  LayerBlob finished(String stage) throws IOException {
    return finished(stage, stage);
  }

  /** A stage finishes with a layer that has this file; returns the layer. */
  LayerBlob finished(String stage, String file) throws IOException {
    var layer = SmallImage.layer(stageDirectory(stage).resolve(Workspace.BLOBS), file, "made");
    var layers = List.of(new StageResult.Layer(0, layer.blob(), layer.diffId()));
    Files.writeString(
        stageDirectory(stage).resolve(Workspace.RESULT),
        Json.write(new StageResult(stage, layers, Optional.empty())));
    return layer;
  }

  Path stageDirectory(String id) {
    return workspace().resolve(Workspace.stage(id));
  }

  AttemptDirectory attempt() {
    return new AttemptDirectory(workspace().resolve(Workspace.attempt(ATTEMPT)));
  }

  /** A directory for temporary files of publish. */
  private Path scratch() throws IOException {
    return Files.createDirectories(directory.resolve("scratch"));
  }

  Path workspace() {
    return directory.resolve("workspace");
  }

  /** Runs publish in a Pod with prepare; returns its termination. */
  Termination publish() throws IOException {
    return publish("--attempt", Integer.toString(ATTEMPT));
  }

  /** Runs publish with these arguments. */
  Termination publish(String... arguments) throws IOException {
    var fixed =
        Stream.of(
            "--request", directory.resolve("request.json").toString(),
            "--workspace", workspace().toString(),
            "--credentials", directory.resolve("secrets").toString(),
            "--termination-log", directory.resolve("termination-log").toString());
    var paths = PhasePaths.of(Stream.concat(fixed, Stream.of(arguments)).toList());
    var log = new Log(new PrintStream(printed, true, StandardCharsets.UTF_8));
    InstantSource clock = () -> now;
    CacheStoreFactory caches =
        (opener, request, cache) -> RegistryCacheStore.open(opener, request, cache, clock, log);
    try (var session = new CacheSession(caches, scratch(), clock, log);
        var checks = new ImageCheckSession(format, NameRule.ANALYSIS, clock, log)) {
      var _ =
          new PhaseRunner(Phase.PUBLISH, paths.terminationLog(), log)
              .run(() ->
                  new PublishPhase(
                          paths,
                          (_, _) -> runner,
                          session,
                          checks,
                          clock,
                          (tasks, _) -> nextEvent(tasks),
                          log)
                      .run());
      checks.finish();
      session.finish();
    }
    return TerminationMessage.read(Files.readString(paths.terminationLog())).orElseThrow();
  }

  private void nextEvent(TaskScope tasks) throws IOException, InterruptedException {
    if (!events.isEmpty() && events.getFirst().condition().getAsBoolean()) {
      events.removeFirst().action().run();
    }
    tasks.pause(Duration.ofMillis(1));
  }

  /** The log of publish. */
  String log() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}
