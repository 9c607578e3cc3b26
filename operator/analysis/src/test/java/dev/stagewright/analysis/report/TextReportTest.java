package dev.stagewright.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The report on a terminal. */
class TextReportTest {
  private final String text = new TextReport(SampleReport.create(), 80, TextStyle.NONE).text();

  @Test
  void beginsWithTheImageAndTheVerdict() {
    assertThat(text.lines().limit(5))
        .containsExactly(
            "registry.example.com/team/shop/backend-of-the-shop:2026.11.28-rc.1  linux/amd64",
            "digest   sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
            "size     133 MB in 5 layers, 309 MB in 5321 files",
            "command  /app/server --listen :8080 --name a shop",
            "starts   no: /app/server needs the interpreter /lib64/ld-linux-x86-64.so.2, which the"
                + " image does not have.");
  }

  @Test
  void hasForEachFindingWhatIsSeenAndWhatToChange() {
    assertThat(text)
        .contains(
            """
            error    MissingInterpreter  /app/server
                     /app/server is linked with glibc, but the image has no
                     /lib64/ld-linux-x86-64.so.2.
                     in   layer 4, line 7 of stage final: COPY --from=builder /src/server
                          /app/server
                     see  exec /app/server: no such file or directory
                     fix  Link it statically (CGO_ENABLED=0), build it in an -alpine image,
                          or use a base with glibc, for example debian:13-slim.
            """);
  }

  @Test
  void endsWithTheLadder() {
    assertThat(text)
        .endsWith(
            """
            on other bases
            current       133 MB  ######################## as it is
            slim           42 MB  #######
            distroless     22 MB  ###
            alpine         17 MB  ###                      if it is built in another way
            busybox        15 MB  ##                       not possible
            scratch        13 MB  ##                       if it is built in another way
            """);
  }

  @Test
  void emphasizesSeverities() {
    var styled =
        new TextReport(SampleReport.create(), 80, (style, part) -> style + "(" + part + ")").text();

    assertThat(styled).contains("ERROR(error    )BOLD(SecretInFile)").contains("ERROR(no: )");
  }
}
