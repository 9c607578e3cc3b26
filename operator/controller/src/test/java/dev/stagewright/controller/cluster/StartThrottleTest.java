package dev.stagewright.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.controller.queue.QueuePosition;
import dev.stagewright.controller.support.Builds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StartThrottleTest {
  private static final QueuePosition RUNS = new QueuePosition.Admitted();
  private static final QueuePosition IN_A_MOMENT = new QueuePosition.Deferred();
  private final StartThrottle throttle = new StartThrottle(1);
  private final List<String> woken = new ArrayList<>();

  @BeforeEach
  void listen() {
    throttle.setEventHandler(event -> woken.add(event.getRelatedCustomResourceID().getName()));
  }

  private static ImageBuild build(String name) {
    var build = Builds.hello();
    build.getMetadata().setName(name);
    return build;
  }

  @Test
  void wakesThoseOutsideInTheOrderOfTheirComing() {
    try (var first = throttle.pass(build("first"))) {
      assertThat(first.admit(RUNS)).isEqualTo(RUNS);
      try (var second = throttle.pass(build("second"));
          var third = throttle.pass(build("third"))) {
        assertThat(second.admit(RUNS)).isEqualTo(IN_A_MOMENT);
        assertThat(third.admit(RUNS)).isEqualTo(IN_A_MOMENT);
      }
    }
    assertThat(woken).containsExactly("second");

    try (var second = throttle.pass(build("second"))) {
      assertThat(second.admit(RUNS)).isEqualTo(RUNS);
    }
    assertThat(woken).containsExactly("second", "third");
  }

  @Test
  void runsUnderWayGoFirst() {
    var active = throttle.pass(build("under-way"));
    try (var first = throttle.pass(build("first"))) {
      assertThat(first.admit(RUNS)).isEqualTo(RUNS);
      try (var second = throttle.pass(build("second"))) {
        assertThat(second.admit(RUNS)).isEqualTo(IN_A_MOMENT);
      }
      active.close();
      assertThat(woken).isEmpty();
    }
    assertThat(woken).containsExactly("second");
  }

  @Test
  void oneMayAlwaysBegin() {
    try (var active = throttle.pass(build("under-way"));
        var another = throttle.pass(build("another"));
        var first = throttle.pass(build("first"))) {
      assertThat(first.admit(RUNS)).isEqualTo(RUNS);
      assertThat(active).isNotSameAs(another);
    }
  }

  @Test
  void severalBeginWhileLittleElseIsInHand() {
    var wide = new StartThrottle(2);
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
    var waits = new QueuePosition.Queued(1, Instant.EPOCH, "all slots are taken");
    try (var queued = throttle.pass(build("queued"));
        var running = throttle.pass(build("running"));
        var next = throttle.pass(build("next"))) {
      assertThat(queued.admit(waits)).isEqualTo(waits);
      assertThat(next.admit(RUNS)).isEqualTo(RUNS);
      assertThat(running).isNotNull();
    }
    assertThat(woken).isEmpty();
  }

  @Test
  void forgetsWhoIsDeleted() {
    try (var first = throttle.pass(build("first"));
        var gone = throttle.pass(build("gone"))) {
      first.admit(RUNS);
      gone.admit(RUNS);
      throttle.onResourceDeleted(build("gone"));
    }
    assertThat(woken).isEmpty();
  }

  @Test
  void wakesAnotherInsteadOfOneThatIsDeleted() {
    try (var first = throttle.pass(build("first"));
        var second = throttle.pass(build("second"));
        var third = throttle.pass(build("third"))) {
      first.admit(RUNS);
      second.admit(RUNS);
      third.admit(RUNS);
    }
    assertThat(woken).containsExactly("second");

    throttle.onResourceDeleted(build("second"));
    assertThat(woken).containsExactly("second", "third");
  }
}
