package dev.stagewright.analysis.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.analysis.finding.Severity;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** USER, and what the user may execute. */
class UserTest {
  private static final TestFile PROGRAM = TestFile.elf(TestElf.program());

  @Test
  void nameMustBeInPasswd() {
    var image = TestImage.busybox().file("app", PROGRAM).cmd("/app");

    assertThat(image.user("app").runs()).isTrue();
    assertThat(image.user("ghost").failure().rule()).isEqualTo("UnknownUser");
    assertThat(image.failure().symptom())
        .startsWith("CreateContainerError: ")
        .endsWith("no users found");
    assertThat(image.failure().fix()).contains("USER 65532");
  }

  @Test
  void scratchHasNoNames() {
    assertThat(TestImage.scratch().file("app", PROGRAM).cmd("/app").user("nobody").failure().rule())
        .isEqualTo("UnknownUser");
  }

  @Test
  void numberNeedsNoPasswd() {
    assertThat(TestImage.scratch().file("app", PROGRAM).cmd("/app").user("1000:1000").runs())
        .isTrue();
  }

  @Test
  void numberMustBeSmall() {
    assertThat(
            TestImage.scratch()
                .file("app", PROGRAM)
                .cmd("/app")
                .user("4294967295")
                .failure()
                .symptom())
        .contains("uid out of range");
  }

  @Test
  void kubeletIgnoresTheGroup() {
    var image = TestImage.busybox().file("app", PROGRAM).cmd("/app").user("1000:nogroup");

    assertThat(image.runs()).isTrue();
    assertThat(image.notes()).contains("UserGroupIgnored");
    assertThat(image.user("app:app").notes()).doesNotContain("UserGroupIgnored");
    assertThat(image.user("1000:1000").notes()).doesNotContain("UserGroupIgnored");
  }

  @Test
  void nameDoesNotShowThatTheUserIsNotRoot() {
    var image = TestImage.busybox().file("app", PROGRAM).cmd("/app");

    assertThat(image.user("app").notes()).containsExactly("NonNumericUser");
    assertThat(image.user("1000").notes()).isEmpty();
    assertThat(image.user("root").notes()).isEmpty();
  }

  @Test
  void containerdStartsProgramsThatTheUserMayNotExecute() {
    var image = TestImage.busybox().file("app", PROGRAM.mode(0700)).cmd("/app").user("1000");

    assertThat(image.runs()).isTrue();
    assertThat(image.predict().findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.rule()).isEqualTo("NeedsCapability");
          assertThat(finding.severity()).isEqualTo(Severity.WARNING);
          assertThat(finding.symptom()).contains("drop: [ALL]").endsWith("permission denied");
        });
  }

  @Test
  void alsoInDirectoriesThatTheUserMayNotEnter() {
    var image =
        TestImage.scratch()
            .file("private", TestFile.directory().mode(0700))
            .file("private/app", PROGRAM)
            .cmd("/private/app")
            .user("1000");

    assertThat(image.runs()).isTrue();
    assertThat(image.notes()).containsExactly("NeedsCapability");
  }

  @Test
  void ownerAndGroupHaveTheirOwnBits() {
    var image = TestImage.busybox().cmd("/app").user("1000");

    assertThat(image.file("app", PROGRAM.mode(0700).owner(1000)).notes()).isEmpty();
    assertThat(image.file("app", PROGRAM.mode(0077).owner(1000)).notes())
        .containsExactly("NeedsCapability");
  }

  @Test
  void groupsOfTheUserCount() {
    assertThat(new UserResolution(TestImage.busybox().image().files()).resolve("app"))
        .isEqualTo(new UserResolution.Result.Resolved(new Identity(1000, 1000, Set.of(50L))));
  }

  @Test
  void interpreterMustReadTheScriptAsTheUser() {
    var image = TestImage.busybox().file("app", TestFile.script("/bin/sh").mode(0711)).cmd("/app");

    assertThat(image.runs()).isTrue();
    assertThat(image.user("1000").failure().rule()).isEqualTo("NotPermitted");
    assertThat(image.failure().symptom()).contains("exit code 2").contains("Permission denied");
  }
}
