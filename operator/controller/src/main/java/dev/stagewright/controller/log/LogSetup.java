package dev.stagewright.controller.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import dev.stagewright.controller.config.OperatorConfig.LogFormat;
import org.slf4j.LoggerFactory;

/** Applies the configured level and format to the log. */
public final class LogSetup {
  private static final String LOGGER = "dev.stagewright";
  private static final String APPENDER = "console";

  private LogSetup() {}

  /** Changes the log of this process. */
  public static void apply(String level, LogFormat format) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.getLogger(LOGGER).setLevel(Level.toLevel(level));
      if (format == LogFormat.json) {
        useJson(context);
      }
    }
  }

  private static void useJson(LoggerContext context) {
    if (context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(APPENDER)
        instanceof ConsoleAppender<ILoggingEvent> appender) {
      var encoder = new JsonEncoder();
      encoder.setContext(context);
      encoder.start();
      appender.setEncoder(encoder);
    }
  }
}
