package dev.stagewright.controller.run;

import dev.stagewright.api.v1alpha1.ImageBuild;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The artifact of a Flux source in the operator's copy of an ImageBuild, as an annotation that is
 * never written to the API server. This way, a run still follows from the ImageBuild alone.
 */
public final class AttachedArtifact {
  private static final String ANNOTATION = "internal.stagewright.dev/artifact";
  private static final KubernetesSerialization JSON = new KubernetesSerialization();

  private AttachedArtifact() {}

  /** The JSON of the annotation. */
  private record Stored(@Nullable FluxArtifact artifact, @Nullable String missing) {}

  /** A copy of the ImageBuild with the artifact. */
  public static ImageBuild attach(ImageBuild build, FluxArtifact.Lookup lookup) {
    var stored =
        switch (lookup) {
          case FluxArtifact.Lookup.Found(var artifact) -> new Stored(artifact, null);
          case FluxArtifact.Lookup.Missing(var reason) -> new Stored(null, reason);
        };
    var copy = new ImageBuild();
    copy.setMetadata(
        new ObjectMetaBuilder(build.getMetadata())
            .addToAnnotations(ANNOTATION, JSON.asJson(stored))
            .build());
    copy.setSpec(build.getSpec());
    copy.setStatus(build.getStatus());
    return copy;
  }

  /** The artifact of an ImageBuild; empty if its source is not of Flux, or none was attached. */
  static Optional<FluxArtifact.Lookup> of(ImageBuild build) {
    if (build.getSpec().source().flux() == null) {
      return Optional.empty();
    }
    return Optional.ofNullable(build.getMetadata().getAnnotations())
        .flatMap(annotations -> Optional.ofNullable(annotations.get(ANNOTATION)))
        .map(json -> lookup(JSON.unmarshal(json, Stored.class)));
  }

  private static FluxArtifact.Lookup lookup(Stored stored) {
    var artifact = stored.artifact();
    return artifact == null
        ? new FluxArtifact.Lookup.Missing(
            Optional.ofNullable(stored.missing()).orElse("the artifact is not known"))
        : new FluxArtifact.Lookup.Found(artifact);
  }
}
