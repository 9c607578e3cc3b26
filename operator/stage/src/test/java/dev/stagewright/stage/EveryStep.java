package dev.stagewright.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.layers.Compression;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.CachedSteps;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.RunMount;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.protocol.StepMarker;
import dev.stagewright.protocol.Workspace;
import dev.stagewright.stage.TestStage.Attempt;
import dev.stagewright.stage.base.StageLayers;
import dev.stagewright.stage.details.ExactLayer;
import dev.stagewright.stage.diff.Exclusions;
import dev.stagewright.stage.files.ArchiveFormat;
import dev.stagewright.stage.linux.MountTable;
import dev.stagewright.stage.linux.RootFileSystem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs a stage once from its base, then again from each of its known steps, and compares layers,
 * exports and output. With the system property {@code stages.everyStep} all tests of stages do so
 * for each stage that they run, in addition to what they check.
 *
 * @param build build of the stage
 * @param workspace workspace of the build
 */
record EveryStep(TestStage build, Path workspace) {
  private static final String PROPERTY = "stages.everyStep";

  /** One line for each comparison. */
  private static final Path COMPARED = Path.of("target/every-step.txt");

  static boolean isRequested() {
    return Boolean.getBoolean(PROPERTY);
  }

  /** Runs the stage as a test requests it, and compares if it succeeds. */
  int run(Attempt attempt) throws IOException {
    if (!isRepeatable(attempt)) {
      return build.run(attempt);
    }
    var original = Files.createTempDirectory(workspace, "before-");
    copy(attempt.root(), original.resolve("root"));
    copy(attempt.mounts(), original.resolve("mounts"));
    var exitCode = build.run(attempt);
    if (exitCode == 0) {
      var termination = workspace.resolve("termination");
      var message = Files.readAllBytes(termination);
      compare(attempt.id(), attempt.plan(), original.resolve("root"), original.resolve("mounts"));
      Files.write(termination, message);
    }
    return exitCode;
  }

  /** Neither mounts of the test in the root nor caches are the same in another run. */
  private static boolean isRepeatable(Attempt attempt) throws IOException {
    return MountTable.below(attempt.root()).isEmpty()
        && attempt.plan().stage(attempt.id()).mounts().stream()
            .noneMatch(RunMount.Cache.class::isInstance);
  }

