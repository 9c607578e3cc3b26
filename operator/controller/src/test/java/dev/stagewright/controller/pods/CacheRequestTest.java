package dev.stagewright.controller.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.controller.config.CacheConfig;
import dev.stagewright.controller.run.BuildRun;
import dev.stagewright.controller.run.RunInputs;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.protocol.CacheRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cache in the request of a run. */
class CacheRequestTest {
  private static final String OUTPUT =
      """
      output:
        image: a.example.com/team/x:1
        credentials: {name: first}
        caBundle: {configMap: {name: authorities}}
        additionalImages:
        - image: b.example.com/x
          credentials: {name: second}
          caBundle: {configMap: {name: own}}
      """;

  private static Optional<CacheRequest> request(String spec, CacheConfig config, boolean ignore) {
    var build = Builds.hello("source: {configMap: {name: c}}\n" + spec);
    return new BuildRequestFactory(new RegistryAccess(List.of(), Map.of()), false, 0, config)
        .of(BuildRun.of(RunInputs.of(build), Instant.EPOCH), build.getSpec(), Instant.EPOCH, ignore)
        .cache();
  }

  private static CacheRequest request(String spec) {
    return request(spec, CacheConfig.DEFAULT, false).orElseThrow();
  }

  @Test
  void recordsAreStoredBelowTheOutputByDefault() {
    assertThat(request(OUTPUT))
        .isEqualTo(
            new CacheRequest(
                "a.example.com/team/x/cache",
                Optional.of("destination-0/first"),
                Optional.of("destination-0"),
                CacheRequest.Mode.MAX,
                false,
                false,
                Optional.empty(),
                true));
  }

  @Test
  void specSetsEverything() {
    var spec =
        """
        cache:
          repository: c.example.com/records
          credentials: {name: third}
          mode: min
          readOnly: true
          ttl: 24h
          prefixImages: false
        """;

    assertThat(request(OUTPUT + spec, CacheConfig.DEFAULT, true))
        .contains(
            new CacheRequest(
                "c.example.com/records",
                Optional.of("cache/third"),
                Optional.empty(),
                CacheRequest.Mode.MIN,
                true,
                true,
                Optional.of(86_400L),
                false));
  }

  @ParameterizedTest
  @CsvSource({
    "a.example.com/other, destination-0/first, destination-0",
    "b.example.com/other, destination-1/second, destination-1",
    "c.example.com/other, destination-0/first,",
  })
  void credentialsAreThoseOfTheOutputWithTheSameRegistry(
      String repository, String credentials, String authorities) {
    var request = request(OUTPUT + "cache: {repository: " + repository + "}");

    assertThat(request.credentials()).contains(credentials);
    assertThat(request.authorities()).isEqualTo(Optional.ofNullable(authorities));
  }

  @Test
  void shortNamesAreInDockerHub() {
    assertThat(request("cache: {repository: team/cache}").repository())
        .isEqualTo("docker.io/team/cache");
  }

  @ParameterizedTest
  @CsvSource({"48h, 172800", "720h, 259200", ", 259200"})
  void lowerLimitOfTheAgeApplies(String ttl, long seconds) {
    var config = new CacheConfig(true, Optional.of(Duration.ofDays(3)));
    var spec = ttl == null ? "" : "cache: {ttl: " + ttl + "}";

    assertThat(request(spec, config, false).flatMap(CacheRequest::maxAgeSeconds)).contains(seconds);
  }

  @Test
  void disabledCacheIsNotRequested() {
    assertThat(request("cache: {disabled: true}", CacheConfig.DEFAULT, false)).isEmpty();
    assertThat(request("cache: {disabled: false}", CacheConfig.DISABLED, false)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          r.example.com/x:1   | must be a repository without tag and digest, but is 'r.example.com/x:1'
          r.example.com/Cache | repository name (Cache) must be lowercase: 'r.example.com/Cache'
          'r.example.com/ x'  | invalid reference format: 'r.example.com/ x'
          """)
  void invalidRepositoryIsNamed(String repository, String problem) {
    assertThatThrownBy(() -> request("cache: {repository: '" + repository + "'}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("spec.cache.repository: ")
        .hasMessageContaining(problem);
  }

  @Test
  void defaultRepositoryThatIsTooLongIsNamed() {
    var image = "r.example.com/" + "x".repeat(240);

    assertThatThrownBy(() -> request("output: {image: " + image + "}"))
        .hasMessageStartingWith(
            "spec.cache.repository: the default, '" + image + "/cache', is too");
  }
}
