package dev.stagewright.kubectl.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A secret of {@code --secret} or {@code --ssh}.
 *
 * @param id of the mounts
 * @param data the value in Base64, as in a Secret
 */
public record SecretOption(String id, String data) {
  private static final int LARGEST = 1 << 20;

  /**
   * Parses {@code id=ID,src=FILE} or {@code id=ID,env=VARIABLE} as Docker does, and reads the
   * value.
   *
   * @param environment of the process
   * @throws IllegalArgumentException with a message for the user
   */
  public static SecretOption secret(String text, Map<String, String> environment) {
    var values = new HashMap<String, String>();
    for (var pair : text.split(",", -1)) {
      var equals = pair.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(
            "must be id=ID,src=FILE or id=ID,env=VARIABLE, but is \"" + text + "\"");
      }
      values.put(name(pair.substring(0, equals)), pair.substring(equals + 1));
    }
    var source = value(values, "src").or(() -> value(values, "env"));
    var id = value(values, "id").or(() -> source).filter(it -> !it.isEmpty());
    if (id.isEmpty()) {
      throw new IllegalArgumentException("requires an id, as in id=token,src=token.txt");
    }
    var type = value(values, "type").orElse(values.containsKey("env") ? "env" : "file");
    return of(id.get(), type, source.orElse(id.get()), environment);
  }

  private static Optional<String> value(Map<String, String> values, String key) {
    return Optional.ofNullable(values.get(key));
  }

  private static SecretOption of(
      String id, String type, String source, Map<String, String> environment) {
    return switch (type) {
      case "file" -> new SecretOption(id, base64(read(Path.of(source))));
      case "env" ->
          Optional.ofNullable(environment.get(source))
              .map(value -> new SecretOption(id, base64(value.getBytes(StandardCharsets.UTF_8))))
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "the environment variable " + source + " is not set"));
      default ->
          throw new IllegalArgumentException("type must be file or env, but is \"" + type + "\"");
    };
  }

  /**
   * Parses {@code ID=FILE} of {@code --ssh}, and reads the private key.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  public static SecretOption ssh(String text) {
    var equals = text.indexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException(
          ("needs a private key, such as --ssh %s=$HOME/.ssh/id_ed25519: the keys of an SSH agent"
                  + " cannot be used, because the stages run in the cluster")
              .formatted(text.isEmpty() ? "default" : text));
    }
    var id = text.substring(0, equals);
    var path = text.substring(equals + 1);
    if (path.contains(",")) {
      throw new IllegalArgumentException("takes one key; repeat --ssh with another id for more");
    }
    var value = read(Path.of(path));
    var content = new String(value, StandardCharsets.ISO_8859_1);
    if (!content.contains("PRIVATE KEY-----")) {
      throw new IllegalArgumentException(path + " is not a private key");
    }
    return new SecretOption(id, base64(value));
  }

  private static String name(String key) {
    return switch (key.strip()) {
      case "source" -> "src";
      case "id", "src", "env", "type" -> key.strip();
      default ->
          throw new IllegalArgumentException(
              "has the unknown key \"" + key + "\"; the keys are id, src, env, and type");
    };
  }

  private static String base64(byte[] value) {
    return Base64.getEncoder().encodeToString(value);
  }

  private static byte[] read(Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        throw new IllegalArgumentException(file + " is larger than 1 MiB, the limit of a Secret");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cannot read the file " + file + (Files.exists(file) ? "" : ": it does not exist"), e);
    }
  }

  /** The value is not shown. */
  @Override
  public String toString() {
    return "secret " + id;
  }
}
