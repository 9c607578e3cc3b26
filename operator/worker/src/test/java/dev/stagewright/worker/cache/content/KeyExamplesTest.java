package dev.stagewright.worker.cache.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which steps of a Dockerfile run again after an edit: the first one, and all after it. */
class KeyExamplesTest {
  private static final String NOTHING = "nothing";

  private static final ExampleBuild EXAMPLE =
      new ExampleBuild(
          """
          # The application.
          ARG REGION=eu
          FROM golang AS compile
          ARG VERSION=1
          ARG OPTIONAL
          WORKDIR /src
          COPY go.mod .
          RUN go mod download
          ENV CGO_ENABLED=0
          COPY src src
          RUN go build -o /app
          RUN <<EOF
          strip /app
          EOF
          FROM alpine
          COPY <<EOF /etc/motd
          Welcome
          EOF
          COPY --from=compile /app /app
          LABEL team=web
          CMD ["/app"]
          """,
          Map.of(
              "go.mod", "module app",
              "src/main.go", "package main",
              "src/web/page.html", "<p>",
              "src/main.o", "object",
              "README.md", "Read me",
              ".dockerignore", "**/*.o"));

  @TempDir private Path folder;

  @ParameterizedTest(name = "{0}: {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a comment                        | # The application.  | # An application.   | nothing
          a comment in between             | WORKDIR /src        | # Here!\\nWORKDIR /src | nothing
          an empty line                    | WORKDIR /src        | \\n\\nWORKDIR /src  | nothing
          the case of an instruction       | WORKDIR /src        | workdir /src        | nothing
          an ARG that no stage uses        | REGION=eu           | REGION=us           | nothing
          an ARG without a value           | ARG OPTIONAL        | ARG CHOICE          | nothing
          the name of a stage              | compile             | build               | nothing
          CMD                              | "/app"              | "/app", "-v"        | nothing
          LABEL                            | team=web            | team=api            | nothing
          an ARG in scope, at the first RUN | VERSION=1          | VERSION=2           | RUN go mod download
          a new ARG in scope               | ARG OPTIONAL        | ARG OPTIONAL=x      | RUN go mod download
          ENV, at the next RUN             | CGO_ENABLED=0       | CGO_ENABLED=1       | RUN go build -o /app
          USER, at the next RUN            | ENV CGO_ENABLED=0   | USER 1              | RUN go build -o /app
          SHELL, at the next RUN           | ENV CGO_ENABLED=0   | SHELL ["sh", "-c"]  | RUN go build -o /app
          the working directory            | WORKDIR /src        | WORKDIR /app        | WORKDIR /app
          a command                        | mod download        | mod vendor          | RUN go mod vendor
          spaces in a command              | go mod download     | go  mod download    | RUN go mod download
          a destination                    | src src             | src code            | COPY src code
          an option of COPY                | COPY src            | COPY --chown=1 src  | COPY --chown=1 src src
          a script                         | strip /app          | strip -s /app       | RUN <<EOF
          the content of a heredoc         | Welcome             | Hello               | COPY <<EOF /etc/motd
          another base image               | FROM golang         | FROM golang:1.22    | WORKDIR /src
          """)
  void anEditOfTheDockerfile(String edit, String text, String replacement, String first)
      throws IOException {
    var to = replacement.replace("\\n", "\n");
    assertThat(EXAMPLE.dockerfile()).contains(text);

    assertThat(firstChange(EXAMPLE, EXAMPLE.withDockerfile(EXAMPLE.dockerfile().replace(text, to))))
        .isEqualTo(first);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          go.mod            | COPY go.mod .
          src/main.go       | COPY src src
          src/web/page.html | COPY src src
          src/new.go        | COPY src src
          src/web           | COPY src src
          README.md         | nothing
          docs/page.md      | nothing
          src/main.o        | nothing
          src/web/new.o     | nothing
          src/lib/new.o     | COPY src src
          .dockerignore     | nothing
          """)
  // The directory of the last but one file is new, and copied although its file is ignored.
  void aFileOfTheContextChangesOrIsNew(String path, String first) throws IOException {
    var before = EXAMPLE;
    if (path.equals("src/web")) {
      before = before.withoutFile("src/web/page.html");
    }
    var content = path.equals(".dockerignore") ? "**/*.o\n*.md" : "changed";

    assertThat(firstChange(before, before.withFile(path, content))).isEqualTo(first);
  }

  @Test
  void aFileOfTheContextIsRemoved() throws IOException {
    assertThat(firstChange(EXAMPLE, EXAMPLE.withoutFile("src/web/page.html")))
        .isEqualTo("COPY src src");
    assertThat(firstChange(EXAMPLE, EXAMPLE.withoutFile("README.md"))).isEqualTo(NOTHING);
  }

