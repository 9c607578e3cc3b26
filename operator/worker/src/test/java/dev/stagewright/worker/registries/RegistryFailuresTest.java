package dev.stagewright.worker.registries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.protocol.FailureReason;
import dev.stagewright.registry.error.ErrorKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RegistryFailuresTest {

  @ParameterizedTest
  @CsvSource({
    "NOT_FOUND, BaseImageNotFound, PushRefused",
    "UNAUTHORIZED, BaseImageUnauthorized, PushUnauthorized",
    "DENIED, BaseImageUnauthorized, PushDenied",
    "PROJECT_NOT_FOUND, BaseImageNotFound, ProjectNotFound",
    "PROXY_CACHE, BaseImageUnavailable, ProxyCacheProject",
    "QUOTA, BaseImageUnavailable, RegistryQuotaExceeded",
    "IMMUTABLE_TAG, BaseImageUnavailable, TagImmutable",
    "TOO_LARGE, BaseImageUnavailable, UploadTooLarge",
    "READ_ONLY, BaseImageUnavailable, RegistryReadOnly",
    "RATE_LIMITED, BaseImageUnavailable, RegistryRateLimited",
    "UNAVAILABLE, BaseImageUnavailable, RegistryUnavailable"
  })
  void mapsKindToReason(ErrorKind kind, FailureReason pull, FailureReason push) {
    assertThat(RegistryFailures.ofPull(kind)).isEqualTo(pull);
    assertThat(RegistryFailures.ofPush(kind)).isEqualTo(push);
  }

  @ParameterizedTest
  @EnumSource
  void treatsTransientKindsAsInfrastructure(ErrorKind kind) {
    if (kind.isTransient()) {
      assertThat(RegistryFailures.ofPull(kind).fault())
          .isEqualTo(FailureReason.Fault.INFRASTRUCTURE);
      assertThat(RegistryFailures.ofPush(kind).fault())
          .isEqualTo(FailureReason.Fault.INFRASTRUCTURE);
    }
  }
}
