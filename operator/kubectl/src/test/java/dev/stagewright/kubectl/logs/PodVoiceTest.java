package dev.stagewright.kubectl.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.protocol.PlanFrame;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PodVoiceTest {
  private static LogLine line(String text) {
    return new LogLine(Optional.empty(), text);
  }

  private static String told(PodVoice voice, String text) {
    return voice.hear(line(text)).map(it -> it.speaker() + ": " + it.text()).orElse("-");
  }

  @Test
  void aPodSpeaksForItsStage() {
    var voice = new PodVoice("builder", Set.of("builder"));

    assertThat(told(voice, "[builder 2/3] RUN make")).isEqualTo("builder: 2/3 RUN make");
    assertThat(told(voice, "make: done")).isEqualTo("builder: make: done");
  }

  @Test
  void theInstructionBeginsItsStep() {
    var voice = new PodVoice("builder", Set.of("builder"));

    assertThat(voice.hear(line("[builder 2/3] RUN make")).orElseThrow().beginsStep()).isTrue();
    assertThat(voice.hear(line("make: done")).orElseThrow().beginsStep()).isFalse();
  }

  @Test
  void inASharedPodTheStageSpeaksWhoseStepBeganLast() {
    var voice = new PodVoice("base", Set.of("base", "final"));

    assertThat(told(voice, "[base 2/2] RUN a")).isEqualTo("base: 2/2 RUN a");
    assertThat(told(voice, "a")).isEqualTo("base: a");
    assertThat(told(voice, "[final 2/2] RUN b")).isEqualTo("final: 2/2 RUN b");
    assertThat(told(voice, "b")).isEqualTo("final: b");
  }

  @Test
  void aCommandThatPrintsAMarkerOfAnotherStageIsQuoted() {
    var voice = new PodVoice("base", Set.of("base"));

    assertThat(told(voice, "[other 2/2] RUN b")).isEqualTo("base: [other 2/2] RUN b");
  }

  @Test
  void thePlanIsNotForPeople() {
    var voice = new PodVoice("prepare", Set.of("prepare"));

    assertThat(told(voice, PlanFrame.format("{}"))).isEqualTo("-");
  }
}
