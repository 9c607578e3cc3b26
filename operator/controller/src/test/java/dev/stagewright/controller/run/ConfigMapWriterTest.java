package dev.stagewright.controller.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which ImageBuild may write an existing ConfigMap. */
class ConfigMapWriterTest {
  private static final ConfigMapWriter HELLO = new ConfigMapWriter("hello");

  @Test
  void theAnnotationAllowsAnImageBuildToWrite() {
    assertThat(HELLO.problem(configMap(Map.of(ConfigMapWriter.ANNOTATION, "hello")))).isEmpty();
  }

  @Test
  void aConfigMapWithoutTheAnnotationIsNotWritten() {
    assertThat(HELLO.problem(configMap(Map.of("team", "blue"))))
        .contains(
            "the ConfigMap settings exists and was not created by this ImageBuild; set another name,"
                + " or allow this ImageBuild to write it: kubectl annotate configmap settings"
                + " stagewright.dev/imagebuild=hello");
    assertThat(HELLO.problem(configMap(Map.of()))).isPresent();
  }

  @Test
  void aConfigMapOfAnotherImageBuildIsNotWritten() {
    assertThat(HELLO.problem(configMap(Map.of(ConfigMapWriter.ANNOTATION, "hello-2"))))
        .contains(
            "the ConfigMap settings exists and belongs to the ImageBuild hello-2; set another name,"
                + " or allow this ImageBuild to write it: kubectl annotate --overwrite configmap"
                + " settings stagewright.dev/imagebuild=hello");
  }

  private static ConfigMap configMap(Map<String, String> annotations) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName("settings")
        .withAnnotations(annotations)
        .endMetadata()
        .build();
  }
}
