package dev.stagewright.controller.pods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.api.v1alpha1.Output;
import dev.stagewright.controller.config.OperatorConfig.RegistryConfig;
import dev.stagewright.controller.run.Run;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.BuildRequest.RegistryHost;
import dev.stagewright.protocol.BuildRequest.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestsTest {
  private static final String OUTPUT_HOST = "registry.example.com";

  @Test
  void anInlineDockerfileIsAFileOfTheSource() {
    var request = request("source: {inline: {dockerfile: FROM a, files: {src/a.c: 'x'}}}");

    assertThat(request.source())
        .isEqualTo(new Source.Inline(Map.of("Dockerfile", "FROM a", "src/a.c", "x")));
    assertThat(request.build()).isEqualTo("team/hello");
  }

  @Test
  void anInlineDockerfileHasTheNameThatTheSpecGivesIt() {
    var request = request("dockerfile: build/D\nsource: {inline: {dockerfile: FROM a}}");

    assertThat(request.source()).isEqualTo(new Source.Inline(Map.of("build/D", "FROM a")));
    assertThat(request.dockerfile()).contains("build/D");
  }

  @Test
  void aGitSourceKeepsWhatIsLeftOutEmpty() {
    assertThat(request("source: {git: {url: \"https://x/y\"}}").source())
        .isEqualTo(new Source.Git("https://x/y", Optional.empty(), Optional.empty()));
  }

  @Test
  void aConfigMapIsAMountedSource() {
    assertThat(request("source: {configMap: {name: c}}").source())
        .isInstanceOf(Source.Mounted.class);
  }

  @Test
  void aClaimIsAVolumeThatIsTakenExactly() {
    assertThat(request("source: {persistentVolumeClaim: {claimName: c, path: src}}").source())
        .isInstanceOf(Source.Volume.class);
  }

  @Test
  void anInsecureOutputAddsItsHost() {
    var build = Builds.hello("source: {configMap: {name: c}}");
    var insecure = insecure(build.getSpec());

    assertThat(new Requests(List.of()).of(Run.of(build), insecure).registries())
        .containsExactly(new RegistryHost(OUTPUT_HOST, true, Optional.empty()));
  }

  @Test
  void anInsecureOutputKeepsTheMirrorThatIsConfiguredForItsHost() {
    var configured = new RegistryConfig(OUTPUT_HOST, false, Optional.of("mirror:5000"));
    var build = Builds.hello("source: {configMap: {name: c}}");
    var insecure = insecure(build.getSpec());

    assertThat(new Requests(List.of(configured)).of(Run.of(build), insecure).registries())
        .containsExactly(new RegistryHost(OUTPUT_HOST, true, Optional.of("mirror:5000")));
  }

  private static ImageBuildSpec insecure(ImageBuildSpec spec) {
    return new ImageBuildSpec(
        spec.source(),
        spec.dockerfile(),
        spec.target(),
        spec.buildArgs(),
        new Output(OUTPUT_HOST + "/x:1", null, true),
        spec.imagePullSecrets(),
        spec.workspace(),
        spec.timeout());
  }

  private static BuildRequest request(String spec) {
    var build = Builds.hello(spec);
    return new Requests(List.of()).of(Run.of(build), build.getSpec());
  }
}
