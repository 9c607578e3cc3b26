package dev.stagewright.stage;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.layers.tar.IndexedTarWriter;
import dev.stagewright.layers.tar.RawName;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.InstructionPosition;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.LayerOptions;
import dev.stagewright.protocol.Phase;
import dev.stagewright.protocol.PhaseRuntime;
import dev.stagewright.protocol.RunMount;
import dev.stagewright.protocol.RunOptions;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.protocol.Step;
import dev.stagewright.protocol.Termination;
import dev.stagewright.protocol.Workspace;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A build on its own workspace, which runs stages one by one as in their Pods. */
final class TestStage {
  /** A base image that stands for the root of the test. */
  static final StageBase BASE =
      new StageBase.Image(
          "base",
          ImageReference.parse("docker.io/library/base:1"),
          ImageReference.parse("docker.io/library/base:1"),
          List.of(),
          Set.of(),
          List.of());

  private static final Map<String, String> ENVIRONMENT = Map.of("PATH", "/bin:/usr/bin");

  private final Path workspace;
  private final SandboxKind sandbox;
  private final List<StagePlan> stages = new ArrayList<>();
  private Optional<Path> base = Optional.empty();
  private boolean coversProc;
  private List<String> options = List.of();
  private boolean isRepeatable = true;
  private LayerOptions layers = LayerOptions.DEFAULT;
  private Optional<BuildPlan.CacheLayers> cacheLayers = Optional.empty();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  TestStage(Path workspace) throws IOException {
    this(workspace, SandboxKind.IN_PLACE);
  }

  /** Runs all stages in sandboxes of this kind. */
  TestStage(Path workspace, SandboxKind sandbox) throws IOException {
    this.workspace = workspace;
    this.sandbox = sandbox;
    Files.createDirectories(workspace.resolve(Workspace.CONTEXT));
    context();
  }

  /** Fills the build context; the content of a file is its name. */
  void context(TarEntry... files) throws IOException {
    write(workspace.resolve(Workspace.CONTEXT), files);
  }

  /** Adds a remote source; the content of a file is its name. */
  void remote(String id, TarEntry... files) throws IOException {
    write(Files.createDirectories(workspace.resolve(Workspace.remote(id))), files);
  }

  static void write(Path folder, TarEntry... files) throws IOException {
    try (var tar =
        new IndexedTarWriter(folder.resolve(Workspace.TAR), folder.resolve(Workspace.INDEX))) {
      for (var file : files) {
        if (file.type() == TarEntry.Type.FILE) {
          var content = file.name().getBytes(StandardCharsets.ISO_8859_1);
          tar.put(file.withSize(content.length), new ByteArrayInputStream(content));
        } else {
          tar.put(file);
        }
      }
      tar.finish();
    }
  }

  /** Creates a build context with one file. */
  void context(TarEntry file, byte[] content) throws IOException {
    write(workspace.resolve(Workspace.CONTEXT), file, content);
  }

  /** Adds a remote source with one file. */
  void remote(String id, String name, byte[] content) throws IOException {
    var folder = Files.createDirectories(workspace.resolve(Workspace.remote(id)));
    write(folder, TarEntry.file(name, content.length), content);
  }

  private static void write(Path folder, TarEntry file, byte[] content) throws IOException {
    try (var tar =
        new IndexedTarWriter(folder.resolve(Workspace.TAR), folder.resolve(Workspace.INDEX))) {
      tar.put(file, new ByteArrayInputStream(content));
      tar.finish();
    }
  }

  /** Says that stages cannot run again, since the test changes their files meanwhile. */
  TestStage onlyOnce() {
    isRepeatable = false;
    return this;
  }

  /** Masks parts of {@code /proc} in Pods. */
  void coverProc() {
    coversProc = true;
  }

  /** Sets the options of layers. */
  void layers(LayerOptions options) {
    layers = options;
  }

  /** Records the results of steps in the cache. */
  void cache(BuildPlan.CacheLayers recorded) {
    cacheLayers = Optional.of(recorded);
  }

