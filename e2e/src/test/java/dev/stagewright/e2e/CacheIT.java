package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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

  /** A step of 3,000 files with about 30 MB, which the last step compares with their times. */
  private static final String LARGE =
      """
      FROM busybox
      RUN mkdir -p /data && i=0 && while [ $i -lt 3000 ]; do \
          dd if=/bin/busybox of=/data/$i bs=5120 skip=$((i % 190)) count=2 2>/dev/null; \
          i=$((i + 1)); done && ln /data/1 /data/one && ln -s 2 /data/two && chmod 700 /data/3
      RUN find /data -exec stat -c '%n %y %f %u %g %h' {} + | sort > /times
      COPY in.txt /in.txt
      RUN find /data -exec stat -c '%n %y %f %u %g %h' {} + | sort | cmp - /times && echo same > /same
      """;

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
    awaitLatestRecord(namespace, "app");
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
        .untilAsserted(() ->
            assertThat(stagewright.run("cache", "ls", "app", "--plain-http").output())
                .contains("7 records (3 step, 1 files, 1 image, 1 latest", ", 1 checks)"));
    assertThat(stagewright.run("cache", "ls", "app", "--plain-http").output())
        .containsPattern("step .* " + namespace.name() + "/app +COPY in.txt /in.txt");
    var young = stagewright.run("cache", "prune", "app", "--plain-http", "--unused-for", "1d");
    assertThat(young.output()).startsWith("nothing to delete in ");

    var pruned = stagewright.run("cache", "prune", "app", "--plain-http", "--all", "--yes");

    assertThat(pruned.exitCode()).as(pruned.output()).isZero();
    assertThat(pruned.output()).startsWith("deleted 7 records; ");
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

  @Test
  void laterBuildsStartFromAnImageWithTheKnownSteps(TestNamespace namespace) {
    var spec = "sandbox: userNamespace\noutput: {image: '%s', sourceDateEpoch: 0}\n";
    var cached = spec.formatted(namespace.image("app"));
    namespace.build("app", cached + Specs.inline(LARGE, Map.of("in.txt", "a\n"))).awaitSuccess();
    var second = namespace.build("app", cached + Specs.inline(LARGE, Map.of("in.txt", "b\n")));
    assertThat(image(second.awaitSuccess())).doesNotContain("/cache@");
    var cache = repositoryOf(namespace.image("app")) + "/cache";
    await()
        .atMost(QUICK)
        .until(() -> tags(namespace, cache).stream().anyMatch(tag -> tag.startsWith("prefix-")));

    var third =
        namespace
            .build("app", cached + Specs.inline(LARGE, Map.of("in.txt", "c\n")))
            .awaitSuccess();

    assertThat(image(third)).startsWith(cache + "@sha256:");
    assertThat(third.stage("0").text("cached")).isEqualTo("Partial");
    assertThat(third.image().validate()).contains("PASS");
    var without =
        namespace
            .build(
                "other",
                "cache: {disabled: true}\n"
                    + spec.formatted(namespace.image("other"))
                    + Specs.inline(LARGE, Map.of("in.txt", "c\n")))
            .awaitSuccess();
    assertThat(layersWithoutTimes(third)).isEqualTo(layersWithoutTimes(without));
  }

  @Test
  void stageUnpacksTheLayersIfTheImageCannotBePulled(TestNamespace namespace) {
    var registry = registryForPodsOnly(namespace);
    var image = registry + "/e2e/" + namespace.name() + "/hidden";
    var spec =
        "sandbox: userNamespace\noutput: {image: '" + image + ":1', insecure: true}\nretries: 0\n";
    namespace.build("app", spec + Specs.inline(LARGE, Map.of("in.txt", "a\n"))).awaitSuccess();
    namespace.build("app", spec + Specs.inline(LARGE, Map.of("in.txt", "b\n"))).awaitSuccess();
    var visible = repositoryOf(namespace.image("hidden")) + "/cache";
    await()
        .atMost(QUICK)
        .until(() -> tags(namespace, visible).stream().anyMatch(tag -> tag.startsWith("prefix-")));

    var third =
        namespace.build("app", spec + Specs.inline(LARGE, Map.of("in.txt", "c\n"))).awaitSuccess();

    assertThat(third.stage("0").text("cached")).isEqualTo("Partial");
    assertThat(namespace.podsOf(third, "s0").getLast().getMetadata().getName()).endsWith("-s0-2");
    assertThat(image(third)).doesNotContain("/cache@");
  }

  /** The registry of the cluster under a name that only Pods can resolve. */
  private static String registryForPodsOnly(TestNamespace namespace) {
    var address = namespace.environment().registry().split(":", 2);
    namespace.apply(
        """
        apiVersion: v1
        kind: Service
        metadata: {name: registry}
        spec: {ports: [{name: http, port: %2$s}]}
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: registry, labels: {kubernetes.io/service-name: registry}}
        addressType: IPv4
        ports: [{name: http, port: %2$s}]
        endpoints: [{addresses: [%1$s]}]
        """
            .formatted(address[0], address[1]));
    return "registry." + namespace.name() + ".svc:" + address[1];
  }

  /** The image of the latest Pod of the only stage. */
  private static String image(Build build) {
    return build
        .namespace()
        .podsOf(build, "s0")
        .getLast()
        .getSpec()
        .getContainers()
        .getFirst()
        .getImage();
  }

  /** The digests of the layers, without the one that contains times of files. */
  private static List<String> layersWithoutTimes(Build build) {
    var layers = new ArrayList<String>();
    build.image().manifest().at("/layers").forEach(it -> layers.add(it.at("/digest").asText()));
    layers.remove(layers.size() - 3);
    return layers;
  }

  private static String repositoryOf(String image) {
    return image.substring(0, image.lastIndexOf(':'));
  }

  private static List<String> tags(TestNamespace namespace, String repository) {
    return namespace
        .environment()
        .tools()
        .output(QUICK, "crane", "ls", "--insecure", repository)
        .lines()
        .toList();
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

  /** Records are written after the image is pushed, and this one is the last. */
  private static void awaitLatestRecord(TestNamespace namespace, String build) {
    var cache = repositoryOf(namespace.image(build)) + "/cache";
    await()
        .atMost(QUICK)
        .untilAsserted(
            () -> assertThat(tags(namespace, cache)).anyMatch(tag -> tag.startsWith("latest-")));
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
