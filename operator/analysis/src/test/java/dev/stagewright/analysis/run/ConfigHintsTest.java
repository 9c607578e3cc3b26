package dev.stagewright.analysis.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.analysis.finding.Severity;
import dev.stagewright.layers.oci.HealthcheckConfig;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What does not prevent the start, but may surprise. */
class ConfigHintsTest {
  private static TestImage app() {
    return TestImage.busybox().file("srv/app", TestFile.elf(TestElf.program())).cmd("/srv/app");
  }

  @Test
  void ordinaryImageHasNone() {
    assertThat(app().notes()).isEmpty();
    assertThat(TestImage.debian().cmd("bash").notes()).isEmpty();
    assertThat(TestImage.alpine().cmd("/bin/sh").notes()).isEmpty();
  }

  @Test
  void lowPortsAreForRootOnOlderRuntimes() {
    var image = app().config(it -> it.withExposedPorts(List.of("80/tcp", "8080/tcp")));

    assertThat(image.notes()).isEmpty();
    assertThat(image.user("1000").predict().findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.rule()).isEqualTo("PrivilegedPort");
          assertThat(finding.severity()).isEqualTo(Severity.HINT);
          assertThat(finding.message()).contains("port 80/tcp").contains("containerd 2");
        });
  }

  @Test
  void volumeMayHideTheProgram() {
    assertThat(app().config(it -> it.withVolumes(List.of("/srv"))).notes())
        .containsExactly("VolumeOverProgram");
    assertThat(app().config(it -> it.withVolumes(List.of("/data"))).notes()).isEmpty();
  }

  @Test
  void kubernetesIgnoresHealthChecks() {
    assertThat(app().config(it -> it.withHealthcheck(check("CMD", "true"))).notes())
        .containsExactly("HealthcheckIgnored");
    assertThat(app().config(it -> it.withHealthcheck(check("NONE"))).notes()).isEmpty();
  }

  private static HealthcheckConfig check(String... test) {
    var none = Duration.ZERO;
    return new HealthcheckConfig(List.of(test), none, none, none, none, 0);
  }

  @Test
  void entrypointInShellFormIgnoresCmd() {
    assertThat(app().entrypoint("/bin/sh", "-c", "/srv/app").cmd("--port").notes())
        .containsExactly("ShellFormEntrypoint");
  }

  @Test
  void everyFindingHasADescription() {
    var ids = new RunRules().descriptions().stream().map(it -> it.id()).toList();

    assertThat(ids).doesNotHaveDuplicates();
    assertThat(ids).containsAll(app().user("ghost").notes());
  }
}
