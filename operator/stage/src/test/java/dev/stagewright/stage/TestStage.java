package dev.stagewright.stage;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.layers.tar.IndexedTarWriter;
import dev.stagewright.layers.tar.RawName;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.InstructionPosition;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.LayerOptions;
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

/** A build on a workspace of its own, whose stages are run one by one as their Pods would. */
final class TestStage {
  /** Whatever root a stage is run in. */
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
  private LayerOptions layers = LayerOptions.DEFAULT;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  TestStage(Path workspace) throws IOException {
    this(workspace, SandboxKind.IN_PLACE);
  }

  /** With all stages in sandboxes of this kind. */
  TestStage(Path workspace, SandboxKind sandbox) throws IOException {
    this.workspace = workspace;
    this.sandbox = sandbox;
    Files.createDirectories(workspace.resolve(Workspace.CONTEXT));
    context();
  }

  /** Fills the build context; a file's content is its name. */
  void context(TarEntry... files) throws IOException {
    write(workspace.resolve(Workspace.CONTEXT), files);
  }

  /** Leaves what prepare fetched; a file's content is its name. */
  void remote(String id, TarEntry... files) throws IOException {
    write(Files.createDirectories(workspace.resolve(Workspace.remote(id))), files);
  }

  private static void write(Path folder, TarEntry... files) throws IOException {
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

  /** Makes one file with this content the build context. */
  void context(TarEntry file, byte[] content) throws IOException {
    write(workspace.resolve(Workspace.CONTEXT), file, content);
  }

  /** Leaves one file with this content as what prepare fetched. */
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

  /** Runs stages in Pods whose {@code /proc} is covered in part. */
  void coverProc() {
    coversProc = true;
  }

  /** Writes layers so. */
  void layers(LayerOptions options) {
    layers = options;
  }

  /** Shows stages the files of the base image in this folder too, untouched. */
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

  /** Adds a stage on the base, whose Pod runs others first; each has one of the steps. */
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

  /** Runs a stage in this root; gives the exit code. */
  int run(String id, Path root) throws IOException {
    var plan = workspace.resolve("plan.json");
    Files.writeString(
        plan,
        Json.write(
            new BuildPlan(
                Platform.parse("linux/amd64"),
                Optional.empty(),
                stages,
                List.of(),
                stages.getLast().id(),
                List.of(),
                new BuildPlan.ImageTemplate("{}", "[]"),
                layers,
                List.of())));
    var folder = workspace.resolve(Workspace.STAGES);
    Files.createDirectories(folder.resolve(id));
    var arguments =
        new String[] {
          id,
          "--sandbox",
          sandbox.apiName(),
          "--root",
          root.toString(),
          "--base",
          base.orElse(workspace.resolve("no-base")).toString(),
          "--plan",
          plan.toString(),
          "--own",
          folder.resolve(id).toString(),
          "--context",
          workspace.resolve(Workspace.CONTEXT).toString(),
          "--stages",
          folder.toString(),
          "--remotes",
          workspace.resolve(Workspace.REMOTES).toString(),
          "--mounts",
          mounts().toString(),
          "--scratch",
          mounts().resolve("scratch").toString(),
          "--termination-log",
          workspace.resolve("termination").toString()
        };
    return switch (sandbox) {
      case IN_PLACE -> StageMain.run(new StageLog(log), arguments);
      case USER_NAMESPACE -> OwnUserNamespace.run(log, coversProc, StageMain.class, arguments);
    };
  }

  /** Where caches, secrets, SSH keys and what is made ready for commands lie. */
  Path mounts() {
    return workspace.resolve("mounts");
  }

  /** Gives the build a secret. */
  void secret(String id, String value) throws IOException {
    Files.createDirectories(mounts().resolve("secrets"));
    Files.writeString(mounts().resolve("secrets").resolve(id), value);
  }

  /** What was logged by all runs. */
  String log() {
    return log.toString(StandardCharsets.UTF_8);
  }

  /** The last run's termination message. */
  Termination lastWords() throws IOException {
    return Json.read(Files.readString(workspace.resolve("termination")), Termination.class);
  }

  /** The failure that the last run ended with. */
  Failure failure() throws IOException {
    return ((Termination.Failed) lastWords()).failure();
  }

  /** What a stage left. */
  StageResult result(String id) throws IOException {
    var file = workspace.resolve(Workspace.stage(id)).resolve(Workspace.RESULT);
    return Json.read(Files.readString(file), StageResult.class);
  }

  /** Names in a stage's layer, as tar lists them. */
  List<String> layer(String id, int index) throws IOException {
    return Tar.names(blob(id, index));
  }

  /** A stage's layer. */
  Path blob(String id, int index) throws IOException {
    var digest = result(id).layers().get(index).blob().digest();
    return workspace.resolve(Workspace.stage(id)).resolve(Workspace.blob(digest));
  }

  /** A stage's folder. */
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

  /** A command of root's shell with these mounts. */
  static Step.Run mounted(String script, RunMount... mounts) {
    return surrounded(
        run(script), new RunOptions(List.of(mounts), RunOptions.Network.DEFAULT, false));
  }

  /** The same command in other surroundings. */
  static Step.Run surrounded(Step.Run run, RunOptions surroundings) {
    return new Step.Run(
        run.position(),
        run.command(),
        run.scripts(),
        run.environment(),
        run.workingDirectory(),
        run.user(),
        surroundings);
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
