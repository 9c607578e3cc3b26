package dev.stagewright.dockerfile.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.dockerfile.PlatformId;
import dev.stagewright.dockerfile.eval.Evaluator;
import dev.stagewright.dockerfile.eval.ImageSettings;
import dev.stagewright.dockerfile.expand.ExpansionException;
import dev.stagewright.dockerfile.expand.Variables;
import dev.stagewright.dockerfile.expand.WordExpander;
import dev.stagewright.dockerfile.glob.BadPatternException;
import dev.stagewright.dockerfile.glob.GlobPattern;
import dev.stagewright.dockerfile.ignore.IgnoreException;
import dev.stagewright.dockerfile.ignore.IgnoreRules;
import dev.stagewright.dockerfile.instruction.Statement;
import dev.stagewright.dockerfile.lint.LintRequest;
import dev.stagewright.dockerfile.lint.catalog.LintCatalog;
import dev.stagewright.dockerfile.parser.DockerfileParser;
import dev.stagewright.dockerfile.source.DockerfileException;
import dev.stagewright.dockerfile.source.Position;
import dev.stagewright.dockerfile.stages.BuildOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DockerfilePropertiesTest {
  private static final BuildOptions OPTIONS =
      BuildOptions.forPlatform(PlatformId.of("linux", "amd64"));

  /** Random text from fragments of Dockerfiles. */
  @Provide
  Arbitrary<String> dockerfiles() {
    var pieces =
        Arbitraries.of(
            "FROM a",
            "FROM a AS b",
            "FROM scratch",
            "FROM b",
            "RUN x",
            "COPY",
            "--from=b",
            "ADD",
            "ENV",
            "k=v",
            "ARG",
            "X",
            "LABEL",
            "CMD",
            "ENTRYPOINT",
            "[\"a\",",
            "\"b\"]",
            "[",
            "]",
            "EXPOSE 80",
            "VOLUME /v",
            "USER",
            "WORKDIR /w",
            "ONBUILD",
            "SHELL",
            "STOPSIGNAL",
            "HEALTHCHECK",
            "NONE",
            "--interval=1s",
            "MAINTAINER",
            "--mount=type=cache,target=/x",
            "--mount=",
            "<<EOF",
            "<<-\"E\"",
            "EOF",
            "E",
            "# escape=`",
            "# check=skip=all",
            "#",
            "$X",
            "${X",
            "${X:-",
            "}",
            "${X#*}",
            "\"",
            "'",
            "\\",
            "`",
            "\n",
            "\n",
            "\n",
            "\\\n",
            "`\n",
            "\r\n",
            " ",
            "\t",
            "=",
            ",",
            "/",
            "é",
            "😀",
            "\u0000",
            "\uFEFF",
            "\uD800");
    return pieces.list().ofMaxSize(40).map(list -> String.join("", list));
  }

  @Property(seed = "1")
  void parsesOrRejectsAnyDockerfile(@ForAll("dockerfiles") String text) {
    readsOrRefuses(text);
  }

  @Property(seed = "1")
  void parsesOrRejectsAnyString(@ForAll String text) {
    readsOrRefuses(text);
    readsOrRefuses("FROM a\nRUN " + text);
    readsOrRefuses("FROM a\nENV k=" + text);
  }

  private static void readsOrRefuses(String text) {
    try {
      var dockerfile = DockerfileParser.parse(text);
      new Evaluator(dockerfile, OPTIONS).evaluate(image -> ImageSettings.empty());
    } catch (DockerfileException e) {
      assertThat(e.position().line()).isBetween(1, (int) text.lines().count() + 1);
      assertThat(e.reason()).isNotBlank();
    }
    LintCatalog.linter().lint(text, LintRequest.of(OPTIONS));
  }

  @Property(seed = "1")
  void parsesPrintedDockerfileToSameModel(@ForAll("dockerfiles") String text) {
    try {
      var first = DockerfileParser.parse("FROM a\n" + text);
      var printed = DockerfilePrinter.print(first);
      var second = DockerfileParser.parse(printed);

      assertThat(second.statements().stream().map(DockerfilePropertiesTest::meaning))
          .containsExactlyElementsOf(
              first.statements().stream().map(DockerfilePropertiesTest::meaning).toList());
      assertThat(DockerfilePrinter.print(second)).isEqualTo(printed);
    } catch (DockerfileException e) {
      assertThat(e.reason()).isNotBlank();
    }
  }

  /** A statement without the properties that printing can change: position and line breaks. */
  private static Statement meaning(Statement s) {
    return new Statement(
        s.keyword(),
        s.flags(),
        s.arguments(),
        s.json(),
        s.heredocs(),
        "",
        "",
        new Position(1, 1),
        1,
        s.comments(),
        s.trigger().map(DockerfilePropertiesTest::meaning).or(Optional::empty));
  }

  @Property(seed = "1")
  void expandsOrRejectsAnyWord(@ForAll("words") String word) {
    try {
      new WordExpander('\\').expand(word, Variables.of(Map.of("A", "a b", "E", "")));
    } catch (ExpansionException e) {
      assertThat(e).hasMessageStartingWith("failed to process ");
    }
  }

  @Provide
  Arbitrary<String> words() {
    return Arbitraries.of(
            "$", "{", "}", "A", "E", ":", "-", "+", "?", "#", "%", "/", "*", "\\", "'", "\"", " ",
            "x", "1", "${A", "😀", "\uDC00")
        .list()
        .ofMaxSize(20)
        .map(list -> String.join("", list));
  }

  @Property(seed = "1")
  void keepsPlainWords(@ForAll("plain") String word) {
    assertThat(new WordExpander('\\').expand(word, Variables.none()).text()).isEqualTo(word);
  }

  @Provide
  Arbitrary<String> plain() {
    return Arbitraries.strings().withCharRange('a', 'z').withChars(" /.-_=äö");
  }

  @Property(seed = "1")
  void matchesOrRejectsAnyPattern(@ForAll("patterns") String pattern, @ForAll String name) {
    try {
      GlobPattern.parse(pattern).matches(name);
      IgnoreRules.parse(pattern).ignores(name);
    } catch (BadPatternException | IgnoreException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @Property(seed = "1")
  void matchesEscapedName(@ForAll String name) {
    var escaped = new StringBuilder();
    name.codePoints().forEach(c -> escaped.append('\\').appendCodePoint(c));

    assertThat(GlobPattern.parse(escaped.toString()).matches(name)).isTrue();
  }

  @Provide
  Arbitrary<String> patterns() {
    return Arbitraries.of(List.of("*", "**", "?", "[", "]", "^", "-", "\\", "/", "a", "!", "é"))
        .list()
        .ofMaxSize(15)
        .map(list -> String.join("", list));
  }
}
