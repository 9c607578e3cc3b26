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
  private static final QueuePosition ADMITTED = new QueuePosition.Admitted();
  private static final QueuePosition DEFERRED = new QueuePosition.Deferred();
  private final StartThrottle throttle = new StartThrottle(1);
  private final List<String> triggered = new ArrayList<>();

  @BeforeEach
  void listen() {
    throttle.setEventHandler(event -> triggered.add(event.getRelatedCustomResourceID().getName()));
  }

  private static ImageBuild build(String name) {
    var build = Builds.hello();
    build.getMetadata().setName(name);
    return build;
  }

  @Test
  void triggersDelayedRunsInOrderOfArrival() {
    try (var first = throttle.permit(build("first"))) {
      assertThat(first.admit(ADMITTED)).isEqualTo(ADMITTED);
      try (var second = throttle.permit(build("second"));
          var third = throttle.permit(build("third"))) {
        assertThat(second.admit(ADMITTED)).isEqualTo(DEFERRED);
        assertThat(third.admit(ADMITTED)).isEqualTo(DEFERRED);
      }
    }
    assertThat(triggered).containsExactly("second");

    try (var second = throttle.permit(build("second"))) {
      assertThat(second.admit(ADMITTED)).isEqualTo(ADMITTED);
    }
    assertThat(triggered).containsExactly("second", "third");
  }

  @Test
  void activeRunsTakePrecedence() {
    var active = throttle.permit(build("active"));
    try (var first = throttle.permit(build("first"))) {
      assertThat(first.admit(ADMITTED)).isEqualTo(ADMITTED);
      try (var second = throttle.permit(build("second"))) {
        assertThat(second.admit(ADMITTED)).isEqualTo(DEFERRED);
      }
      active.close();
      assertThat(triggered).isEmpty();
    }
    assertThat(triggered).containsExactly("second");
  }

  @Test
  void oneRunCanAlwaysStart() {
    try (var active = throttle.permit(build("active"));
        var another = throttle.permit(build("another"));
        var first = throttle.permit(build("first"))) {
      assertThat(first.admit(ADMITTED)).isEqualTo(ADMITTED);
      assertThat(active).isNotSameAs(another);
    }
  }

  @Test
  void severalRunsStartWithinTheLimit() {
    var throttleOfTwo = new StartThrottle(2);
    throttleOfTwo.setEventHandler(
        event -> triggered.add(event.getRelatedCustomResourceID().getName()));
    try (var first = throttleOfTwo.permit(build("first"))) {
      assertThat(first.admit(ADMITTED)).isEqualTo(ADMITTED);
      var second = throttleOfTwo.permit(build("second"));
      assertThat(second.admit(ADMITTED)).isEqualTo(ADMITTED);
      try (var third = throttleOfTwo.permit(build("third"))) {
        assertThat(third.admit(ADMITTED)).isEqualTo(DEFERRED);
      }
      assertThat(triggered).isEmpty();

      second.close();
      assertThat(triggered).containsExactly("third");
    }
  }

  @Test
  void doesNotDelayOtherReconciliations() {
    var waits = new QueuePosition.Queued(1, Instant.EPOCH, "all slots are taken");
    try (var queued = throttle.permit(build("queued"));
        var running = throttle.permit(build("running"));
        var next = throttle.permit(build("next"))) {
      assertThat(queued.admit(waits)).isEqualTo(waits);
      assertThat(next.admit(ADMITTED)).isEqualTo(ADMITTED);
      assertThat(running).isNotNull();
    }
    assertThat(triggered).isEmpty();
  }

  @Test
  void forgetsDeletedBuilds() {
    try (var first = throttle.permit(build("first"));
        var gone = throttle.permit(build("gone"))) {
      first.admit(ADMITTED);
      gone.admit(ADMITTED);
      throttle.onResourceDeleted(build("gone"));
    }
    assertThat(triggered).isEmpty();
  }

  @Test
  void triggersAnotherRunInsteadOfADeletedOne() {
    try (var first = throttle.permit(build("first"));
        var second = throttle.permit(build("second"));
        var third = throttle.permit(build("third"))) {
      first.admit(ADMITTED);
      second.admit(ADMITTED);
      third.admit(ADMITTED);
    }
    assertThat(triggered).containsExactly("second");

    throttle.onResourceDeleted(build("second"));
    assertThat(triggered).containsExactly("second", "third");
  }
}
