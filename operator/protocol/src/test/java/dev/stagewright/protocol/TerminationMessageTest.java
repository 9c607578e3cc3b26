package dev.stagewright.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Kubernetes keeps of a Pod's end. */
class TerminationMessageTest {
  @ParameterizedTest
  @ValueSource(strings = {"x", "\ud83d\ude00", "ü", "\"", "\\", "a\n"})
  void longMessagesAreCutToWhatIsKept(String character) {
    var failure =
        new Failure(
            FailureReason.RunFailed,
            "begin" + character.repeat(9000),
            Optional.of("builder"),
            Optional.of(new Position("Dockerfile", 3, "RUN " + character.repeat(200))),
            Optional.of(1));

    var bytes = TerminationMessage.encode(new Termination.Failed(failure));

    assertThat(bytes).hasSizeLessThanOrEqualTo(TerminationMessage.LIMIT).hasSizeGreaterThan(1500);
    var read = Json.read(new String(bytes, StandardCharsets.UTF_8), Termination.class);
    assertThat(((Termination.Failed) read).failure().message())
        .startsWith("begin" + character)
        .endsWith(" … (cut)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\0", "\u001b[31m", "\u202e"})
  void whatCannotBePrintedIsNoPartOfAFailure(String text) {
    var failure =
        Failure.at(
            FailureReason.RunFailed,
            "the registry says: " + text + "no",
            "builder",
            new Position("Dockerfile", 1, "RUN printf '" + text + "'"));

    assertThat(failure.message()).isEqualTo("the registry says: no");
    assertThat(failure.position().orElseThrow().instruction()).isEqualTo("RUN printf ''");
  }
}
