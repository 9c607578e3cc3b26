package dev.stagewright.stage;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Mounts;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.stage.files.FileCreator;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.RootedPath;
import dev.stagewright.stage.sandbox.InPlaceSandbox;
import dev.stagewright.stage.sandbox.PrivateMounts;
import dev.stagewright.stage.sandbox.Sandbox;
import dev.stagewright.stage.sandbox.SandboxChoice;
import dev.stagewright.stage.sandbox.SandboxMount;
import dev.stagewright.stage.sandbox.SandboxUnavailableException;
import dev.stagewright.stage.sandbox.UserNamespaceSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Opens the sandbox of a stage. */
final class StageSandbox {
  private StageOptions options;
  private final BuildPlan plan;
  private final StagePlan stage;
  private final StageLog log;

  StageSandbox(StageOptions options, BuildPlan plan, StageLog log) {
    this.options = options;
    this.plan = plan;
    this.stage = plan.stage(options.stage());
    this.log = log;
  }

  /**
   * Opens the sandbox.
   *
   * @throws BuildFailedException if the requested sandbox is not available
   */
  Sandbox open() throws IOException {
    var choice = new SandboxChoice(this::inPlace, this::userNamespace, stage.needsPrivileges());
    try {
      return choice.open(options.sandbox(), log::line);
    } catch (SandboxUnavailableException e) {
      throw new BuildFailedException(
          Failure.at(
              FailureReason.SandboxUnavailable,
              "the userNamespace sandbox is not available: "
                  + e.getMessage()
                  + "; or use spec.sandbox: auto or inPlace",
              stage.name(),
              stage.position()));
    }
  }

  /** The options with the paths that are valid once the sandbox is open. */
  StageOptions options() {
    return options;
  }

  private Sandbox inPlace() throws IOException {
    hideMounts();
    var volumes =
        origin(stage.base()) instanceof StageBase.Image image ? image.volumes() : List.<String>of();
    // A mount of the user takes precedence over a volume of the base image.
    var ownVolumes =
        volumes.stream()
            .filter(volume ->
                options.volumes().stream().noneMatch(path -> cleaned(path).equals(cleaned(volume))))
            .toList();
    return InPlaceSandbox.open(
        options.root(),
        new InPlaceSandbox.Volumes(
            ownVolumes, options.volumes().stream().map(StageSandbox::cleaned).toList()),
        unmountedBase(),
        options.mounts().scratch().resolve("covered"));
  }

  private void hideMounts() throws IOException {
    var mounts = PrivateMounts.ofPod();
    var folder = mounts.hide();
    if (folder.isPresent()) {
      options = options.moved(mounts.folder(), folder.get());
      if (origin(stage.base()) instanceof StageBase.Scratch) {
        // The container runs the Stagewright image, and the runtime runs from the volume.
        try (var root = RootFileSystem.open(options.root())) {
          new FileCreator(root).remove(RootedPath.clean(Mounts.IMAGE_FOLDER));
        }
      }
    }
  }

  private static String cleaned(String path) {
    return RootedPath.clean(RawName.of(path));
  }

  private Sandbox userNamespace() throws IOException {
    var scratch = Files.createDirectories(options.mounts().scratch());
    var folder = Files.createDirectory(scratch.resolve("sandbox-" + ProcessHandle.current().pid()));
    var volumes =
        options.volumes().stream()
            .map(path ->
                new SandboxMount.Bind(cleaned(path), Path.of(path), SandboxMount.Writes.KEPT))
            .toList();
    return UserNamespaceSandbox.open(
        unmountedBase().orElse(options.root()), folder, volumes, log::line);
  }

  /**
   * The files for the first instruction, without the mount points that the container runtime
   * created in the root of the container; empty if no volume contains them.
   */
  private Optional<Path> unmountedBase() throws IOException {
    if (origin(stage.base()) instanceof StageBase.Scratch) {
      return Optional.of(Files.createDirectories(options.mounts().scratch().resolve("empty")));
    }
    return Optional.of(options.base()).filter(Files::isDirectory);
  }

  /** The base of the first stage in a chain of stages. */
  private StageBase origin(StageBase base) {
    return base instanceof StageBase.Stage(var parent) ? origin(plan.stage(parent).base()) : base;
  }
}
