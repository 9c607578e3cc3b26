package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A C program on smaller and smaller base images, as in many introductions to multi-stage builds.
 */
@ExtendWith(StagewrightExtension.class)
class CLadderIT {
  private static final String HELLO =
      """
      #include <stdio.h>
      int main(void) { puts("Hello, world!"); return 0; }
      """;

  @ParameterizedTest(name = "{0}: {1} on {2}, copied --from={3}")
  @CsvSource({
    "dynamic-debian, gcc -o hello hello.c, debian, builder, 100000000",
    "static-busybox, gcc -static -o hello hello.c, busybox, 0, 3000000",
    "static-alpine, gcc -static -o hello hello.c, alpine, builder, 4000000",
    "static-scratch, gcc -static -s -o hello hello.c, scratch, 0, 1000000",
    "musl-scratch, musl-gcc -static -s -o hello hello.c, scratch, builder, 100000",
  })
  void runsAndIsSmall(
      String name,
      String compile,
      String base,
      String from,
      long maximum,
      TestNamespace namespace) {
    var dockerfile =
        """
        FROM gcc AS builder
        WORKDIR /src
        COPY hello.c .
        RUN %s
        FROM %s
        COPY --from=%s /src/hello /hello
        CMD ["/hello"]
        """
            .formatted(compile, base, from);

    var build = namespace.inline(name, dockerfile, Map.of("hello.c", HELLO)).awaitSuccess();

    assertThat(build.image().size()).isLessThan(maximum);
    assertThat(build.stage("builder").size()).isGreaterThan(build.image().size());
    var run = namespace.run("run", namespace.image(name));
    assertThat(run.log()).isEqualTo("Hello, world!\n");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void scratchImageContainsOnlyCopiedFiles(TestNamespace namespace) {
    var build =
        namespace
            .inline(
                "tiny",
                """
                FROM gcc
                WORKDIR /src
                COPY hello.c .
                RUN musl-gcc -static -s -o hello hello.c
                FROM scratch
                COPY --from=0 /src/hello /hello
                CMD ["/hello"]
                """,
                Map.of("hello.c", HELLO))
            .awaitSuccess();

    assertThat(build.image().paths()).containsExactly("hello");
  }

  @Test
  void explainsPathRelativeToWorkdir(TestNamespace namespace) {
    var build =
        namespace
            .inline(
                "wrong",
                """
                FROM gcc AS builder
                WORKDIR /src
                COPY hello.c .
                RUN gcc -o hello hello.c
                FROM debian
                COPY --from=builder hello /hello
                """,
                Map.of("hello.c", HELLO))
            .awaitEnd();

    assertThat(build.text("failure", "reason")).isEqualTo("CopyFailed");
    assertThat(build.text("failure", "message"))
        .contains("COPY failed")
        .contains("/hello")
        .contains("builder")
        .contains("relative to the root of that stage");
    assertThat(build.text("failure", "line")).isEqualTo("6");
    assertThat(build.text("failure", "instruction")).startsWith("COPY --from=builder hello /hello");
    assertThat(PushedImage.exists(namespace.environment(), namespace.image("wrong"))).isFalse();
  }
}
