package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A build runs only what has changed since an earlier build. */
@ExtendWith(StagewrightExtension.class)
class CacheIT {
  /** A command whose output is different each time it runs. */
  private static final String RANDOM = "cat /proc/sys/kernel/random/uuid";

  private static final Duration QUICK = Duration.ofMinutes(2);

  @Test
  void unchangedBuildRunsNothing(TestNamespace namespace) {
    var first = namespace.inline("app", twoStages("1"), Map.of("in.txt", "a\n")).awaitSuccess();
    var digest = first.text("image", "digest");

    var second =
        namespace
            .build("app", "timeout: 59m\n" + Specs.inline(twoStages("1"), Map.of("in.txt", "a\n")))
            .awaitSuccess();

    assertThat(second.reason("Ready")).isEqualTo("Unchanged");
    assertThat(second.text("image", "digest")).isEqualTo(digest);
    assertThat(second.image().taggedDigest()).isEqualTo(digest);
    assertThat(second.stages())
        .extracting(stage -> stage.text("cached"))
        .containsExactly("All", "All");
    assertThat(namespace.stagePods()).isEmpty();
  }

  @Test
  void changeOfTheConfigRunsNoInstruction(TestNamespace namespace) {
    var first = namespace.inline("app", twoStages("1"), Map.of("in.txt", "a\n")).awaitSuccess();
    var layers = first.image().manifest().at("/layers");

    var second = namespace.inline("app", twoStages("2"), Map.of("in.txt", "a\n")).awaitSuccess();

    assertThat(second.reason("Ready")).isEqualTo("Pushed");
    assertThat(second.image().manifest().at("/layers")).isEqualTo(layers);
    assertThat(second.image().config().at("/config/Labels/version").asText()).isEqualTo("2");
    assertThat(second.image().validate()).contains("PASS");
    assertThat(namespace.stagePods()).isEmpty();
  }

  @Test
  void changedFileRunsItsStageOnly(TestNamespace namespace) {
    var first = namespace.inline("app", twoStages("1"), Map.of("in.txt", "a\n")).awaitSuccess();
    var id = first.image().manifest().at("/layers/1/digest");

    var second = namespace.inline("app", twoStages("1"), Map.of("in.txt", "b\n")).awaitSuccess();

    assertThat(second.stage("builder").text("cached")).isEqualTo("None");
    assertThat(second.stage("1").text("cached")).isEqualTo("Partial");
    assertThat(second.image().manifest().at("/layers/1/digest")).isEqualTo(id);
    assertThat(content(second, "out.txt")).isEqualTo("b");
    assertThat(second.image().validate()).contains("PASS");
  }

  @Test
  void sameOutputOfAChangedStageKeepsLaterStages(TestNamespace namespace) {
    var dockerfile =
        """
        FROM busybox AS builder
        COPY in.txt /in.txt
        RUN head -n 1 /in.txt > /out.txt
        FROM busybox
        COPY --from=builder /out.txt /out.txt
        RUN %s > /id
        """
            .formatted(RANDOM);
    var first = namespace.inline("app", dockerfile, Map.of("in.txt", "a\nfirst\n")).awaitSuccess();

    var second =
        namespace.inline("app", dockerfile, Map.of("in.txt", "a\nsecond\n")).awaitSuccess();

    assertThat(second.stage("builder").text("cached")).isNotEqualTo("All");
    assertThat(second.stage("1").text("cached")).isEqualTo("All");
    assertThat(second.image().manifest().at("/layers"))
        .isEqualTo(first.image().manifest().at("/layers"));
    assertThat(namespace.podsOf(second, "s1")).isEmpty();
  }

