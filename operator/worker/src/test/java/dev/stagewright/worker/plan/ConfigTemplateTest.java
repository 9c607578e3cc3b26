package dev.stagewright.worker.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.dockerfile.PlatformId;
import dev.stagewright.dockerfile.eval.Evaluator;
import dev.stagewright.dockerfile.parser.DockerfileParser;
import dev.stagewright.dockerfile.stages.BuildOptions;
import dev.stagewright.layers.oci.ImageConfig;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigTemplateTest {
  private static final String BASE =
      """
      {"architecture": "amd64", "os": "linux", "os.features": ["x"],
       "created": "2020-01-01T00:00:00Z", "author": "them",
       "config": {
         "Env": ["PATH=/bin", "A=1"], "Cmd": ["sh"], "Entrypoint": ["/init"],
         "Labels": {"base": "yes"}, "ExposedPorts": {"80/tcp": {}},
         "OnBuild": ["ENV TRIGGERED=1"], "Unknown": 5},
       "rootfs": {"type": "layers", "diff_ids": []},
       "history": [{"created_by": "base"}]}\
      """;

  @Test
  void appliesSettingInstructions() throws Exception {
    var template =
        template(
            """
            FROM base
            MAINTAINER me
            ENV A=2 B=3
            LABEL own=yes
            EXPOSE 81/udp
            VOLUME /data
            USER app
            WORKDIR /srv
            SHELL ["/bin/sh", "-ec"]
            STOPSIGNAL SIGINT
            HEALTHCHECK --interval=5s --retries=2 CMD curl -f /
            ONBUILD RUN true
            ENTRYPOINT ["/app"]
            CMD ["--help"]
            """);

    assertThat(template)
        .isEqualTo(
            ImageConfig.parse(
                """
                {"architecture": "amd64", "os": "linux", "os.features": ["x"], "author": "me",
                 "config": {
                   "Env": ["PATH=/bin", "A=2", "TRIGGERED=1", "B=3"],
                   "Cmd": ["--help"], "Entrypoint": ["/app"], "ArgsEscaped": true,
                   "Labels": {"base": "yes", "own": "yes"},
                   "ExposedPorts": {"80/tcp": {}, "81/udp": {}},
                   "Volumes": {"/data": {}}, "User": "app", "WorkingDir": "/srv",
                   "Shell": ["/bin/sh", "-ec"], "StopSignal": "SIGINT",
                   "Healthcheck": {"Test": ["CMD-SHELL", "curl -f /"],
                     "Interval": 5000000000, "Retries": 2},
                   "OnBuild": ["RUN true"], "Unknown": 5}}\
                """
                    .getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void keepsOtherFields() throws Exception {
    var config = template("FROM base\nRUN true\n").config();

    assertThat(config.cmd()).containsExactly("sh");
    assertThat(config.entrypoint()).containsExactly("/init");
    assertThat(config.onBuild()).isEmpty();
  }

  @Test
  void outputLabelsOverrideDockerfile() throws Exception {
    assertThat(template("FROM base\nLABEL team=a own=yes\n", Map.of("team", "b")).config().labels())
        .containsEntry("team", "b")
        .containsEntry("own", "yes");
  }

  @Test
  void setsDefaultsOfScratch() throws Exception {
    var config = template("FROM scratch\nCOPY a /\n").config();

    assertThat(config.workingDir()).contains("/");
    assertThat(config.env())
        .containsExactly("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
  }

  private static ImageConfig template(String dockerfile) throws Exception {
    return template(dockerfile, Map.of());
  }

  private static ImageConfig template(String dockerfile, Map<String, String> labels)
      throws Exception {
    var base = ImageConfig.parse(BASE.getBytes(StandardCharsets.UTF_8));
    var options = BuildOptions.forPlatform(PlatformId.of("linux", "amd64"));
    var stage =
        new Evaluator(DockerfileParser.parse(dockerfile), options)
            .evaluate(_ -> ConfigTemplate.settings(base))
            .targetStage();
    var root = dockerfile.startsWith("FROM scratch") ? ImageConfig.scratch(base.platform()) : base;
    var json = ConfigTemplate.template(root, stage.settings(), labels).config();
    return ImageConfig.parse(json.getBytes(StandardCharsets.UTF_8));
  }
}
