package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Stages that depend on each other, copy from each other, or are not needed. */
@ExtendWith(StagewrightExtension.class)
class StagesIT {
  @Test
  void stageStartsFromEarlierStage(TestNamespace namespace) {
    var build =
        namespace
            .inline(
                "child",
                """
                FROM busybox AS base
                ENV GREETING=hello
                WORKDIR /app
                RUN echo base > from-base && echo gone > deleted && echo 1 > changed
                FROM base
                RUN cat from-base && rm deleted && echo "$GREETING" > changed
                CMD ["cat", "/app/from-base", "/app/changed"]
                """,
                Map.of())
            .awaitSuccess();

    assertThat(build.image().paths())
        .contains("app/from-base", "app/changed")
        .doesNotContain("app/deleted");
    assertThat(build.image().validate()).contains("PASS");
    assertThat(namespace.run("run", namespace.image("child")).log()).isEqualTo("base\nhello\n");
  }

  @Test
  void skipsStagesNotNeededByTarget(TestNamespace namespace) {
    var build =
        namespace
            .inline(
                "pruned",
                """
                FROM busybox AS unused
                RUN exit 1
                FROM busybox
                RUN echo used > /used
                """,
                Map.of())
            .awaitSuccess();

    assertThat(build.stages()).extracting(stage -> stage.text("name")).containsExactly("1");
    assertThat(namespace.pods())
        .extracting(pod -> pod.getMetadata().getName())
        .noneMatch(name -> name.contains("s0"));
  }

  @Test
  void sequentialStagesShareOnePod(TestNamespace namespace) {
    var source =
        Specs.inline(
            """
            FROM busybox AS base
            RUN echo base > /base
            FROM base
            RUN cat /base > /copy
            """,
            Map.of());

    var shared = namespace.build("shared", source).awaitSuccess();
    var apart = namespace.build("apart", "execution: podPerStage\n" + source).awaitSuccess();

    assertThat(shared.stage("base").text("sharesPodOf")).isEqualTo("1");
    assertThat(namespace.podsOf(shared, "s0")).isEmpty();
    assertThat(namespace.podsOf(apart, "s0")).hasSize(1);
    assertThat(shared.image().paths()).isEqualTo(apart.image().paths()).contains("copy");
  }

  @Test
  void buildsOnlyTarget(TestNamespace namespace) {
    var build =
        namespace
            .build(
                "targeted",
                "target: first\n"
                    + Specs.inline(
                        "FROM busybox AS first\nRUN echo 1 > /first\nFROM busybox\nRUN exit 1\n",
                        Map.of()))
            .awaitSuccess();

    assertThat(build.image().paths()).contains("first");
  }

  @Test
  void copiesFromExternalImage(TestNamespace namespace) {
    namespace
        .inline(
            "from-image",
            """
            FROM scratch
            COPY --from=busybox /bin/busybox /bin/sh
            CMD ["/bin/sh", "-c", "echo copied"]
            """,
            Map.of())
        .awaitSuccess();

    assertThat(namespace.run("run", namespace.image("from-image")).log()).isEqualTo("copied\n");
  }

  @Test
  void buildArgsReachDeclaringInstructions(TestNamespace namespace) {
    namespace
        .build(
            "args",
            "buildArgs: {BASE: busybox, WHO: world}\n"
                + Specs.inline(
                    """
                    ARG BASE=debian
                    FROM ${BASE}
                    ARG WHO=nobody
                    RUN echo "hello $WHO" > /greeting
                    CMD ["cat", "/greeting"]
                    """,
                    Map.of()))
        .awaitSuccess();

    assertThat(namespace.run("run", namespace.image("args")).log()).isEqualTo("hello world\n");
  }

