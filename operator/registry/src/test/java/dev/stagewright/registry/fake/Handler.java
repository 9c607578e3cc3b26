package dev.stagewright.registry.fake;

import java.io.IOException;

/** Answers a request. */
@FunctionalInterface
public interface Handler {
  void handle(Exchange exchange) throws IOException;
}
