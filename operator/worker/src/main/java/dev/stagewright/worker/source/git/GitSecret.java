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
 * A Secret with an account of a git server.
 *
 * @param folder its keys; the folder's name is the Secret's
 */
record GitSecret(Path folder) {
  private static final String USER = "username";

  /** Of these the first counts that is there. */
  private static final List<String> SECRETS = List.of("password", "token");

  /** What servers take beside a token, for which any name will do. */
  private static final String TOKEN_USER = "x-access-token";

  GitCredentials read() throws IOException {
    for (var key : SECRETS) {
      if (Files.isRegularFile(folder.resolve(key))) {
        return new GitCredentials(user(key), required(key));
      }
    }
    var keys = keys();
    throw failed(
        keys.contains("ssh-privatekey")
            ? "it holds a key for SSH, and spec.source.git.url is read over https: make one of type"
                + " kubernetes.io/basic-auth, with username and password or token"
            : "it has none of the keys password and token, but %s: make one of type kubernetes.io/basic-auth"
                .formatted(keys.isEmpty() ? "none at all" : String.join(", ", keys)));
  }

  private String user(String key) throws IOException {
    if (Files.isRegularFile(folder.resolve(USER))) {
      return text(USER);
    }
    return key.equals("token") ? TOKEN_USER : "";
  }

  private String required(String key) throws IOException {
    var text = text(key);
    if (text.isEmpty()) {
      throw failed("its key " + key + " is empty");
    }
    return text;
  }

  private String text(String key) throws IOException {
    return Files.readString(folder.resolve(key)).strip();
  }

  private List<String> keys() throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .sorted()
          .collect(Collectors.toUnmodifiableList());
    }
  }

  private BuildFailedException failed(String why) {
    return new BuildFailedException(
        Failure.of(
            FailureReason.SourceUnauthorized,
            "Secret " + folder.getFileName() + " of spec.source.git.credentials: " + why));
  }
}
