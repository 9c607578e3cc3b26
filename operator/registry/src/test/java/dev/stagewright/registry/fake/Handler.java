package dev.stagewright.registry.fake;

import java.io.IOException;

/** Responds to a request. */
@FunctionalInterface
public interface Handler {
  void handle(Exchange exchange) throws IOException;
}