  /**
   * Compares a run from the base with a run from each known step.
   *
   * @param root root before any run
   * @param mounts directory of mounts before any run, which may not exist
   * @return the number of comparisons
   */
  int compare(String id, BuildPlan ofTest, Path root, Path mounts) throws IOException {
    var plan =
        ofTest.toBuilder().cacheLayers(Optional.of(BuildPlan.CacheLayers.ALL_BUT_LAST)).build();
    var stage = plan.stage(id);
    var original = new Original(root, mounts, Files.createTempDirectory(workspace, id + "-"));
    var whole = new Run(plan, stage, original, "whole");
    whole.start();
    for (var known = 1; known <= plan.layerCount(stage); known++) {
      var part = new Run(plan, stage, original, "from-" + known);
      part.writeKnown(whole, known);
      part.start();
      assertThat(part.result().layers().stream().map(StageResult.Layer::step).toList())
          .isEqualTo(whole.result().layers().stream().map(StageResult.Layer::step).toList());
      part.compareWith(whole, known);
      Files.writeString(
          COMPARED,
          workspace + " " + id + " from " + known + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
    // The root of an image is unpacked into one directory here, so a base cannot be another one.
    if (build.sandbox() == SandboxKind.USER_NAMESPACE && !build.hasBase()) {
      return plan.layerCount(stage) + compareFromImages(whole, plan, stage, original);
    }
    return plan.layerCount(stage);
  }

  /**
   * Compares with runs in images that have the layers of the known steps.
   *
   * @return the number of comparisons; an image ends before a layer that cannot be exact
   */
  private int compareFromImages(Run whole, BuildPlan plan, StagePlan stage, Original original)
      throws IOException {
    var below = below(plan, stage.base());
    if (below.isEmpty()) {
      return 0;
    }
    for (var known = 1; known <= plan.layerCount(stage); known++) {
      var part = new Run(plan, stage, original, "image-" + known);
      part.writeKnown(whole, known);
      var layers = new ArrayList<>(below.get());
      for (var layer : whole.result().layers().subList(0, known)) {
        layers.add(new LayerIn(whole.own(), layer));
      }
      if (!part.unpackExact(layers)) {
        return known - 1;
      }
      part.start();
      part.compareWith(whole, known);
    }
    return plan.layerCount(stage);
  }

  /** The layers of the stages that a stage is based on; empty if there is no base image. */
  private Optional<List<LayerIn>> below(BuildPlan plan, StageBase base) throws IOException {
    return switch (base) {
      case StageBase.Scratch _ -> Optional.empty();
      case StageBase.Image _ -> Optional.of(List.of());
      case StageBase.Stage(var parent) -> {
        var layers = below(plan, plan.stage(parent).base()).map(ArrayList::new);
        if (layers.isPresent()) {
          var own = workspace.resolve(Workspace.stage(parent));
          var result = Files.readString(own.resolve(Workspace.RESULT));
          Json.read(result, StageResult.class)
              .layers()
              .forEach(layer -> layers.get().add(new LayerIn(own, layer)));
        }
        yield layers.map(List::copyOf);
      }
    };
  }

  /** A layer in the directory of a stage. */
  private record LayerIn(Path own, StageResult.Layer layer) {
    Path blob() {
      return own.resolve(Workspace.blob(layer.blob().digest()));
    }

    Path details() {
      return own.resolve(Workspace.blob(layer.details().orElseThrow()));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    if (Files.exists(from)) {
      Tar.lines("cp", "--archive", from.toString(), to.toString());
    }
  }

  /**
   * The files that every run starts with.
   *
   * @param runs parent of the directories of the runs
   */
  private record Original(Path root, Path mounts, Path runs) {}

  /** One of the runs that are compared. */
  private final class Run {
    private final BuildPlan plan;
    private final StagePlan stage;
    private final Path folder;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private int imageLayers;

    Run(BuildPlan plan, StagePlan stage, Original original, String name) throws IOException {
      this.plan = plan;
      this.stage = stage;
      this.folder = Files.createDirectory(original.runs().resolve(name));
      copy(original.root(), folder.resolve("root"));
      copy(original.mounts(), folder.resolve("mounts"));
    }

    private Path own() {
      return folder.resolve("own");
    }

    void start() throws IOException {
      var code =
          build.run(
              new Attempt(
                  stage.id(),
                  folder.resolve("root"),
                  own(),
                  folder.resolve("mounts"),
                  plan,
                  new StageLog(log),
                  imageLayers));
      assertThat(code).as("%s: %s", folder.getFileName(), text()).isZero();
    }

    private String text() {
      return log.toString(StandardCharsets.UTF_8);
    }

    StageResult result() throws IOException {
      return Json.read(Files.readString(own().resolve(Workspace.RESULT)), StageResult.class);
    }

    void writeKnown(Run whole, int known) throws IOException {
      var layers = whole.result().layers().subList(0, known);
      Files.createDirectories(own().resolve(Workspace.BLOBS));
      for (var layer : layers) {
        for (var digest : List.of(layer.blob().digest(), layer.details().orElseThrow())) {
          Files.copy(
              whole.own().resolve(Workspace.blob(digest)),
              own().resolve(Workspace.blob(digest)),
              StandardCopyOption.REPLACE_EXISTING);
        }
      }
      Files.writeString(
          own().resolve(Workspace.CACHED), Json.write(new CachedSteps(stage.id(), known, layers)));
    }

    /**
     * Unpacks layers to the base, as a container runtime does.
     *
     * @return whether they can be exact
     */
    boolean unpackExact(List<LayerIn> layers) throws IOException {
      var blobs = Files.createDirectories(folder.resolve(Workspace.BLOBS));
      for (var layer : layers) {
        try (var in = Files.newInputStream(layer.blob());
            var files = RootFileSystem.open(folder.resolve("root"))) {
          var exact =
              ExactLayer.write(
                  ArchiveFormat.decompress(in), layer.details(), blobs, Compression.GZIP);
          new StageLayers(files, Exclusions.of(List.of()))
              .apply(folder, new StageResult.Layer(0, exact.blob(), exact.diffId()));
        } catch (ExactLayer.InexactException _) {
          return false;
        }
      }
      imageLayers = layers.size();
      return true;
    }

    void compareWith(Run whole, int known) throws IOException {
      // Files that a step after the known ones has written have another time in each run.
      var comparison = new RunComparison(whole.endOf(known - 1));
      var layers = result().layers();
      assertThat(layers.subList(0, known)).isEqualTo(whole.result().layers().subList(0, known));
      for (var i = known; i < layers.size(); i++) {
        comparison.compare("layer %d from step %d".formatted(i, known), whole.blob(i), blob(i));
      }
      if (whole.result().exports().isPresent()) {
        comparison.compare("exports from step " + known, whole.exports(), exports());
      }
      comparison.compare("output from step " + known, whole.output(known), output(known));
    }

    /** The time when the result of a step was on the workspace, in seconds. */
    private long endOf(int step) throws IOException {
      return Files.getLastModifiedTime(own().resolve(Workspace.step(step))).toMillis() / 1000;
    }

    private Path blob(int layer) throws IOException {
      return own().resolve(Workspace.blob(result().layers().get(layer).blob().digest()));
    }

    private Path exports() throws IOException {
      return own().resolve(result().exports().orElseThrow().folder()).resolve(Workspace.TAR);
    }

    /** The lines of the steps after the known ones. */
    private List<String> output(int known) {
      return text()
          .lines()
          .dropWhile(line -> !isMarkerAfter(line, known))
          .filter(line -> !line.startsWith("waiting for stage"))
          .toList();
    }

    private boolean isMarkerAfter(String line, int known) {
      return StepMarker.parse(line)
          .filter(marker ->
              stage.members().stream()
                  .anyMatch(member ->
                      member.name().equals(marker.stage())
                          && member.firstStep() + marker.number() - 2 == known
                          && marker.number() > 1))
          .isPresent();
    }
  }
}
