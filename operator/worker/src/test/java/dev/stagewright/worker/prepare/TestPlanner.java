package dev.stagewright.worker.prepare;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.BuildRequest.AllowedSecrets;
import dev.stagewright.protocol.BuildRequest.StageRequest;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.LayerOptions;
import dev.stagewright.protocol.SourceRequest;
import dev.stagewright.worker.images.ImageCatalog;
import dev.stagewright.worker.images.KnownImages;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Plans builds of Dockerfiles with the path {@code Dockerfile}. */
record TestPlanner(
    KnownImages images,
    Optional<String> target,
    Map<String, String> buildArgs,
    AllowedSecrets allowedSecrets,
    List<StageRequest> stages,
    boolean sharedPods,
    Optional<Long> workerBaseBytes) {

  /** A planner of stages that all run in Pods. */
  TestPlanner(
      KnownImages images,
      Optional<String> target,
      Map<String, String> buildArgs,
      AllowedSecrets allowedSecrets,
      List<StageRequest> stages,
      boolean sharedPods) {
    this(images, target, buildArgs, allowedSecrets, stages, sharedPods, Optional.empty());
  }

  /** A planner for builds that only have these images. */
  static TestPlanner with(String... images) {
    return new TestPlanner(
        KnownImages.plain(images),
        Optional.empty(),
        Map.of(),
        AllowedSecrets.NONE,
        List.of(),
        false);
  }

  TestPlanner withTarget(String stage) {
    return new TestPlanner(
        images, Optional.of(stage), buildArgs, allowedSecrets, stages, sharedPods);
  }

  TestPlanner withArg(String name, String value) {
    return new TestPlanner(images, target, Map.of(name, value), allowedSecrets, stages, sharedPods);
  }

  TestPlanner withAllowedSecrets(AllowedSecrets secrets) {
    return new TestPlanner(images, target, buildArgs, secrets, stages, sharedPods);
  }

  /** A planner that allows shared Pods, with settings of single stages. */
  TestPlanner withSharedPods(StageRequest... requests) {
    return new TestPlanner(images, target, buildArgs, allowedSecrets, List.of(requests), true);
  }

  /** A planner that allows stages in the worker, on images of at most this size. */
  TestPlanner withWorkerBases(long bytes) {
    return new TestPlanner(
        images, target, buildArgs, allowedSecrets, stages, sharedPods, Optional.of(bytes));
  }

  BuildPlan plan(String dockerfile) {
    return plan(dockerfile, request -> request);
  }

  /** Plans a build with another request. */
  BuildPlan plan(String dockerfile, UnaryOperator<BuildRequest> change) {
    var output =
        BuildRequest.Output.to(
            ImageReference.parse("registry.example.com/hello:1"), LayerOptions.DEFAULT);
    var request =
        BuildRequest.builder(
                "team/hello", new SourceRequest.Inline(Map.of()), Platform.LINUX_AMD64, output)
            .target(target)
            .buildArgs(buildArgs)
            .provisions(allowedSecrets)
            .stages(stages)
            .sharedPods(sharedPods)
            .workerBaseBytes(workerBaseBytes)
            .build();
    try (var catalog = new ImageCatalog(images)) {
      return new DockerfilePlanner(
              change.apply(request),
              new DockerfileText("Dockerfile", dockerfile, Optional.empty()),
              catalog)
          .plan(Optional.empty(), List.of())
          .plan();
    }
  }

  Failure failureOf(String dockerfile) {
    return catchThrowableOfType(BuildFailedException.class, () -> plan(dockerfile)).failure();
  }
}
