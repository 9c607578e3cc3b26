package dev.stagewright.worker.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.CheckRequest.Exemption;
import dev.stagewright.protocol.ImageChecks;
import dev.stagewright.protocol.ImageChecks.Severity;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which findings a build accepts. */
class ExemptionsTest {
  private static final LocalDate TODAY = LocalDate.parse("2030-06-15");

  private static Exemptions of(Optional<String> path, Optional<String> expires) {
    return new Exemptions(
        List.of(new Exemption("SecretInFile", path, "a test key", expires)), TODAY);
  }

  private static ImageChecks.Finding finding(String rule, Optional<String> path) {
    return new ImageChecks.Finding(
        rule, Severity.ERROR, "m", path, 0, Optional.empty(), Optional.empty());
  }

  @Test
  void withoutAPathAllFindingsOfTheRuleAreAccepted() {
    var all = of(Optional.empty(), Optional.empty());

    assertThat(all.accepts(finding("SecretInFile", Optional.of("/a")))).isTrue();
    assertThat(all.accepts(finding("SecretInFile", Optional.empty()))).isTrue();
    assertThat(all.accepts(finding("Other", Optional.of("/a")))).isFalse();
  }

  @Test
  void findingWithoutAFileIsNotAcceptedForAPath() {
    var some = of(Optional.of("/**"), Optional.empty());

    assertThat(some.accepts(finding("SecretInFile", Optional.empty()))).isFalse();
    assertThat(some.accepts(new BuildPlan.Finding("SecretInFile", "lint", 1))).isFalse();
  }

  @Test
  void findingOfLintIsAcceptedByItsRule() {
    var all = of(Optional.empty(), Optional.empty());

    assertThat(all.accepts(new BuildPlan.Finding("SecretInFile", "lint", 1))).isTrue();
    assertThat(all.accepts(new BuildPlan.Finding("Other", "lint", 1))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"2030-06-14,false", "2030-06-15,true", "2030-06-16,true"})
  void exceptionIsValidUntilTheEndOfItsLastDay(String expires, boolean accepted) {
    var exemptions = of(Optional.empty(), Optional.of(expires));

    assertThat(exemptions.accepts(finding("SecretInFile", Optional.of("/a")))).isEqualTo(accepted);
    assertThat(exemptions.expired()).hasSize(accepted ? 0 : 1);
  }

  @Test
  void expiredExceptionIsAFindingOfItsOwn() {
    assertThat(of(Optional.of("/a"), Optional.of("2030-01-01")).expired().getFirst())
        .extracting(ImageChecks.Finding::severity, ImageChecks.Finding::message)
        .containsExactly(
            Severity.WARNING,
            "the exception for SecretInFile in /a expired on 2030-01-01; its reason was: a test"
                + " key");
  }

  @ParameterizedTest
  @CsvSource({
    "/app/key, /app/key, true",
    "/app/*, /app/key, true",
    "/app/*, /app/test/key, false",
    "/app/**, /app/test/key, true",
    "/**/key, /key, true",
    "/**/key, /a/b/key, true",
    "/**/key, /a/b/monkey, false",
    "/app/k?y, /app/kay, true",
    "/app/k?y, /app/k/y, false",
    "/app/a.c, /app/abc, false",
    "/app/[x], /app/x, false"
  })
  void pathsAreGlobs(String glob, String path, boolean matches) {
    assertThat(new PathGlob(glob).matches(path)).isEqualTo(matches);
  }
}
