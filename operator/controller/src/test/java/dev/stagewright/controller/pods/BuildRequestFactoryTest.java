package dev.stagewright.controller.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.controller.config.CacheConfig;
import dev.stagewright.controller.config.RegistryConfig;
import dev.stagewright.controller.run.BuildRun;
import dev.stagewright.controller.run.RunInputs;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.BuildRequest.AllowedSecrets;
import dev.stagewright.protocol.BuildRequest.RegistryHost;
import dev.stagewright.protocol.LayerOptions;
import dev.stagewright.protocol.SourceRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildRequestFactoryTest {
  private static final Instant START = Instant.parse("2026-11-21T23:05:09Z");
  private static final String OUTPUT_HOST = "registry.example.com";
  private static final String INSECURE =
      "output: {image: \""
          + OUTPUT_HOST
          + "/x:1\", insecure: true}\nsource: {configMap: {name: c}}";

  @Test
  void inlineSourceHasDockerfileAndFiles() {
    var request = request("source: {inline: {dockerfile: FROM a, files: {src/a.c: 'x'}}}");

    assertThat(request.source())
        .isEqualTo(new SourceRequest.Inline(Map.of("src/a.c", "x"), Optional.of("FROM a")));
    assertThat(request.build()).isEqualTo("team/hello");
  }

  @Test
  void stagesRunInTheWorkerUnlessEachStageHasAPod() {
    var source = "source: {inline: {dockerfile: FROM a}}";

    assertThat(request(source).workerBaseBytes()).contains(1000L);
    assertThat(request("execution: podPerStage\n" + source).workerBaseBytes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "build/D, build/D",
    "/build/D, build/D",
    "./build//D, build/D",
    "build/../D, D",
    "..D, ..D",
  })
  void dockerfilePathIsNormalized(String value, String path) {
    var request = request("dockerfile: '" + value + "'\nsource: {inline: {dockerfile: FROM a}}");

    assertThat(request.dockerfile()).contains(path);
  }

  @ParameterizedTest
  @CsvSource({
    "../../etc/passwd, leads out of the source",
    "/.., leads out of the source",
    "a/../../D, leads out of the source",
    "build/, is the path of a directory",
    "/, is the path of a directory",
    "build/., is the path of a directory",
    "build/.., is the path of a directory",
    "'a\\0b', contains the control character U+0000",
    "'a\\nb', contains the control character U+000A",
  })
  void invalidDockerfilePathNamesTheField(String value, String problem) {
    for (var source : List.of("{inline: {dockerfile: FROM a}}", "{configMap: {name: c}}")) {
      assertThatThrownBy(() -> request("dockerfile: \"" + value + "\"\nsource: " + source))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("spec.dockerfile: ")
          .hasMessageContaining(problem)
          .hasMessageEndingWith("such as build/Dockerfile");
    }
  }

  @Test
  void gitSourceWithoutOptionalFields() {
    assertThat(request("source: {git: {url: \"https://x/y\"}}").source())
        .isEqualTo(new SourceRequest.Git("https://x/y", Optional.empty(), Optional.empty()));
  }

  @Test
  void gitSourceWithKeepGitDir() {
    assertThat(request("source: {git: {url: \"https://x/y\", keepGitDir: true}}").source())
        .isEqualTo(
            new SourceRequest.Git(
                "https://x/y", Optional.empty(), Optional.empty(), Optional.of(true)));
  }

  @Test
  void configMapIsAMountedSource() {
    assertThat(request("source: {configMap: {name: c}}").source())
        .isInstanceOf(SourceRequest.Mounted.class);
  }

  @Test
  void claimIsAVolumeSource() {
    assertThat(request("source: {persistentVolumeClaim: {claimName: c, path: src}}").source())
        .isInstanceOf(SourceRequest.Volume.class);
  }

  @Test
  void outputDefinesLayerOptions() {
    var output = "output: {image: r/x, compression: zstd, sourceDateEpoch: 1700000000}\n";

    assertThat(request(output + "source: {configMap: {name: c}}").output().layers())
        .isEqualTo(new LayerOptions(LayerOptions.Algorithm.ZSTD, Optional.of(1_700_000_000L)));
    assertThat(request("source: {configMap: {name: c}}").output().layers())
        .isEqualTo(LayerOptions.DEFAULT);
  }

  @Test
  void requestContainsIdsOfSecretsAndKeys() {
    var build =
        Builds.hello(
            """
            source: {configMap: {name: c}}
            secrets: [{id: npm/token, secret: {name: s, key: k}}]
            ssh: [{id: default, secret: {name: keys}}]
            """);

    assertThat(
            requests(true)
                .of(BuildRun.of(RunInputs.of(build), Instant.EPOCH), build.getSpec(), START, false)
                .provisions())
        .isEqualTo(new AllowedSecrets(Set.of("npm/token"), Set.of("default"), true));
  }

  @Test
  void insecureOutputAddsItsRegistry() {
    assertThat(request(INSECURE).registries())
        .containsExactly(new RegistryHost(OUTPUT_HOST, true, Optional.empty()));
  }

  @Test
  void insecureOutputKeepsTheConfiguredMirror() {
    var configured = new RegistryConfig(OUTPUT_HOST, false, Optional.of("mirror:5000"));
    var build = Builds.hello(INSECURE);

    var request =
        new BuildRequestFactory(
                new RegistryAccess(List.of(configured), Map.of()), false, 0, CacheConfig.DISABLED)
            .of(BuildRun.of(RunInputs.of(build), Instant.EPOCH), build.getSpec(), START, false);

    assertThat(request.registries())
        .containsExactly(new RegistryHost(OUTPUT_HOST, true, Optional.of("mirror:5000")));
  }

  private static BuildRequest request(String spec) {
    var build = Builds.hello(spec);
    return requests(false)
        .of(BuildRun.of(RunInputs.of(build), Instant.EPOCH), build.getSpec(), START, false);
  }

  private static BuildRequestFactory requests(boolean allowInsecureRun) {
    return new BuildRequestFactory(
        new RegistryAccess(List.of(), Map.of()), allowInsecureRun, 1000, CacheConfig.DISABLED);
  }
}
