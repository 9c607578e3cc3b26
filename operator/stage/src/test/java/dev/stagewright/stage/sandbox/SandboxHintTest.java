package dev.stagewright.stage.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.protocol.SandboxKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxHintTest {
  private static final List<String> MOUNTS =
      List.of("proc", "dev", "etc/hosts", "etc/resolv.conf", "var/lib/data");
  private static final SandboxHint IN_PLACE = new SandboxHint(SandboxKind.IN_PLACE, MOUNTS);
  private static final SandboxHint USER_NAMESPACE =
      new SandboxHint(SandboxKind.USER_NAMESPACE, MOUNTS);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rm: cannot remove '/var/lib/data': Device or resource busy",
        "rm: can't remove '/var/lib/data': Resource busy",
        "mv: cannot move '/var/lib/data' to '/x': Device or resource busy",
        "/var/lib/data: in use as a mount point (unlinkat)",
        "OSError: [Errno 16] Device or resource busy: '/var/lib/data'",
        "rm: cannot remove '/var/lib': Device or resource busy",
      })
  void volumeOfTheBaseHasAHint(String line) {
    assertThat(IN_PLACE.on("before\n" + line + "\n"))
        .hasValueSatisfying(hint ->
            assertThat(hint)
                .startsWith("/var/lib/data is a mount of the Pod")
                .contains("inPlace sandbox", "spec.stages[].sandbox: userNamespace"));
  }

  @Test
  void mountOfEveryBuilderIsNotALimitOfTheSandbox() {
    assertThat(IN_PLACE.on("sed: cannot rename /etc/sedx: Device or resource busy\n")).isEmpty();
    assertThat(IN_PLACE.on("mv: cannot move 'x' to '/etc/hosts': Device or resource busy"))
        .hasValueSatisfying(hint ->
            assertThat(hint)
                .contains("/etc/hosts")
                .endsWith("as in any other builder: omit the path"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chown: changing ownership of 'x': Invalid argument",
        "chown: /x: Invalid argument",
        "tar: bin/su: Cannot change ownership to uid 100000, gid 0: Invalid argument",
        "su: cannot set groups: Invalid argument (setgroups)",
        "OSError: [Errno 22] Invalid argument: 'chown'",
        "/x: invalid argument (chown to 70000:0)",
        "invalid argument (setresuid)",
      })
  void ownerOutsideTheIdsHasAHintInAUserNamespace(String line) {
    assertThat(USER_NAMESPACE.on(line)).contains(SandboxHint.NO_SUCH_OWNER);
    assertThat(IN_PLACE.on(line)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mknod: /x: Operation not permitted",
        "tar: dev/null: Cannot mknod: Operation not permitted",
        "/dev/tty: operation not permitted (mknod)",
      })
  void deviceHasAHintInAUserNamespace(String line) {
    assertThat(USER_NAMESPACE.on(line)).contains(SandboxHint.NO_DEVICES);
    assertThat(IN_PLACE.on(line)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dd: invalid argument",
        "cat: /secret: Operation not permitted",
        "umount: /mnt: target is busy",
        "rm: cannot remove '/var/lib/database': Device or resource busy",
        "",
      })
  void otherErrorsHaveNoHint(String line) {
    assertThat(USER_NAMESPACE.on(line)).isEmpty();
    assertThat(IN_PLACE.on(line)).isEmpty();
  }

  @Test
  void hintIsAppendedOnce() {
    var once = USER_NAMESPACE.appendTo("it failed", "mknod: x: Operation not permitted");

    assertThat(once).isEqualTo("it failed; " + SandboxHint.NO_DEVICES);
    assertThat(USER_NAMESPACE.appendTo(once, once)).isEqualTo(once);
  }
}
