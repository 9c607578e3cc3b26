package dev.stagewright.registry.real;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The head of an HTTP message.
 *
 * @param text the lines, without the empty line at the end
 */
record MessageHead(String text) {
  private static final Pattern LENGTH =
      Pattern.compile("(?im)^content-length:[ \\t]*([0-9]+)[ \\t]*\\r?$");
  private static final Pattern CONNECTION = Pattern.compile("(?im)^connection:.*\\r\\n");
  private static final String END = "\r\n\r\n";

  /** Reads up to the body; empty if there is no message. */
  static Optional<MessageHead> read(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith(END)) {
      var one = in.read();
      if (one < 0) {
        return Optional.empty();
      }
      head.write(one);
    }
    var text = head.toString(ISO_8859_1);
    return Optional.of(new MessageHead(text.substring(0, text.length() - 2)));
  }

  /** Method and path, or version and status. */
  String line() {
    var line = text.substring(0, text.indexOf('\r'));
    return line.substring(0, line.lastIndexOf(' '));
  }

  /** The length of the body in bytes. */
  long length() {
    var length = LENGTH.matcher(text);
    return length.find() ? Long.parseLong(length.group(1)) : 0;
  }

  /** The bytes of the head, for the last message of a connection. */
  byte[] ofLastMessage() {
    var others = CONNECTION.matcher(text).replaceAll("");
    return (others + "Connection: close\r\n\r\n").getBytes(ISO_8859_1);
  }
}
