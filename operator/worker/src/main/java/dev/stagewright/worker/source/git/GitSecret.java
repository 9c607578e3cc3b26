package dev.stagewright.worker.source.git;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A mounted Secret with an account of a git server.
 *
 * @param directory the directory of the keys, named like the Secret
 */
record GitSecret(Path directory) {
  private static final String USER = "username";

  /** The keys of the password; the first that exists is used. */
  private static final List<String> SECRETS = List.of("password", "token");

  /** The user name for a token; servers accept any name. */
  private static final String TOKEN_USER = "x-access-token";

  GitCredentials read() throws IOException {
    for (var key : SECRETS) {
      if (Files.isRegularFile(directory.resolve(key))) {
        return new GitCredentials(user(key), required(key));
      }
    }
    var keys = keys();
    throw failed(
        keys.contains("ssh-privatekey")
            ? "the Secret contains an SSH key, but spec.source.git.url uses https: create a Secret of type"
                + " kubernetes.io/basic-auth, with username and password or token"
            : "the Secret has neither of the keys password and token, only %s: create a Secret of type kubernetes.io/basic-auth"
                .formatted(keys.isEmpty() ? "no keys" : String.join(", ", keys)));
  }

  private String user(String key) throws IOException {
    if (Files.isRegularFile(directory.resolve(USER))) {
      return text(USER);
    }
    return key.equals("token") ? TOKEN_USER : "";
  }

  private String required(String key) throws IOException {
    var text = text(key);
    if (text.isEmpty()) {
      throw failed("the key " + key + " is empty");
    }
    return text;
  }

  private String text(String key) throws IOException {
    return Files.readString(directory.resolve(key)).strip();
  }

  private List<String> keys() throws IOException {
    try (var files = Files.list(directory)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .sorted()
          .collect(Collectors.toUnmodifiableList());
    }
  }

  private BuildFailedException failed(String problem) {
    return new BuildFailedException(
        Failure.of(
            FailureReason.SourceUnauthorized,
            "Secret " + directory.getFileName() + " of spec.source.git.credentials: " + problem));
  }
}
