package dev.stagewright.layers.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {
  @ParameterizedTest
  @CsvSource({
    "golang, docker.io/library/golang:latest",
    "golang:1.26, docker.io/library/golang:1.26",
    "team/app, docker.io/team/app:latest",
    "docker.io/golang, docker.io/library/golang:latest",
    "index.docker.io/golang, docker.io/library/golang:latest",
    "localhost/app, localhost/app:latest",
    "10.0.0.1:5000/library/golang:1, 10.0.0.1:5000/library/golang:1",
    "reg.example.com/a/b/c__d:V1.0-x, reg.example.com/a/b/c__d:V1.0-x",
    "a/b@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855,"
        + " docker.io/a/b@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "a/b:t@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855,"
        + " docker.io/a/b:t@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  })
  void completesShortNames(String written, String full) {
    assertThat(ImageReference.parse(written)).hasToString(full);
    assertThat(ImageReference.parse(full)).isEqualTo(ImageReference.parse(written));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Golang",
        "a//b",
        "a:",
        "a b",
        "-a",
        "a@sha256:12",
        "a:-x",
        "host:port/a",
        "a/b:t:u",
        "/a"
      })
  void rejectsInvalidNames(String written) {
    assertThatThrownBy(() -> ImageReference.parse(written))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("invalid reference format");
  }
}
