package dev.stagewright.dockerfile.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.dockerfile.PlatformId;
import dev.stagewright.dockerfile.eval.ImageSettings;
import dev.stagewright.dockerfile.ignore.IgnoreRules;
import dev.stagewright.dockerfile.lint.catalog.LintCatalog;
import dev.stagewright.dockerfile.stages.BuildOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class LinterTest {
  private static final PlatformId AMD64 = PlatformId.of("linux", "amd64");
  private static final BuildOptions OPTIONS = BuildOptions.forPlatform(AMD64);
  private static final LintRequest REQUEST = LintRequest.of(OPTIONS);
  private static final LintRequest BUILD =
      new LintRequest(
          OPTIONS, false, Optional.empty(), true, Optional.empty(), image -> Optional.empty());

  private static List<Finding> findings(String rule, String dockerfile, LintRequest request) {
    var report = LintCatalog.linter().lint(dockerfile.replace('⏎', '\n') + "\n", request);
    return report.findings().stream().filter(f -> f.rule().id().equals(rule)).toList();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvFileSource(resources = "buildkit.cases", delimiter = '|', quoteCharacter = '¤')
  void reportsFindingsOfBuildKitRules(
      String rule, String description, String dockerfile, String expected) {
    assertThat(
            findings(rule, dockerfile, REQUEST).stream()
                .map(Finding::toString)
                .collect(Collectors.joining("\n")))
        .isEqualTo(expected == null ? "" : expected);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvFileSource(resources = "practice.cases", delimiter = '¦', quoteCharacter = '¤')
  void reportsFindingsOfPracticeRules(
      String rule, String description, String dockerfile, String lines) {
    assertThat(
            findings(rule, dockerfile, REQUEST).stream()
                .map(finding -> String.valueOf(finding.position().line()))
                .collect(Collectors.joining(" ")))
        .isEqualTo(lines == null ? "" : lines);
  }

  @Test
  void reportsCopiesOfIgnoredFiles() {
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
  void doesNotReportIgnoredFilesWithExceptions() {
    assertThat(findings("CopyIgnoredFile", "FROM a⏎COPY dist /x", withIgnore("dist\n!dist/x\n")))
        .isEmpty();
  }

  @Test
  void reportsMissingIgnoreFileOnlyIfKnown() {
    var missing =
        new LintRequest(
            OPTIONS, true, Optional.empty(), true, Optional.empty(), i -> Optional.empty());

    assertThat(findings("CopyAllWithoutIgnore", "FROM a⏎COPY . .", missing)).hasSize(1);
    assertThat(findings("CopyAllWithoutIgnore", "FROM a⏎COPY . .", REQUEST)).isEmpty();
  }

  @Test
  void reportsWildcardsWithoutMatch() {
    var request =
        new LintRequest(
            OPTIONS,
            true,
            Optional.empty(),
            true,
            Optional.of(List.of("a.txt", "d", "d/b.txt")),
            i -> Optional.empty());

    assertThat(findings("WildcardWithoutMatch", "FROM a⏎COPY *.txt *.md d/*.txt /x/", request))
        .extracting(Finding::message)
        .containsExactly("\"*.md\" matches nothing in the build context");
  }

  @Test
  void reportsBaseImagesOfOtherPlatform() {
    assertThat(findings("InvalidBaseImagePlatform", "FROM a", onKnownBase(ImageSettings.empty())))
        .extracting(Finding::message)
        .containsExactly(
            "Base image a was pulled with platform \"linux/arm64\", expected \"linux/amd64\" for"
                + " current build");
  }

  @Test
  void reportsUndefinedVariablesOnKnownBases() {
    assertThat(findings("UndefinedVar", "FROM a⏎ENV B=$NONE", onKnownBase(ImageSettings.empty())))
        .hasSize(1);
  }

  @Test
  void doesNotPrintSecret() {
    assertThat(findings("SecretInPlainText", "FROM a⏎ENV A=AKIAABCDEFGHIJKLMNOP", REQUEST))
        .extracting(Finding::message)
        .containsExactly("ENV contains text that looks like a secret");
  }

  @Test
  void failsBuildForBuildKitRulesOnRequest() {
    var report =
        LintCatalog.linter()
            .lint("# check=error=true\nFROM a\nMAINTAINER me\nCMD x\nCMD y\n", REQUEST);

    assertThat(report.failure())
        .contains(
            "lint violation found for rules: JSONArgsRecommended, MaintainerDeprecated,"
                + " MultipleInstructionsDisallowed");
  }

  @Test
  void neverFailsBuildForPracticeRules() {
    var report = LintCatalog.linter().lint("# check=error=true\nFROM a\n", REQUEST);

    assertThat(report.findings()).isNotEmpty();
    assertThat(report.failure()).isEmpty();
  }

  @Test
  void readsCheckOptionsFromBuildArgument() {
    var skipAll =
        LintRequest.of(OPTIONS.withBuildArgs(Map.of("BUILDKIT_DOCKERFILE_CHECK", "skip=all")));

    assertThat(LintCatalog.linter().lint("FROM a\nMAINTAINER me\n", skipAll).findings()).isEmpty();
  }

  @Test
  void reportsDockerfileError() {
    var report = LintCatalog.linter().lint("FROM a\nFRM b\n", REQUEST);

    assertThat(report.error().orElseThrow())
        .hasMessage(
            "dockerfile parse error on line 2: unknown instruction: FRM (did you mean FROM?)");
    assertThat(report.worst()).contains(Severity.ERROR);
  }

  @Test
  void skipsUnneededStages() {
    var text =
        """
        # check=error=true
        FROM a:1 AS un
        CMD x
        ENV a b
        ARG TOKEN
        RUN apt-get upgrade
        EXPOSE 99999
        FROM a:1
        USER 1
        """;

    var report = LintCatalog.linter().lint(text, BUILD);

    assertThat(report.findings()).isEmpty();
    assertThat(report.error()).isEmpty();
    assertThat(report.failure()).isEmpty();
    assertThat(LintCatalog.linter().lint(text, REQUEST).failure())
        .contains(
            "lint violation found for rules: JSONArgsRecommended, LegacyKeyValueFormat,"
                + " SecretsUsedInArgOrEnv");
  }

  @Test
  void checksStyleOfUnneededStages() {
    var text = "FROM a:1 as Un\nMAINTAINER x\nFROM a:1\nUSER 1\n";

    assertThat(LintCatalog.linter().lint(text, BUILD).findings())
        .extracting(finding -> finding.rule().id())
        .containsExactlyInAnyOrder("FromAsCasing", "StageNameCasing", "MaintainerDeprecated");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*|.|Attempting to Copy file \".\" that is excluded by .dockerignore",
        "**|./|Attempting to Copy file \".\" that is excluded by .dockerignore",
        "**/*|/|Attempting to Copy file \"/\" that is excluded by .dockerignore",
        "dist|./dist|Attempting to Copy file \"dist\" that is excluded by .dockerignore",
        "*.log|.|",
      })
  void reportsCopiesOfFullyIgnoredContext(
      String ignored, String source, @Nullable String expected) {
    var found =
        findings("CopyIgnoredFile", "FROM a⏎COPY " + source + " /x/", withIgnore(ignored + "\n"));

    assertThat(found.stream().map(Finding::message).toList())
        .isEqualTo(Stream.ofNullable(expected).toList());
  }

  @Test
  void reportsUndeclaredBuildArguments() {
    var given =
        "GLOBAL OWN TRIGGER UNNEEDED VERSON OTHER http_proxy NO_PROXY BUILDKIT_INLINE_CACHE"
            + " SOURCE_DATE_EPOCH TARGETARCH";
    var arguments =
        Stream.of(given.split(" ", -1)).collect(Collectors.toMap(name -> name, name -> ""));
    var text =
        "ARG GLOBAL VERSION⏎FROM a AS un⏎ARG UNNEEDED⏎FROM a⏎ARG OWN=1⏎ONBUILD ARG TRIGGER=1";

    assertThat(
            findings("UnusedBuildArgument", text, LintRequest.of(OPTIONS.withBuildArgs(arguments))))
        .extracting(Finding::toString)
        .containsExactlyInAnyOrder(
            "UnusedBuildArgument: Build argument \"VERSON\" is not declared by any ARG (did you mean"
                + " VERSION?) (line 1)",
            "UnusedBuildArgument: Build argument \"OTHER\" is not declared by any ARG (line 1)");
  }

  @Test
  void reportsOtherFrontendInBuildArgument() {
    var other = OPTIONS.withBuildArgs(Map.of("BUILDKIT_SYNTAX", "example.com/front/end"));

    assertThat(findings("UnsupportedSyntax", "FROM a", LintRequest.of(other))).hasSize(1);
  }

  @Test
  void prefersBuildArgumentToDirective() {
    var fails = OPTIONS.withBuildArgs(Map.of("BUILDKIT_DOCKERFILE_CHECK", "error=true"));
    var text = "# check=skip=MaintainerDeprecated\nFROM a\nMAINTAINER me\n";

    assertThat(LintCatalog.linter().lint(text, LintRequest.of(fails)).failure())
        .contains("lint violation found for rules: MaintainerDeprecated");
  }

  @Test
  void reportsPositionOfInvalidOptions() {
    var argument =
        LintRequest.of(OPTIONS.withBuildArgs(Map.of("BUILDKIT_DOCKERFILE_CHECK", "skp=A")));

    assertThatThrownBy(
            () -> LintCatalog.linter().lint("# check=skip=A; error=true\nFROM a\n", REQUEST))
        .hasMessageEndingWith("failed to parse check options: invalid check option \"\"");
    assertThatThrownBy(() -> LintCatalog.linter().lint("FROM a\n", argument))
        .hasMessageEndingWith(
            "failed to parse build-arg:BUILDKIT_DOCKERFILE_CHECK: invalid check option \"skp\"");
  }

  @Test
  void rejectsUnknownCheckOptions() {
    assertThatThrownBy(() -> CheckOptions.parse("skp=A"))
        .hasMessageContaining("invalid check option \"skp\"");
    assertThatThrownBy(() -> CheckOptions.parse("error=maybe"))
        .hasMessageContaining("failed to parse check option \"error=maybe\"");
  }

  @Test
  void hasReasonAndFixForAllRules() {
    assertThat(LintCatalog.rules())
        .filteredOn(rule -> rule.origin() == Rule.Origin.BUILDKIT)
        .hasSize(22);
    assertThat(LintCatalog.rules()).extracting(Rule::id).doesNotHaveDuplicates();
    assertThat(LintCatalog.rules())
        .allSatisfy(rule -> {
          assertThat(rule.reason()).isNotBlank();
          assertThat(rule.fix()).endsWith(rule.fix().endsWith(".") ? "." : "…");
        });
  }

  private static LintRequest withIgnore(String text) {
    return new LintRequest(
        OPTIONS,
        true,
        Optional.of(IgnoreRules.parse(text)),
        true,
        Optional.empty(),
        image -> Optional.empty());
  }

  private static LintRequest onKnownBase(ImageSettings settings) {
    var base = new KnownBase(settings, PlatformId.of("linux", "arm64"));
    return new LintRequest(
        OPTIONS, true, Optional.empty(), false, Optional.empty(), image -> Optional.of(base));
  }
}