  @Test
  void instructionsSetConfigAndLayers(TestNamespace namespace) {
    var build =
        namespace
            .inline(
                "all",
                """
                FROM debian
                MAINTAINER someone@example.com
                ARG VERSION=1.0
                ENV APP_VERSION=$VERSION PATH=/opt/bin:$PATH
                LABEL version="$VERSION" "with space"='a b'
                WORKDIR /opt
                WORKDIR bin
                COPY --chown=daemon:daemon --chmod=0750 tool.sh ./
                ADD notes.txt /notes/
                SHELL ["/bin/bash", "-o", "pipefail", "-c"]
                RUN set -e; echo "$APP_VERSION" | tee version > /dev/null
                RUN ["/bin/sh", "-c", "echo 1 > one; ln one link"]
                USER daemon:daemon
                RUN id -un > /tmp/who && [[ $HOME == /usr/sbin ]]
                EXPOSE 8080 53/udp
                VOLUME /data
                STOPSIGNAL SIGINT
                HEALTHCHECK --interval=5s CMD ["tool.sh"]
                ENTRYPOINT ["tool.sh"]
                CMD ["--help"]
                """,
                Map.of("tool.sh", "#!/bin/sh\necho tool \"$@\"\n", "notes.txt", "notes\n"))
            .awaitSuccess();

    var image = build.image();
    var config = image.config().at("/config");
    assertThat(config.at("/Env").toString()).contains("APP_VERSION=1.0", "PATH=/opt/bin:/");
    assertThat(config.at("/Labels/version").asText()).isEqualTo("1.0");
    assertThat(config.at("/Labels/with space").asText()).isEqualTo("a b");
    assertThat(config.at("/WorkingDir").asText()).isEqualTo("/opt/bin");
    assertThat(config.at("/User").asText()).isEqualTo("daemon:daemon");
    assertThat(config.at("/ExposedPorts").toString()).contains("8080/tcp", "53/udp");
    assertThat(config.at("/Volumes").has("/data")).isTrue();
    assertThat(config.at("/StopSignal").asText()).isEqualTo("SIGINT");
    assertThat(config.at("/Healthcheck/Interval").asLong()).isEqualTo(5_000_000_000L);
    assertThat(config.at("/Entrypoint").toString()).isEqualTo("[\"tool.sh\"]");
    assertThat(config.at("/Cmd").toString()).isEqualTo("[\"--help\"]");
    assertThat(config.at("/Shell/0").asText()).isEqualTo("/bin/bash");
    assertThat(image.config().at("/author").asText()).isEqualTo("someone@example.com");

    var layers = image.manifest().at("/layers").size();
    assertThat(layers).isEqualTo(1 + 7);
    assertThat(image.config().at("/rootfs/diff_ids").size()).isEqualTo(layers);
    assertThat(image.config().at("/history"))
        .filteredOn(entry -> !entry.at("/empty_layer").asBoolean())
        .hasSize(layers);
    assertThat(image.layer(3))
        .anySatisfy(
            line -> assertThat(line).startsWith("-rwxr-x--- 1/1").endsWith("opt/bin/tool.sh"));
    assertThat(image.layer(6)).anySatisfy(line -> assertThat(line).contains("link to"));
    assertThat(image.validate()).contains("PASS");
    assertThat(namespace.run("run", namespace.image("all")).log()).isEqualTo("tool --help\n");
  }

  @Test
  void addUnpacksLocalArchives(TestNamespace namespace) {
    namespace
        .inline(
            "archive",
            """
            FROM busybox AS packer
            RUN mkdir -p /x/dir && echo inside > /x/dir/file && tar -czf /x.tgz -C /x dir
            FROM scratch
            COPY --from=packer /x.tgz /kept.tgz
            FROM busybox
            COPY --from=1 /kept.tgz /
            RUN tar -xzf /kept.tgz -C /
            CMD ["cat", "/dir/file"]
            """,
            Map.of())
        .awaitSuccess();

    assertThat(namespace.run("run", namespace.image("archive")).log()).isEqualTo("inside\n");
  }
}
