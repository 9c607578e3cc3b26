package dev.stagewright.controller.run;

import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.api.v1alpha1.Schedule;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * The times of a schedule.
 *
 * @param times of the expression
 * @param zone of the expression
 */
public record ScheduleTimes(ExecutionTime times, ZoneId zone) {
  private static final String DEFAULT_ZONE = "Etc/UTC";

  /** The expressions of crontab(5), as in a CronJob of Kubernetes. */
  private static final CronDefinition CRONTAB =
      CronDefinitionBuilder.defineCron()
          .withSupportedNicknameYearly()
          .withSupportedNicknameAnnually()
          .withSupportedNicknameMonthly()
          .withSupportedNicknameWeekly()
          .withSupportedNicknameDaily()
          .withSupportedNicknameMidnight()
          .withSupportedNicknameHourly()
          .withMinutes()
          .withValidRange(0, 59)
          .withStrictRange()
          .and()
          .withHours()
          .withValidRange(0, 23)
          .withStrictRange()
          .and()
          .withDayOfMonth()
          .withValidRange(1, 31)
          .withStrictRange()
          .and()
          .withMonth()
          .withValidRange(1, 12)
          .withStrictRange()
          .and()
          .withDayOfWeek()
          .withValidRange(0, 7)
          .withMondayDoWValue(1)
          .withIntMapping(7, 0)
          .withStrictRange()
          .and()
          .instance();

  /**
   * The times of the schedule of a spec; empty without a schedule.
   *
   * @throws IllegalArgumentException if the schedule is invalid; the message names the field
   */
  public static Optional<ScheduleTimes> of(ImageBuildSpec spec) {
    return Optional.ofNullable(spec.schedule()).map(ScheduleTimes::of);
  }

  private static ScheduleTimes of(Schedule schedule) {
    return new ScheduleTimes(times(schedule.cron()), zone(schedule));
  }

  private static ExecutionTime times(String expression) {
    try {
      return ExecutionTime.forCron(new CronParser(CRONTAB).parse(expression.strip()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "spec.schedule.cron: \"%s\" is not a cron expression with the fields minute, hour, day of the month, month and day of the week: %s"
              .formatted(expression, e.getMessage()),
          e);
    }
  }

  private static ZoneId zone(Schedule schedule) {
    var name = Optional.ofNullable(schedule.timeZone()).orElse(DEFAULT_ZONE);
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "spec.schedule.timeZone: \"%s\" is not a time zone such as Europe/Berlin".formatted(name),
          e);
    }
  }

  /** The latest time that is not after this one; empty if there is none. */
  public Optional<Instant> last(Instant now) {
    return times.lastExecution(at(now.plusSeconds(1))).map(ZonedDateTime::toInstant);
  }

  /** The first time after this one; empty if there is none. */
  public Optional<Instant> next(Instant now) {
    return times.nextExecution(at(now)).map(ZonedDateTime::toInstant);
  }

  private ZonedDateTime at(Instant time) {
    return time.atZone(zone);
  }
}
