package dev.stagewright.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.controller.queue.Place;
import dev.stagewright.controller.support.Builds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StartGateTest {
  private static final Place RUNS = new Place.Runs();
  private static final Place IN_A_MOMENT = new Place.InAMoment();
  private final StartGate gate = new StartGate(1);
  private final List<String> woken = new ArrayList<>();

  @BeforeEach
  void listen() {
    gate.setEventHandler(event -> woken.add(event.getRelatedCustomResourceID().getName()));
  }

  private static ImageBuild build(String name) {
    var build = Builds.hello();
    build.getMetadata().setName(name);
    return build;
  }

  @Test
  void wakesThoseOutsideInTheOrderOfTheirComing() {
    try (var first = gate.pass(build("first"))) {
      assertThat(first.admit(RUNS)).isEqualTo(RUNS);
      try (var second = gate.pass(build("second"));
          var third = gate.pass(build("third"))) {
        assertThat(second.admit(RUNS)).isEqualTo(IN_A_MOMENT);
        assertThat(third.admit(RUNS)).isEqualTo(IN_A_MOMENT);
      }
    }
    assertThat(woken).containsExactly("second");

    try (var second = gate.pass(build("second"))) {
      assertThat(second.admit(RUNS)).isEqualTo(RUNS);
    }
    assertThat(woken).containsExactly("second", "third");
  }

  @Test
  void runsUnderWayGoFirst() {
    var underWay = gate.pass(build("under-way"));
    try (var first = gate.pass(build("first"))) {
      assertThat(first.admit(RUNS)).isEqualTo(RUNS);
      try (var second = gate.pass(build("second"))) {
        assertThat(second.admit(RUNS)).isEqualTo(IN_A_MOMENT);
      }
      underWay.close();
      assertThat(woken).isEmpty();
    }
    assertThat(woken).containsExactly("second");
  }

  @Test
  void oneMayAlwaysBegin() {
    try (var underWay = gate.pass(build("under-way"));
        var another = gate.pass(build("another"));
        var first = gate.pass(build("first"))) {
      assertThat(first.admit(RUNS)).isEqualTo(RUNS);
      assertThat(underWay).isNotSameAs(another);
    }
  }

  @Test
  void severalBeginWhileLittleElseIsInHand() {
    var wide = new StartGate(2);
    wide.setEventHandler(event -> woken.add(event.getRelatedCustomResourceID().getName()));
    try (var first = wide.pass(build("first"))) {
      assertThat(first.admit(RUNS)).isEqualTo(RUNS);
      var second = wide.pass(build("second"));
      assertThat(second.admit(RUNS)).isEqualTo(RUNS);
      try (var third = wide.pass(build("third"))) {
        assertThat(third.admit(RUNS)).isEqualTo(IN_A_MOMENT);
      }
      assertThat(woken).isEmpty();

      second.close();
      assertThat(woken).containsExactly("third");
    }
  }

  @Test
  void keepsNobodyOutWhoDoesNotBegin() {
    var waits = new Place.Waits(1, Instant.EPOCH, "all slots are taken");
    try (var queued = gate.pass(build("queued"));
        var running = gate.pass(build("running"));
        var next = gate.pass(build("next"))) {
      assertThat(queued.admit(waits)).isEqualTo(waits);
      assertThat(next.admit(RUNS)).isEqualTo(RUNS);
      assertThat(running).isNotNull();
    }
    assertThat(woken).isEmpty();
  }

  @Test
  void forgetsWhoIsDeleted() {
    try (var first = gate.pass(build("first"));
        var gone = gate.pass(build("gone"))) {
      first.admit(RUNS);
      gone.admit(RUNS);
      gate.onResourceDeleted(build("gone"));
    }
    assertThat(woken).isEmpty();
  }

  @Test
  void wakesAnotherInsteadOfOneThatIsDeleted() {
    try (var first = gate.pass(build("first"));
        var second = gate.pass(build("second"));
        var third = gate.pass(build("third"))) {
      first.admit(RUNS);
      second.admit(RUNS);
      third.admit(RUNS);
    }
    assertThat(woken).containsExactly("second");

    gate.onResourceDeleted(build("second"));
    assertThat(woken).containsExactly("second", "third");
  }
}
