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
import dev.stagewright.worker.images.ImageCatalog;
import dev.stagewright.worker.images.KnownImages;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes plans of Dockerfiles that are named {@code Dockerfile}. */
record Planning(
    KnownImages images,
    Optional<String> target,
    Map<String, String> buildArgs,
    AllowedSecrets provisions,
    List<StageRequest> stages,
    boolean sharedPods) {

  /** Plans for a build that has nothing but these images. */
  static Planning with(String... images) {
    return new Planning(
        KnownImages.plain(images),
        Optional.empty(),
        Map.of(),
        AllowedSecrets.NONE,
        List.of(),
        false);
  }

  Planning withTarget(String stage) {
    return new Planning(images, Optional.of(stage), buildArgs, provisions, stages, sharedPods);
  }

  Planning withArg(String name, String value) {
    return new Planning(images, target, Map.of(name, value), provisions, stages, sharedPods);
  }

  Planning withProvisions(AllowedSecrets provided) {
    return new Planning(images, target, buildArgs, provided, stages, sharedPods);
  }

  /** Plans where stages may share Pods, unless these say that they cannot. */
  Planning withSharedPods(StageRequest... requests) {
    return new Planning(images, target, buildArgs, provisions, List.of(requests), true);
  }

  BuildPlan plan(String dockerfile) {
    var output =
        BuildRequest.Output.to(
            ImageReference.parse("registry.example.com/hello:1"), LayerOptions.DEFAULT);
    var request =
        new BuildRequest(
            "team/hello",
            new BuildRequest.Source.Inline(Map.of()),
            Optional.empty(),
            target,
            buildArgs,
            Platform.LINUX_AMD64,
            output,
            provisions,
            List.of(),
            stages,
            sharedPods);
    try (var catalog = new ImageCatalog(images)) {
      return new DockerfilePlanner(
              request, new DockerfileText("Dockerfile", dockerfile, Optional.empty()), catalog)
          .plan(Optional.empty(), List.of())
          .plan();
    }
  }

  Failure failureOf(String dockerfile) {
    return catchThrowableOfType(BuildFailedException.class, () -> plan(dockerfile)).failure();
  }
}
