package dev.stagewright.registry.error;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A page for people where a program's answer should be, as of a login proxy. */
public final class HtmlResponse {
  /** What users can do about one. */
  public static final String HINT =
      "perhaps the host is not a registry, or a proxy before it wants people to log in";

  private static final int PREFIX_BYTES = 512;

  private HtmlResponse() {}

  /** Whether a body is one. */
  public static boolean is(byte[] body) {
    var text =
        new String(body, 0, Math.min(body.length, PREFIX_BYTES), StandardCharsets.UTF_8)
            .stripLeading()
            .toLowerCase(Locale.ROOT);
    return text.startsWith("<!doctype html") || text.startsWith("<html") || text.contains("<head");
  }
}