  @Test
  void failedBuildContinuesAtTheFailedInstruction(TestNamespace namespace) {
    var dockerfile = "FROM busybox\nRUN " + RANDOM + " > /id\nRUN echo 2 > /two\nRUN %s\n";
    namespace.inline("app", dockerfile.formatted("test -e /three"), Map.of()).awaitPhase("Failed");

    var build =
        namespace.inline("app", dockerfile.formatted("test -e /two"), Map.of()).awaitSuccess();

    assertThat(build.stage("0").text("cached")).isEqualTo("Partial");
    assertThat(namespace.log(namespace.podsOf(build, "s0").getLast().getMetadata().getName()))
        .doesNotContain("[0 2/4]")
        .contains("[0 4/4] RUN test -e /two");
    assertThat(build.image().validate()).contains("PASS");
  }

  @Test
  void newBaseImageRunsEverythingOnIt(TestNamespace namespace) {
    namespace.inline("base", "FROM busybox\nRUN echo 1 > /version\n", Map.of()).awaitSuccess();
    var app = "FROM " + namespace.image("base") + "\nRUN cp /version /copy\n";
    namespace.inline("app", app, Map.of()).awaitSuccess();
    namespace.inline("base", "FROM busybox\nRUN echo 2 > /version\n", Map.of()).awaitSuccess();

    var build =
        namespace.build("app", "timeout: 59m\n" + Specs.inline(app, Map.of())).awaitSuccess();

    assertThat(build.stage("0").text("cached")).isEqualTo("None");
    assertThat(content(build, "copy")).isEqualTo("2");
  }

  @Test
  void buildsShareARepository(TestNamespace namespace) {
    var cache = "cache: {repository: '" + repository(namespace) + "'}\n";
    var source = Specs.inline("FROM busybox\nRUN " + RANDOM + " > /id\n", Map.of());
    var one = namespace.build("one", cache + source).awaitSuccess();

    var two = namespace.build("two", cache + source).awaitSuccess();

    assertThat(two.stage("0").text("cached")).isEqualTo("All");
    assertThat(two.text("image", "digest")).isEqualTo(one.text("image", "digest"));
  }

  @Test
  void readOnlyBuildsRecordNothing(TestNamespace namespace) {
    var cache = "cache: {repository: '" + repository(namespace) + "', readOnly: true}\n";
    var source = Specs.inline("FROM busybox\nRUN " + RANDOM + " > /id\n", Map.of());
    namespace.build("one", cache + source).awaitSuccess();

    var two = namespace.build("two", cache + source).awaitSuccess();

    assertThat(two.stage("0").text("cached")).isEqualTo("None");
  }

  @Test
  void disabledCacheRunsEverything(TestNamespace namespace) {
    var source = Specs.inline("FROM busybox\nRUN " + RANDOM + " > /id\n", Map.of());
    var first = namespace.build("app", source).awaitSuccess();
    var digest = first.text("image", "digest");

    var second = namespace.build("app", "cache: {disabled: true}\n" + source).awaitSuccess();

    assertThat(second.text("image", "digest")).isNotEqualTo(digest);
    assertThat(second.stage("0").text("cached")).isEmpty();
  }