  /** Sets the directory with the unchanged files of the base image. */
  void base(Path folder) {
    base = Optional.of(folder);
  }

  /** Adds a stage to the plan. */
  TestStage stage(
      String id, StageBase base, List<String> exports, boolean snapshot, Step... steps) {
    stages.add(
        StagePlan.builder(
                id,
                "builder" + stages.size(),
                new InstructionPosition("Dockerfile", 1, "FROM base"))
            .base(base)
            .steps(List.of(steps))
            .exports(exports)
            .snapshot(snapshot)
            .build());
    return this;
  }

  /** Adds a stage whose Pod runs other stages first; each stage has one of the steps. */
  void shared(String id, List<String> others, Step... steps) {
    var position = new InstructionPosition("Dockerfile", 1, "FROM base");
    stages.add(
        StagePlan.builder(id, id, position)
            .base(BASE)
            .steps(List.of(steps))
            .snapshot(true)
            .shared(
                others.stream()
                    .map(other -> new StagePlan.SharedStage(other, other, position, 1))
                    .toList())
            .build());
  }

  /** Runs stages with more options of the command line. */
  void options(String... more) {
    options = List.of(more);
  }

  /** Runs a stage in this root and returns the exit code. */
  int run(String id, Path root) throws IOException {
    var attempt = new Attempt(id, root, folder(id), mounts(), plan(), new StageLog(log), 0);
    return EveryStep.isRequested() && isRepeatable
        ? new EveryStep(this, workspace).run(attempt)
        : run(attempt);
  }

  /**
   * Runs a stage from its base and from each known step, and compares the results.
   *
   * @return the number of comparisons
   */
  int compareEveryStep(String id, Path root) throws IOException {
    return new EveryStep(this, workspace).compare(id, plan(), root, mounts());
  }

  /**
   * A run of a stage.
   *
   * @param own directory of the stage
   * @param mounts directory of caches, secrets, SSH keys and scratch files
   * @param imageLayers number of layers of known steps that the root contains
   */
  record Attempt(
      String id, Path root, Path own, Path mounts, BuildPlan plan, StageLog log, int imageLayers) {}

  /** The sandbox of all stages. */
  SandboxKind sandbox() {
    return sandbox;
  }

  /** Runs a stage and returns the exit code. */
  int run(Attempt attempt) throws IOException {
    Files.createDirectories(attempt.own());
    if (sandbox == SandboxKind.DIRECTORY) {
      return runOnDirectory(attempt);
    }
    var plan = attempt.own().resolveSibling(attempt.own().getFileName() + ".plan");
    Files.writeString(plan, Json.write(attempt.plan()));
    var arguments =
        Stream.concat(
                Stream.of(
                    attempt.id(),
                    "--sandbox",
                    sandbox.apiName(),
                    "--root",
                    attempt.root().toString(),
                    "--base",
                    base.orElse(workspace.resolve("no-base")).toString(),
                    "--image-layers",
                    Integer.toString(attempt.imageLayers()),
                    "--plan",
                    plan.toString(),
                    "--own",
                    attempt.own().toString(),
                    "--context",
                    workspace.resolve(Workspace.CONTEXT).toString(),
                    "--stages",
                    workspace.resolve(Workspace.STAGES).toString(),
                    "--remotes",
                    workspace.resolve(Workspace.REMOTES).toString(),
                    "--mounts",
                    attempt.mounts().toString(),
                    "--scratch",
                    attempt.mounts().resolve("scratch").toString(),
                    "--termination-log",
                    workspace.resolve("termination").toString()),
                options.stream())
            .toArray(String[]::new);
    return sandbox == SandboxKind.IN_PLACE
        ? StageMain.run(attempt.log(), arguments)
        : OwnUserNamespace.run(attempt.log(), coversProc, StageMain.class, arguments);
  }

  /** Whether the unchanged files of the base are in a directory of their own. */
  boolean hasBase() {
    return base.isPresent();
  }

  /** The plan of the stages. */
  BuildPlan plan() {
    return BuildPlan.builder(
            Platform.parse("linux/amd64"), List.copyOf(stages), stages.getLast().id())
        .layers(layers)
        .cacheLayers(cacheLayers)
        .build();
  }

