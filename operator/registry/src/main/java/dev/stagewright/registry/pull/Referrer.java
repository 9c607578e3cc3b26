package dev.stagewright.registry.pull;

import dev.stagewright.layers.oci.Descriptor;
import java.util.Map;

/**
 * An artifact that is attached to an image: its manifest has the image as its subject.
 *
 * @param manifest descriptor of the manifest of the artifact
 * @param artifactType what it is
 * @param annotations of the manifest
 */
public record Referrer(Descriptor manifest, String artifactType, Map<String, String> annotations) {
  /** Copies the map. */
  public Referrer {
    annotations = Map.copyOf(annotations);
  }
}