  @Test
  void aFileOfTheContextIsRenamed() throws IOException {
    assertThat(
            firstChange(
                EXAMPLE, EXAMPLE.withoutFile("src/main.go").withFile("src/app.go", "package main")))
        .isEqualTo("COPY src src");
  }

  @Test
  void aMissingFileOfTheContextIsAnInputToo() throws IOException {
    var missing = EXAMPLE.withoutFile("go.mod");

    assertThat(firstChange(EXAMPLE, missing)).isEqualTo("COPY go.mod .");
    assertThat(firstChange(missing, missing)).isEqualTo(NOTHING);
  }

  @ParameterizedTest(name = "{0}={1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          VERSION    | 2          | RUN go mod download
          VERSION    | 1          | nothing
          OPTIONAL   | x          | RUN go mod download
          REGION     | us         | nothing
          UNKNOWN    | x          | nothing
          HTTP_PROXY | http://p:1 | nothing
          no_proxy   | localhost  | nothing
          """)
  void aBuildArgument(String name, String value, String first) throws IOException {
    assertThat(firstChange(EXAMPLE, EXAMPLE.withArg(name, value))).isEqualTo(first);
  }

  @Test
  void aProxyArgumentThatIsDeclared() throws IOException {
    var declared =
        EXAMPLE.withDockerfile(EXAMPLE.dockerfile().replace("ARG OPTIONAL", "ARG HTTP_PROXY"));

    assertThat(firstChange(declared, declared.withArg("HTTP_PROXY", "http://p:1")))
        .isEqualTo("RUN go mod download");
  }

  @Nested
  class Bases {
    @Test
    void anImageWithNewContentUnderTheSameTag() throws IOException {
      assertThat(firstChange(EXAMPLE, EXAMPLE.withImage("golang", "new")))
          .isEqualTo("WORKDIR /src");
      assertThat(firstChange(EXAMPLE, EXAMPLE.withImage("alpine", "new")))
          .isEqualTo("COPY <<EOF /etc/motd");
    }

    @Test
    void theSameImageInAnotherRegistry() throws IOException {
      var mirrored =
          EXAMPLE
              .withDockerfile(
                  EXAMPLE.dockerfile().replace("FROM golang", "FROM example.com/mirror/go:1"))
              .withImage("example.com/mirror/go:1", "golang");

      assertThat(firstChange(EXAMPLE, mirrored)).isEqualTo(NOTHING);
    }
  }

  @Nested
  class OtherStages {
    private static final String COPY = "COPY --from=compile /app /app";
    private final ExampleBuild ran = EXAMPLE.withOutput("compile", Map.of("app", "binary"));

    @Test
    void aStepThatCopiesFromAStageHasNoKeyBeforeItsFilesAreKnown() throws IOException {
      assertThat(EXAMPLE.keys(folder)).doesNotContainKey(COPY);
      assertThat(ran.keys(folder)).containsKey(COPY);
    }

    @Test
    void aStageThatRanAgainWithTheSameOutputChangesNoOtherStage() throws IOException {
      var again = ran.withFile("src/main.go", "package main // with a comment");

      assertThat(again.keys(folder).get(COPY)).isEqualTo(ran.keys(folder).get(COPY));
    }

    @Test
    void anotherOutputChangesTheStepThatCopiesIt() throws IOException {
      var other = EXAMPLE.withOutput("compile", Map.of("app", "other binary"));

      assertThat(firstChange(ran, other)).isEqualTo(COPY);
    }

    @Test
    void outputThatIsNotCopiedChangesNothing() throws IOException {
      var more = EXAMPLE.withOutput("compile", Map.of("app", "binary", "lib", "more"));

      assertThat(firstChange(ran, more)).isEqualTo(NOTHING);
    }

    @Test
    void stagesThatShareAPodChangeNothing() throws IOException {
      var chain =
          new ExampleBuild(
              """
              FROM alpine AS deps
              RUN deps
              FROM deps AS app
              COPY src /src
              RUN app
              """,
              EXAMPLE.files());

      assertThat(firstChange(chain, chain.withSharedPods())).isEqualTo(NOTHING);
    }
  }

  private String firstChange(ExampleBuild before, ExampleBuild after) throws IOException {
    var old = before.keys(folder);
    return after.keys(folder).entrySet().stream()
        .filter(step -> !old.containsValue(step.getValue()))
        .findFirst()
        .map(Map.Entry::getKey)
        .orElse(NOTHING);
  }
}
