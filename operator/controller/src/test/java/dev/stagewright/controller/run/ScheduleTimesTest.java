package dev.stagewright.controller.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.controller.support.Builds;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTimesTest {
  private static ScheduleTimes times(String schedule) {
    return ScheduleTimes.of(
            Builds.spec(
                "source: {inline: {dockerfile: FROM busybox}}\nschedule: {" + schedule + "}"))
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/15 * * * *  | 2026-11-21T12:07:30Z | 2026-11-21T12:00:00Z | 2026-11-21T12:15:00Z",
        "0 3 * * 1-5   | 2026-11-21T12:07:30Z | 2026-11-20T03:00:00Z | 2026-11-23T03:00:00Z",
        "0 3 * * 0     | 2026-11-21T12:07:30Z | 2026-11-15T03:00:00Z | 2026-11-22T03:00:00Z",
        "0 3 * * 7     | 2026-11-21T12:07:30Z | 2026-11-15T03:00:00Z | 2026-11-22T03:00:00Z",
        "0 0 31 * *    | 2026-11-21T12:07:30Z | 2026-10-31T00:00:00Z | 2026-12-31T00:00:00Z",
        "@daily        | 2026-11-21T12:07:30Z | 2026-11-21T00:00:00Z | 2026-11-22T00:00:00Z",
        "@weekly       | 2026-11-21T12:07:30Z | 2026-11-15T00:00:00Z | 2026-11-22T00:00:00Z",
        "0 12 * * *    | 2026-11-21T12:00:00Z | 2026-11-21T12:00:00Z | 2026-11-22T12:00:00Z",
      })
  void timesOfAnExpression(String cron, Instant now, Instant last, Instant next) {
    var times = times("cron: '" + cron + "'");

    assertThat(times.last(now)).contains(last);
    assertThat(times.next(now)).contains(next);
  }

  @Test
  void timesAreInTheTimeZone() {
    var times = times("cron: '0 3 * * *', timeZone: Europe/Berlin");

    assertThat(times.next(Instant.parse("2026-07-01T00:00:00Z")))
        .contains(Instant.parse("2026-07-01T01:00:00Z"));
    assertThat(times.next(Instant.parse("2026-12-01T00:00:00Z")))
        .contains(Instant.parse("2026-12-01T02:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cron: 'every day' | spec.schedule.cron: \"every day\" is not a cron expression",
        "cron: '61 * * * *' | spec.schedule.cron: \"61 * * * *\" is not a cron expression",
        "cron: '* * * *' | spec.schedule.cron: \"* * * *\" is not a cron expression",
        "cron: '@daily', timeZone: Berlin | spec.schedule.timeZone: \"Berlin\" is not a time zone",
      })
  void invalidSchedulesNameTheField(String schedule, String message) {
    assertThatThrownBy(() -> times(schedule))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }
}