  @Test
  void secretsAreNotInRecords(TestNamespace namespace) {
    namespace.apply(
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: token}
        stringData: {token: very-secret-text}
        """);
    var build =
        namespace
            .build(
                "app",
                "secrets: [{id: token, secret: {name: token, key: token}}]\n"
                    + Specs.inline(
                        "FROM busybox\nRUN --mount=type=secret,id=token,env=TOKEN test $TOKEN\n",
                        Map.of()))
            .awaitSuccess();

    assertThat(build.phase()).isEqualTo("Succeeded");
    assertThat(records(namespace, "app")).isNotEmpty().noneMatch(it -> it.contains("very-secret"));
  }

  @Test
  void whyNamesTheChangedFile(TestNamespace namespace, @TempDir Path folder) {
    namespace.inline("app", twoStages("1"), Map.of("in.txt", "a\n")).awaitSuccess();
    namespace.inline("app", twoStages("1"), Map.of("in.txt", "b\n")).awaitSuccess();

    var why = CommandLine.install(namespace, folder).run("why", "app");

    assertThat(why.output()).contains("COPY in.txt", "in.txt changed");
  }

  @Test
  void unusableRepositoryDoesNotFailBuilds(TestNamespace namespace) {
    var build =
        namespace
            .build(
                "app",
                "cache: {repository: 'registry.invalid/cache'}\n"
                    + Specs.inline("FROM busybox\nRUN echo 1 > /one\n", Map.of()))
            .awaitSuccess();

    assertThat(build.stage("0").text("cached")).isEqualTo("None");
  }

  @Test
  void commandLineListsAndDeletesRecords(TestNamespace namespace, @TempDir Path folder) {
    namespace.inline("app", twoStages("1"), Map.of("in.txt", "a\n")).awaitSuccess();
    var stagewright = CommandLine.install(namespace, folder);

    // Records are written after the result was reported.
    Awaitility.await()
        .atMost(QUICK)
        .until(() ->
            stagewright
                .run("cache", "ls", "app", "--plain-http")
                .output()
                .contains("6 records (3 step, 1 files, 1 image, 1 latest)"));
    assertThat(stagewright.run("cache", "ls", "app", "--plain-http").output())
        .containsPattern("step .* " + namespace.name() + "/app +COPY in.txt /in.txt");
    var young = stagewright.run("cache", "prune", "app", "--plain-http", "--unused-for", "1d");
    assertThat(young.output()).startsWith("nothing to delete in ");

    var pruned = stagewright.run("cache", "prune", "app", "--plain-http", "--all", "--yes");

    assertThat(pruned.exitCode()).as(pruned.output()).isZero();
    assertThat(pruned.output()).startsWith("deleted 6 records; ");
    assertThat(stagewright.run("cache", "ls", "app", "--plain-http").output())
        .contains("0 records (");
    var next =
        namespace
            .build("app", "timeout: 59m\n" + Specs.inline(twoStages("1"), Map.of("in.txt", "a\n")))
            .awaitSuccess();
    assertThat(next.stage("builder").text("cached")).isEqualTo("None");
  }

  @Test
  void orderOfInstructionsIsNamedWithItsCost(TestNamespace namespace) {
    var dockerfile =
        """
        FROM busybox
        RUN printf '#!/bin/sh\\nsleep 1\\n' > /bin/npm && chmod +x /bin/npm
        COPY . /app/
        RUN npm ci
        """;
    namespace.inline("app", dockerfile, Map.of("main.js", "1\n")).awaitSuccess();

    var second = namespace.inline("app", dockerfile, Map.of("main.js", "2\n")).awaitSuccess();

    assertThat(second.text("findings"))
        .contains("SourceBeforeDependencies")
        .contains("In this build they were installed again, which took ")
        .contains("because of COPY . /app/: main.js changed.");
  }

  private static String twoStages(String version) {
    return """
    FROM busybox AS builder
    COPY in.txt /in.txt
    RUN cp /in.txt /out.txt && touch -d @0 /out.txt
    FROM busybox
    RUN %s > /id
    COPY --from=builder /out.txt /out.txt
    LABEL version=%s
    """
        .formatted(RANDOM, version);
  }

  private static String repository(TestNamespace namespace) {
    var image = namespace.image("shared-cache");
    return image.substring(0, image.lastIndexOf(':'));
  }

  private static String content(Build build, String path) {
    return build
        .namespace()
        .run("cat-" + Environment.randomId(), build.image().reference(), "cat", "/" + path)
        .log()
        .strip();
  }

  /** The manifests of all records of a build, and the blobs that they contain. */
  private static List<String> records(TestNamespace namespace, String build) {
    var image = namespace.image(build);
    var cache = image.substring(0, image.lastIndexOf(':')) + "/cache";
    var crane = namespace.environment().tools();
    return crane
        .output(QUICK, "crane", "ls", "--insecure", cache)
        .lines()
        .map(tag -> crane.output(QUICK, "crane", "manifest", "--insecure", cache + ":" + tag))
        .toList();
  }
}
