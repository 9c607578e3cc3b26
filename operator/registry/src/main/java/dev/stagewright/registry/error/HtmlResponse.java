package dev.stagewright.registry.error;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A web page instead of an API response, for example of a login proxy. */
public final class HtmlResponse {
  /** What users can do about it. */
  public static final String HINT =
      "the host may not be a registry, or a proxy in front of it shows a login page";

  private static final int PREFIX_BYTES = 512;

  private HtmlResponse() {}

  /** Whether a body is a web page. */
  public static boolean isHtml(byte[] body) {
    var text =
        new String(body, 0, Math.min(body.length, PREFIX_BYTES), StandardCharsets.UTF_8)
            .stripLeading()
            .toLowerCase(Locale.ROOT);
    return text.startsWith("<!doctype html") || text.startsWith("<html") || text.contains("<head");
  }
}
