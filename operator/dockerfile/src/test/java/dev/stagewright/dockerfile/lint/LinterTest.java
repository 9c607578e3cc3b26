package dev.stagewright.dockerfile.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.dockerfile.PlatformId;
import dev.stagewright.dockerfile.eval.ImageSettings;
import dev.stagewright.dockerfile.ignore.IgnoreRules;
import dev.stagewright.dockerfile.lint.catalog.Catalog;
import dev.stagewright.dockerfile.stages.BuildOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class LinterTest {
  private static final PlatformId AMD64 = PlatformId.of("linux", "amd64");
  private static final BuildOptions OPTIONS = BuildOptions.forPlatform(AMD64);
  private static final LintRequest REQUEST = LintRequest.of(OPTIONS);

  private static List<Finding> findings(String rule, String dockerfile, LintRequest request) {
    var report = Catalog.linter().lint(dockerfile.replace('⏎', '\n') + "\n", request);
    return report.findings().stream().filter(f -> f.rule().id().equals(rule)).toList();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvFileSource(resources = "buildkit.cases", delimiter = '|', quoteCharacter = '¤')
  void findsWhatBuildKitFinds(String rule, String shows, String dockerfile, String expected) {
    assertThat(
            findings(rule, dockerfile, REQUEST).stream()
                .map(Finding::toString)
                .collect(Collectors.joining("\n")))
        .isEqualTo(expected == null ? "" : expected);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvFileSource(resources = "practice.cases", delimiter = '¦', quoteCharacter = '¤')
  void findsWhatPracticeTeaches(String rule, String shows, String dockerfile, String lines) {
    assertThat(
            findings(rule, dockerfile, REQUEST).stream()
                .map(finding -> String.valueOf(finding.position().line()))
                .collect(Collectors.joining(" ")))
        .isEqualTo(lines == null ? "" : lines);
  }

  @Test
  void findsCopiesOfIgnoredFiles() {
    var request = withIgnore("dist\n*.log\n");

    assertThat(findings("CopyIgnoredFile", "FROM a⏎COPY dist/x /x⏎ADD a.log /⏎COPY src /", request))
        .extracting(Finding::toString)
        .containsExactly(
            "CopyIgnoredFile: Attempting to Copy file \"dist/x\" that is excluded by .dockerignore"
                + " (line 2)",
            "CopyIgnoredFile: Attempting to Add file \"a.log\" that is excluded by .dockerignore"
                + " (line 3)");
  }

  @Test
  void saysNothingOfIgnoredFilesWhereThereAreExceptions() {
    assertThat(findings("CopyIgnoredFile", "FROM a⏎COPY dist /x", withIgnore("dist\n!dist/x\n")))
        .isEmpty();
  }

  @Test
  void findsAMissingIgnoreFileOnlyWhereItIsKnownToBeMissing() {
    var missing =
        new LintRequest(OPTIONS, Optional.empty(), true, Optional.empty(), i -> Optional.empty());

    assertThat(findings("CopyAllWithoutIgnore", "FROM a⏎COPY . .", missing)).hasSize(1);
    assertThat(findings("CopyAllWithoutIgnore", "FROM a⏎COPY . .", REQUEST)).isEmpty();
  }

  @Test
  void findsWildcardsWithoutAMatch() {
    var request =
        new LintRequest(
            OPTIONS,
            Optional.empty(),
            true,
            Optional.of(List.of("a.txt", "d", "d/b.txt")),
            i -> Optional.empty());

    assertThat(findings("WildcardWithoutMatch", "FROM a⏎COPY *.txt *.md d/*.txt /x/", request))
        .extracting(Finding::message)
        .containsExactly("\"*.md\" matches nothing in the build context");
  }

  @Test
  void findsBaseImagesOfAnotherPlatform() {
    assertThat(findings("InvalidBaseImagePlatform", "FROM a", onKnownBase(ImageSettings.empty())))
        .extracting(Finding::message)
        .containsExactly(
            "Base image a was pulled with platform \"linux/arm64\", expected \"linux/amd64\" for"
                + " current build");
  }

  @Test
  void findsUndefinedVariablesOnKnownBases() {
    assertThat(findings("UndefinedVar", "FROM a⏎ENV B=$NONE", onKnownBase(ImageSettings.empty())))
        .hasSize(1);
  }

  @Test
  void keepsTheSecretOutOfItsMessage() {
    assertThat(findings("SecretInPlainText", "FROM a⏎ENV A=AKIAABCDEFGHIJKLMNOP", REQUEST))
        .extracting(Finding::message)
        .containsExactly("ENV holds what looks like a secret");
  }

  @Test
  void failsTheBuildForBuildKitsRulesWhereAskedTo() {
    var report =
        Catalog.linter().lint("# check=error=true\nFROM a\nMAINTAINER me\nCMD x\nCMD y\n", REQUEST);

    assertThat(report.failure())
        .contains(
            "lint violation found for rules: JSONArgsRecommended, MaintainerDeprecated,"
                + " MultipleInstructionsDisallowed");
  }

  @Test
  void neverFailsTheBuildForItsOwnRules() {
    var report = Catalog.linter().lint("# check=error=true\nFROM a\n", REQUEST);

    assertThat(report.findings()).isNotEmpty();
    assertThat(report.failure()).isEmpty();
  }

  @Test
  void takesCheckOptionsFromABuildArgument() {
    var skipAll =
        LintRequest.of(OPTIONS.withBuildArgs(Map.of("BUILDKIT_DOCKERFILE_CHECK", "skip=all")));

    assertThat(Catalog.linter().lint("FROM a\nMAINTAINER me\n", skipAll).findings()).isEmpty();
  }

  @Test
  void reportsAMistakeAsItsError() {
    var report = Catalog.linter().lint("FROM a\nFRM b\n", REQUEST);

    assertThat(report.error().orElseThrow())
        .hasMessage(
            "dockerfile parse error on line 2: unknown instruction: FRM (did you mean FROM?)");
    assertThat(report.worst()).contains(Severity.ERROR);
  }

  @Test
  void refusesCheckOptionsThatItDoesNotKnow() {
    assertThatThrownBy(() -> CheckOptions.parse("skp=A"))
        .hasMessageContaining("invalid check option \"skp\"");
    assertThatThrownBy(() -> CheckOptions.parse("error=maybe"))
        .hasMessageContaining("failed to parse check option \"error=maybe\"");
  }

  @Test
  void hasAllRulesOfBuildKitAndGivesEachRuleAReasonAndAFix() {
    assertThat(Catalog.rules())
        .filteredOn(rule -> rule.origin() == Rule.Origin.BUILDKIT)
        .hasSize(22);
    assertThat(Catalog.rules()).extracting(Rule::id).doesNotHaveDuplicates();
    assertThat(Catalog.rules())
        .allSatisfy(rule -> {
          assertThat(rule.reason()).isNotBlank();
          assertThat(rule.fix()).endsWith(rule.fix().endsWith(".") ? "." : "…");
        });
  }

  private static LintRequest withIgnore(String text) {
    return new LintRequest(
        OPTIONS,
        Optional.of(IgnoreRules.parse(text)),
        true,
        Optional.empty(),
        image -> Optional.empty());
  }

  private static LintRequest onKnownBase(ImageSettings settings) {
    var base = new KnownBase(settings, PlatformId.of("linux", "arm64"));
    return new LintRequest(
        OPTIONS, Optional.empty(), false, Optional.empty(), image -> Optional.of(base));
  }
}
