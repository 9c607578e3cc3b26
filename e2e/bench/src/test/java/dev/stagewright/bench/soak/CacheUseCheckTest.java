package dev.stagewright.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.StageStatus.Cached;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

class CacheUseCheckTest {
  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  @Test
  void stagesAreCounted() {
    var check = new CacheUseCheck();
    check.add(build("All", "None"));
    check.add(build("All", "Partial"));

    assertThat(check.count(Cached.All)).isEqualTo(2);
    assertThat(check.count(Cached.None)).isEqualTo(1);
    assertThat(check.violations(true)).isEmpty();
  }

  @Test
  void repeatedBuildsWithoutAHitAreWrong() {
    var check = new CacheUseCheck();
    check.add(build("None", "Partial"));

    assertThat(check.violations(true)).hasSize(1);
    assertThat(check.violations(false)).isEmpty();
  }

  private static ImageBuild build(String first, String second) {
    return YAML.unmarshal(
        """
        apiVersion: stagewright.dev/v1alpha1
        kind: ImageBuild
        metadata: {name: b}
        status:
          stages:
          - {id: s0, name: one, base: busybox, phase: Succeeded, cached: %s}
          - {id: s1, name: two, base: busybox, phase: Succeeded, cached: %s}
        """
            .formatted(first, second),
        ImageBuild.class);
  }
}
