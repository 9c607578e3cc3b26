package dev.stagewright.stage.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ContainerRestrictionsTest {
  private static final List<String> ROOT = List.of("Uid:\t0\t0\t0\t0", "CapEff:\t00000000a80425fb");
  private static final List<String> WRITABLE =
      List.of("1 0 0:1 / / rw,relatime - overlay overlay rw", "2 1 0:2 / /etc ro - ext4 /dev/x rw");

  @Test
  void unchangedContainerHasNoRestrictions() {
    assertThat(ContainerRestrictions.of(ROOT, WRITABLE).isEmpty()).isTrue();
  }

  @Test
  void readOnlyRootIsReported() {
    var mounts = List.of("1 0 0:1 / / ro,relatime - overlay overlay rw");

    var restrictions = ContainerRestrictions.of(ROOT, mounts);

    assertThat(restrictions.fields())
        .containsExactly("securityContext.readOnlyRootFilesystem: true");
    assertThat(restrictions.explain("/x: read-only file system"))
        .contains("/x: read-only file system", "readOnlyRootFilesystem");
  }

  @Test
  void userAndDroppedCapabilitiesAreReported() {
    var status = List.of("Uid:\t1000\t1000\t1000\t1000", "CapEff:\t0000000000000400");

    assertThat(ContainerRestrictions.of(status, WRITABLE).fields())
        .containsExactly(
            "securityContext.runAsUser: 1000",
            "securityContext.capabilities.drop: [CHOWN, DAC_OVERRIDE, FOWNER, SETGID, SETUID,"
                + " SYS_CHROOT]");
  }
}
