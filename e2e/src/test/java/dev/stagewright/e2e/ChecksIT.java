package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Checks of the image, and gates that hold its tags back. */
@ExtendWith(StagewrightExtension.class)
class ChecksIT {
  private static final String HELLO =
      """
      #include <stdio.h>
      int main(void) { puts("Hello, world!"); return 0; }
      """;

  /** A dynamic program for glibc, on a base image without a dynamic linker. */
  private static final String GLIBC_ON_BUSYBOX =
      """
      FROM gcc AS builder
      WORKDIR /src
      COPY hello.c .
      RUN gcc -o hello hello.c
      FROM busybox
      COPY --from=builder /src/hello /hello
      CMD ["/hello"]
      """;

  private static final String KEY =
      """
      FROM busybox
      COPY <<EOF /root/.ssh/id_ed25519
      -----BEGIN OPENSSH PRIVATE KEY-----
      b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW
      QyNTUxOQAAACB5k4nYk0s2uVtqQTn0Wk2sJmS0yG2L5zJv2Yl1bqVw2wAAAJjT8mQ50/Jk
      -----END OPENSSH PRIVATE KEY-----
      EOF
      CMD ["sh"]
      """;

  private static Build build(
      TestNamespace namespace, String name, String dockerfile, String checks) {
    return namespace
        .build(
            name,
            Specs.inline(dockerfile, Map.of("hello.c", HELLO))
                + "output: {image: "
                + namespace.image(name)
                + ", insecure: true}\n"
                + "checks: "
                + checks
                + "\n")
        .awaitEnd();
  }

  private static void assertHeldBack(Build build, TestNamespace namespace) {
    assertThat(build.phase()).isEqualTo("Failed");
    assertThat(build.text("failure", "reason")).isEqualTo("ChecksFailed");
    assertThat(build.text("attempts")).contains("worker=1");
    assertThat(PushedImage.exists(namespace.environment(), namespace.image(build.name())))
        .isFalse();
  }

  @Test
  void programThatCannotStartIsReportedAndPushed(TestNamespace namespace) {
    var build = build(namespace, "warned", GLIBC_ON_BUSYBOX, "{}");

    assertThat(build.phase()).isEqualTo("Succeeded");
    assertThat(build.text("checks", "runnable")).isEqualTo("False");
    assertThat(build.text("checks", "sizeRatio")).isNotEmpty();
    assertThat(build.text("findings")).contains("MissingInterpreter", "path=/hello", "line=6");
    assertThat(String.join("\n", build.events())).contains("ImageErrors");
    var run = namespace.run("run", namespace.image("warned"));
    assertThat(run.exitCode()).isNotZero();
  }

  @Test
  void gateHoldsBackAProgramThatCannotStart(TestNamespace namespace) {
    var build = build(namespace, "gated", GLIBC_ON_BUSYBOX, "{runnable: Fail}");

    assertHeldBack(build, namespace);
    assertThat(build.text("failure", "message"))
        .contains("MissingInterpreter, /hello, line 6")
        .contains("spec.checks.exceptions");
    assertThat(build.text("findings")).contains("MissingInterpreter");
  }

  @Test
  void exceptionLetsAProgramPass(TestNamespace namespace) {
    var build =
        build(
            namespace,
            "excepted",
            GLIBC_ON_BUSYBOX,
            "{runnable: Fail, exceptions: [{rule: MissingInterpreter, path: /hello, reason: mounted}]}");

    assertThat(build.phase()).isEqualTo("Succeeded");
    assertThat(build.text("findings")).doesNotContain("MissingInterpreter");
    assertThat(PushedImage.exists(namespace.environment(), namespace.image("excepted"))).isTrue();
  }

  @Test
  void largeImageIsHeldBack(TestNamespace namespace) {
    var build = build(namespace, "large", "FROM busybox\nRUN echo 1 > /one\n", "{maxSize: 100Ki}");

    assertHeldBack(build, namespace);
    assertThat(build.text("failure", "message")).contains("maxSize", "largest layers: base layer");
  }

  @Test
  void imageWithAPrivateKeyIsHeldBack(TestNamespace namespace) {
    var build = build(namespace, "key", KEY, "{failOn: [Error]}");

    assertHeldBack(build, namespace);
    assertThat(build.text("findings"))
        .contains("/root/.ssh/id_ed25519", "line=2")
        .doesNotContain("b3BlbnNzaC1rZXktdjE");
  }

  @Test
  void ordinaryImagePasses(TestNamespace namespace) {
    var build =
        build(
            namespace,
            "fine",
            "FROM busybox\nCOPY hello.c /hello.c\nCMD [\"cat\", \"/hello.c\"]\n",
            "{runnable: Fail, failOn: [Error]}");

    assertThat(build.phase()).isEqualTo("Succeeded");
    assertThat(build.text("checks", "runnable")).isEqualTo("True");
    assertThat(build.text("checks", "errors")).isEqualTo("0");
  }
}