  /** Runs a stage on a directory, as the worker does; its root is the base image. */
  private int runOnDirectory(Attempt attempt) {
    return new PhaseRuntime(
            Phase.STAGE,
            workspace.resolve("termination"),
            attempt.log()::line,
            e -> Failure.of(FailureReason.Internal, "the stage runtime failed: " + e),
            Optional::empty)
        .run(() -> {
          var packed = Files.createDirectories(workspace.resolve("base-" + attempt.id()));
          var base = PackedImage.of(attempt.root(), packed);
          var folders =
              new StageFolders(
                  attempt.own(),
                  workspace.resolve(Workspace.CONTEXT),
                  workspace.resolve(Workspace.STAGES),
                  workspace.resolve(Workspace.REMOTES));
          return new DirectoryStage(
                  attempt.plan(), base, workspace.resolve("roots"), attempt.log()::line)
              .run(attempt.plan().stage(attempt.id()), folders);
        });
  }

  /** The directory of caches, secrets, SSH keys and scratch files. */
  Path mounts() {
    return workspace.resolve("mounts");
  }

  /** Adds a secret to the build. */
  void secret(String id, String value) throws IOException {
    Files.createDirectories(mounts().resolve("secrets"));
    Files.writeString(mounts().resolve("secrets").resolve(id), value);
  }

  /** The log of all runs. */
  String log() {
    return log.toString(StandardCharsets.UTF_8);
  }

  /** The termination message of the last run. */
  Termination termination() throws IOException {
    return Json.read(Files.readString(workspace.resolve("termination")), Termination.class);
  }

  /** The failure of the last run. */
  Failure failure() throws IOException {
    return ((Termination.Failed) termination()).failure();
  }

  /** The result of a stage. */
  StageResult result(String id) throws IOException {
    var file = workspace.resolve(Workspace.stage(id)).resolve(Workspace.RESULT);
    return Json.read(Files.readString(file), StageResult.class);
  }

  /** The names in a layer of a stage, as listed by tar. */
  List<String> layer(String id, int index) throws IOException {
    return Tar.names(blob(id, index));
  }

  /** A layer of a stage. */
  Path blob(String id, int index) throws IOException {
    var digest = result(id).layers().get(index).blob().digest();
    return workspace.resolve(Workspace.stage(id)).resolve(Workspace.blob(digest));
  }

  /** The directory of a stage. */
  Path folder(String id) {
    return workspace.resolve(Workspace.stage(id));
  }

  static Step.Run run(String script) {
    return run(script, "");
  }

  static Step.Run run(String script, String user) {
    return exec(user, "/bin/sh", "-c", script);
  }

  static Step.Run exec(String user, String... command) {
    return new Step.Run(
        position("RUN " + command[command.length - 1]),
        List.of(command),
        List.of(),
        ENVIRONMENT,
        "/",
        user);
  }

  /** A command of root with these mounts. */
  static Step.Run mounted(String script, RunMount... mounts) {
    return withOptions(
        run(script), new RunOptions(List.of(mounts), RunOptions.Network.DEFAULT, false));
  }

  /** The same command with other options. */
  static Step.Run withOptions(Step.Run run, RunOptions options) {
    return new Step.Run(
        run.position(),
        run.command(),
        run.scripts(),
        run.environment(),
        run.workingDirectory(),
        run.user(),
        options);
  }

  static Step.Copy copy(String destination, String... sources) {
    return copyFrom(new Step.CopyFrom.Context(), destination, sources);
  }

  static Step.Copy copyFrom(Step.CopyFrom from, String destination, String... sources) {
    return Step.Copy.builder(
            position("COPY " + String.join(" ", sources) + " " + destination), from, destination)
        .sources(List.of(sources))
        .build();
  }

  static InstructionPosition position(String instruction) {
    return new InstructionPosition("Dockerfile", 7, instruction);
  }

  static String raw(String text) {
    return RawName.of(text);
  }
}
