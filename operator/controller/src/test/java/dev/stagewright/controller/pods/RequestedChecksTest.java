package dev.stagewright.controller.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stagewright.controller.config.CacheConfig;
import dev.stagewright.controller.run.BuildRun;
import dev.stagewright.controller.run.RunInputs;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.protocol.CheckRequest;
import dev.stagewright.protocol.CheckRequest.Exemption;
import dev.stagewright.protocol.CheckRequest.Runnability;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The checks of the image in the request of a build. */
class RequestedChecksTest {
  private static Optional<CheckRequest> request(String checks) {
    var build =
        Builds.hello(
            "source: {configMap: {name: c}}\noutput: {image: a.example.com/x:1}\n" + checks);
    return new BuildRequestFactory(
            new RegistryAccess(List.of(), Map.of()), false, 0, CacheConfig.DEFAULT)
        .of(BuildRun.of(RunInputs.of(build), Instant.EPOCH), build.getSpec(), Instant.EPOCH, false)
        .checks();
  }

  @Test
  void imagesAreCheckedWithoutGatesByDefault() {
    assertThat(request("")).contains(CheckRequest.DEFAULT);
    assertThat(CheckRequest.DEFAULT.isGate()).isFalse();
  }

  @Test
  void gatesAndExceptionsAreThoseOfTheSpec() {
    assertThat(
            request(
                """
                checks:
                  runnable: Fail
                  maxSize: 1500Ki
                  failOn: [Error, SetuidFile]
                  exceptions:
                  - {rule: SetuidFile, path: /bin/**, reason: needed, expires: "2030-02-28"}
                """))
        .contains(
            new CheckRequest(
                Runnability.FAIL,
                Optional.of(1500L * 1024),
                List.of("Error", "SetuidFile"),
                List.of(
                    new Exemption(
                        "SetuidFile",
                        Optional.of("/bin/**"),
                        "needed",
                        Optional.of("2030-02-28")))));
  }

  @Test
  void disabledChecksAreNotRequested() {
    assertThat(request("checks: {disabled: true}")).isEmpty();
  }

  @Test
  void dateThatDoesNotExistIsRejectedWithItsField() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            request(
                "checks: {exceptions: [{rule: SetuidFile, reason: r, expires: \"2030-02-30\"}]}"))
        .withMessage(
            "spec.checks.exceptions[0].expires: 2030-02-30 does not exist; use a date such as"
                + " 2030-12-31");
  }
}
