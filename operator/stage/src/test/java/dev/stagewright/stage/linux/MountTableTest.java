package dev.stagewright.stage.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Parses {@code mountinfo}. */
class MountTableTest {
  private static final String MOUNTINFO =
      """
      600 500 0:60 / / rw,relatime - overlay overlay rw,lowerdir=/l
      601 600 0:61 / /proc rw - proc proc rw
      602 600 8:1 /pods/hosts /etc/hosts rw - ext4 /dev/sda rw
      603 600 8:1 /x /srv/with\\040blank\\011tab rw - ext4 /dev/sda rw
      """;

  @Test
  void mountPointsAreRelativeToTheRoot() {
    assertThat(MountTable.parse(MOUNTINFO, "/"))
        .containsExactly("etc/hosts", "proc", "srv/with blank\ttab");
  }

  @Test
  void mountPointsOutsideTheRootAreIgnored() {
    assertThat(MountTable.parse(MOUNTINFO, "/etc")).containsExactly("hosts");
    assertThat(MountTable.parse(MOUNTINFO, "/et")).isEmpty();
  }
}
