package dev.stagewright.kubectl.debug;

import dev.stagewright.api.v1alpha1.BuildFailure;
import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.kubectl.cluster.BuildReader;
import dev.stagewright.kubectl.cluster.ClusterException;
import dev.stagewright.kubectl.cluster.NotFoundException;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.Step;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.PrintWriter;
import java.util.Optional;

/**
 * Opens a shell for a stage, in the best place there is: beside the instruction that runs; in a Pod
 * that stops before the instruction that failed; or in the image of the stage.
 *
 * @param builds the builds of the namespace
 * @param options what the user wants
 * @param err receives where the shell is
 */
public record DebugSession(BuildReader builds, DebugOptions options, PrintWriter err) {
  private static final int MOST_NAME = 50;

  /** Opens the shell, and returns its exit code. */
  public int run(ImageBuild build, DebugTarget target)
      throws ClusterException, NotFoundException, InterruptedException {
    var pod = pod(target);
    if (isRunning(pod) && options.image().isEmpty()) {
      say(
          "stage %s runs in Pod %s; the shell sees its files"
              .formatted(target.stage().name(), target.pod()));
      return shell(target.pod(), ShellCommand.PLAIN);
    }
    if (!hasEnded(pod) && options.image().isEmpty()) {
      throw new NotFoundException(
          "Pod %s of stage %s has not started yet".formatted(target.pod(), target.stage().name()));
    }
    var suffix = Long.toString(System.nanoTime() & 0xffffff, 36);
    var name =
        target.pod().substring(0, Math.min(MOST_NAME, target.pod().length())) + "-debug-" + suffix;
    var debug = new DebugPod(build, pod, name, options.timeout());
    try (var objects = new DebugObjects(builds.client())) {
      var plan = options.image().isPresent() ? Optional.<String>empty() : plan(debug);
      var held =
          plan.flatMap(json ->
              line(target).flatMap(line -> HeldPlan.stopBefore(json, target.stage().id(), line)));
      return held.isPresent()
          ? stopBefore(target, debug, objects, held.get())
          : inImage(target, debug, objects);
    }
  }

  private int stopBefore(DebugTarget target, DebugPod debug, DebugObjects objects, String plan)
      throws ClusterException, InterruptedException {
    say(
        "Pod %s runs stage %s again, up to line %d: %s"
            .formatted(
                debug.name(),
                target.stage().name(),
                line(target).orElse(0),
                target.failure().map(BuildFailure::instruction).orElse("")));
    objects.create(debug.plan(plan));
    var copy = debug.withPlan();
    objects.create(copy);
    objects.awaitRunning(copy, HeldPlan.MARKER, this::say);
    say("the shell is where the instruction would start; the Pod is deleted at its end");
    return shell(debug.name(), step(plan, target).map(ShellCommand::of).orElse(ShellCommand.PLAIN));
  }

  private int inImage(DebugTarget target, DebugPod debug, DebugObjects objects)
      throws ClusterException, InterruptedException {
    var image = options.image().orElse(debug.image());
    say(
        "Pod %s runs the image %s, without the files that instructions of stage %s wrote"
            .formatted(debug.name(), image, target.stage().name()));
    if (options.image().isEmpty()) {
      say(
          "to stop before the instruction that failed, set spec.workspace.reclaim to WithBuild, and"
              + " retry");
    }
    var copy = debug.withImage(image);
    objects.create(copy);
    try {
      objects.awaitRunning(copy, "", this::say);
    } catch (ClusterException e) {
      throw new ClusterException(
          e.getMessage() + "; if the image has no /bin/sh, name another one with --image");
    }
    return shell(debug.name(), ShellCommand.PLAIN);
  }

  private Pod pod(DebugTarget target) throws NotFoundException {
    return Optional.ofNullable(
            builds.client().pods().inNamespace(builds.namespace()).withName(target.pod()).get())
        .orElseThrow(() ->
            new NotFoundException(
                "Pod %s of stage %s is deleted; stagewright retry runs the stage again"
                    .formatted(target.pod(), target.stage().name())));
  }

  private static boolean isRunning(Pod pod) {
    return pod.getStatus().getContainerStatuses().stream()
        .anyMatch(status ->
            status.getName().equals(DebugPod.CONTAINER) && status.getState().getRunning() != null);
  }

  private static boolean hasEnded(Pod pod) {
    var phase = Optional.ofNullable(pod.getStatus().getPhase()).orElse("");
    return phase.equals("Failed") || phase.equals("Succeeded");
  }

  /** The plan of the run, if its workspace still exists. */
  private Optional<String> plan(DebugPod debug) {
    var client = builds.client();
    var hasClaims =
        debug.claims().stream()
            .map(name ->
                client
                    .persistentVolumeClaims()
                    .inNamespace(builds.namespace())
                    .withName(name)
                    .get())
            .allMatch(claim -> claim != null && claim.getMetadata().getDeletionTimestamp() == null);
    return hasClaims
        ? debug.planConfigMaps().stream()
            .map(name -> client.configMaps().inNamespace(builds.namespace()).withName(name).get())
            .flatMap(map -> Optional.ofNullable(map).stream())
            .flatMap(map -> Optional.ofNullable(map.getData().get("plan.json")).stream())
            .findFirst()
        : Optional.empty();
  }

  private static Optional<Integer> line(DebugTarget target) {
    return target.failure().flatMap(it -> Optional.ofNullable(it.line()));
  }

  private static Optional<Step.Run> step(String plan, DebugTarget target) {
    return Json.read(plan, BuildPlan.class).stage(target.stage().id()).steps().stream()
        .filter(Step.Run.class::isInstance)
        .map(Step.Run.class::cast)
        .filter(it -> line(target).equals(Optional.of(it.position().line())))
        .findFirst();
  }

  private int shell(String pod, ShellCommand command)
      throws ClusterException, InterruptedException {
    var container = new ContainerShell(builds.client(), builds.namespace(), pod);
    return options.script().isPresent()
        ? container.run(command.words(options.script().get()))
        : container.interact(command.words(""));
  }

  private void say(String text) {
    err.println(text);
    err.flush();
  }
}
