package dev.stagewright.worker.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.RegistryException;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the hints for images that can refer to another registry. */
class RegistryHintTest {
  @ParameterizedTest
  @CsvSource({
    "team/app:1,          UNAUTHORIZED, so docker.io is used",
    "registry/team/app,   NOT_FOUND,    so docker.io is used",
    "busybox,             UNAVAILABLE,  so docker.io is used",
    "localhost/app,       UNAVAILABLE,  localhost is the Pod itself",
    "localhost:5000/app,  UNAVAILABLE,  localhost is the Pod itself",
  })
  void explainsAmbiguousNames(String name, ErrorKind kind, String words) {
    assertThat(hint(name, kind)).contains(words);
  }

  @ParameterizedTest
  @CsvSource({
    "busybox:nope,              NOT_FOUND",
    "docker.io/team/app,        UNAVAILABLE",
    "registry.example.com/a,    UNAVAILABLE",
    "registry:5000/a,           UNAUTHORIZED",
  })
  void otherNamesAreNot(String name, ErrorKind kind) {
    assertThat(hint(name, kind)).isEmpty();
  }

  private static String hint(String name, ErrorKind kind) {
    var failure = new RegistryException(kind, "no", new IOException());
    return new RegistryHint(name, ImageReference.parse(name)).of(failure);
  }
}
