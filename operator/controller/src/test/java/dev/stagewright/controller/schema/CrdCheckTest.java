package dev.stagewright.controller.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.controller.support.MovableClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CrdCheckTest {
  private static final SchemaFields CURRENT = new SchemaFields(Set.of("status", "status.checks"));
  private static final SchemaFields OLD = new SchemaFields(Set.of("status"));

  private final MovableClock clock = new MovableClock();
  private final ArrayDeque<Runnable> background = new ArrayDeque<>();
  private Optional<SchemaFields> served = Optional.of(OLD);
  private final CrdCheck check = check(CURRENT);

  private CrdCheck check(SchemaFields expected) {
    return new CrdCheck(expected, () -> served, clock, background::add);
  }

  @Test
  void anOlderCrdIsAProblemWithARemedy() {
    check.compare();
    assertThat(check.problem())
        .hasValueSatisfying(text ->
            assertThat(text)
                .contains("older than the operator and lacks status.checks;")
                .contains("kubectl apply --server-side -k crds/manifests"));
  }

  @Test
  void aNewerCrdIsNoProblem() {
    served = Optional.of(new SchemaFields(Set.of("status", "status.checks", "status.next")));
    check.compare();
    assertThat(check.problem()).isEmpty();
  }

  @Test
  void anUnknownSchemaIsNoProblem() {
    served = Optional.empty();
    check.compare();
    assertThat(check.problem()).isEmpty();
  }

  @Test
  void aProblemStaysWhileTheApiServerDoesNotAnswer() {
    check.compare();
    served = Optional.empty();
    check.compare();
    assertThat(check.problem()).isPresent();
  }

  @Test
  void anAppliedCrdIsNoticedInTheBackground() {
    check.compare();
    served = Optional.of(CURRENT);
    assertThat(check.problem()).isPresent();
    assertThat(background).as("the result is not old").isEmpty();

    clock.pass(Duration.ofSeconds(16));
    assertThat(check.problem()).as("a probe does not wait").isPresent();
    check.problem();
    assertThat(background).as("one comparison at a time").hasSize(1);
    background.remove().run();
    assertThat(check.problem()).isEmpty();
  }

  @Test
  void manyMissingFieldsAreCounted() {
    var names = IntStream.range(0, 8).mapToObj(i -> "status.f" + i);
    var many =
        check(
            new SchemaFields(
                Stream.concat(Stream.of("status"), names).collect(Collectors.toSet())));
    many.compare();
    assertThat(many.problem())
        .hasValueSatisfying(text -> assertThat(text).contains("status.f4 and 3 more;"));
  }
}
