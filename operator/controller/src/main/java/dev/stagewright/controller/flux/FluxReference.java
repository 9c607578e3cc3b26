package dev.stagewright.controller.flux;

import dev.stagewright.api.v1alpha1.FluxSource;
import dev.stagewright.api.v1alpha1.ImageBuild;
import java.util.Optional;

/** A Flux object that an ImageBuild refers to. */
record FluxReference(FluxSource.Kind kind, String namespace, String name) {

  /** The reference of an ImageBuild; empty if its source is not of Flux. */
  static Optional<FluxReference> of(ImageBuild build) {
    return Optional.ofNullable(build.getSpec().source().flux())
        .map(flux ->
            new FluxReference(flux.kind(), build.getMetadata().getNamespace(), flux.name()));
  }

  /** Kind and name, for messages. */
  String title() {
    return kind + " " + name;
  }
}
