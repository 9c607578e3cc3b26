package dev.stagewright.kubectl.support;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Objects;

/** ImageBuilds for tests. */
public final class TestBuilds {
  private TestBuilds() {}

  /** The ImageBuild {@code hello} with a status in YAML. */
  public static ImageBuild hello(String status) {
    return Serialization.unmarshal(
        """
        apiVersion: stagewright.dev/v1alpha1
        kind: ImageBuild
        metadata: {name: hello, namespace: team, uid: u1, generation: 1}
        spec:
          source: {inline: {dockerfile: FROM scratch}}
          output: {image: 'registry.example.com/team/hello:1.0'}
        status:
          observedGeneration: 1
        """
            + status.indent(2),
        ImageBuild.class);
  }

  /** A status in YAML. */
  public static ImageBuildStatus status(String yaml) {
    return Objects.requireNonNull(hello(yaml).getStatus());
  }
}
