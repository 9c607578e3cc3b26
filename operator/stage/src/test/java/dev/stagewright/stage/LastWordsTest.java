package dev.stagewright.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.Termination;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Kubernetes keeps of a stage's end. */
class LastWordsTest {
  @ParameterizedTest
  @ValueSource(strings = {"x", "\u0001", "\ud83d\ude00", "ü"})
  void longMessagesAreCutToWhatIsKept(String character) {
    var failure = Failure.of(FailureReason.RunFailed, "begin" + character.repeat(9000));
    var bytes = LastWords.fit(new Termination.Failed(failure));
    assertThat(bytes).hasSizeLessThanOrEqualTo(LastWords.LIMIT).hasSizeGreaterThan(1500);
    var read = Json.read(new String(bytes, StandardCharsets.UTF_8), Termination.class);
    assertThat(((Termination.Failed) read).failure().message())
        .startsWith("begin" + character)
        .endsWith(" … (cut)");
  }
}
